using TaskGrid.Gateway;
using TaskGrid.ServiceDefaults;
using TaskGrid.Silo;

namespace TaskGrid.AllInOne;

/// <summary>The services in one process. Nothing but their composition differs from the full deployment.</summary>
public static class AllInOneHost
{
    /// <summary>Composes them.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        configure?.Invoke(builder);
        builder.AddTaskGridServiceDefaults();
        builder.AddTaskGridSilo();
        builder.AddTaskGridGateway();
        var app = builder.Build();
        app.MapTaskGridGateway();
        return app;
    }
}
