using TaskGrid.ServiceDefaults;
using TaskGrid.Silo;

// A silo answers grains, not people: its only HTTP is health and metrics.
var builder = WebApplication.CreateBuilder(args);
builder.AddTaskGridServiceDefaults();
builder.AddTaskGridSilo();

var app = builder.Build();
app.MapTaskGridHealth();
app.MapTaskGridMetrics();
await app.RunAsync();
