using Scalar.AspNetCore;
using TaskGrid.Gateway.Accounts;
using TaskGrid.Gateway.Callers;
using TaskGrid.Gateway.Live;
using TaskGrid.Gateway.Ops;
using TaskGrid.Gateway.Organizations;
using TaskGrid.Gateway.Problems;
using TaskGrid.Gateway.Sync;
using TaskGrid.Gateway.Web;
using TaskGrid.ServiceDefaults;

namespace TaskGrid.Gateway;

/// <summary>The way of a request, and where it may end.</summary>
public static class GatewayRoutes
{
    /// <summary>Maps everything that a gateway answers.</summary>
    public static WebApplication MapTaskGridGateway(this WebApplication app)
    {
        app.Use(ResponseHeaders.WriteAsync);
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(context => BareStatus.DescribeAsync(context.HttpContext));
        app.UseResponseCompression();
        app.UseWebSockets();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();

        app.MapAccounts();
        app.MapOrganizations();
        app.MapMembers();
        app.MapSearch();
        app.MapSync();
        app.MapReads();
        app.MapLive();
        app.MapOperators();
        app.MapOpenApi("/openapi/{documentName}.json").For(new Access.Anybody());
        app.MapScalarApiReference("/docs", page => page.WithTitle("TaskGrid").WithOpenApiRoutePattern("/openapi/{documentName}.json")).For(new Access.Anybody());
        app.MapTaskGridHealth();
        return app;
    }
}
