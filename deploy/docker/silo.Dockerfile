# Built from the root of the repository: docker build -f deploy/docker/silo.Dockerfile .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish services/TaskGrid.Silo -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
# 8081 health and metrics, 11111 other silos, 30000 gateways.
ENV ASPNETCORE_URLS=http://0.0.0.0:8081 TaskGrid__SiloPort=11111 TaskGrid__GatewayPort=30000
EXPOSE 8081 11111 30000
USER app
# Other silos reach this one by its own address, which only the running container knows.
ENTRYPOINT ["/bin/sh", "-c", "TaskGrid__AdvertisedAddress=${TaskGrid__AdvertisedAddress:-$(hostname -i | cut -d' ' -f1)} exec dotnet TaskGrid.Silo.dll"]
