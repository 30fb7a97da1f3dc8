using TaskGrid.Gateway;
using TaskGrid.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddTaskGridServiceDefaults();
builder.AddTaskGridGateway();
builder.AddTaskGridClusterClient();

var app = builder.Build();
app.MapTaskGridGateway();
await app.RunAsync();
