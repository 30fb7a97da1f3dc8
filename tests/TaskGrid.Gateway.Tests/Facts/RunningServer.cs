using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using TaskGrid.AllInOne;
using TaskGrid.TestKit;

[assembly: AssemblyFixture(typeof(TaskGrid.Gateway.Tests.Facts.RunningServer))]

namespace TaskGrid.Gateway.Tests.Facts;

/// <summary>
/// The whole server, composed as people run it, on a real database and a real socket, in this process. One for all tests: each makes its
/// own people and organizations.
/// </summary>
public sealed class RunningServer : IAsyncLifetime
{
    public const string Operator = "operator@example.com";

    private readonly ScratchFolder folder = new();
    private WebApplication? app;

    /// <summary>What it signs with.</summary>
    public byte[] Secret { get; } = RandomNumberGenerator.GetBytes(48);

    public string Database { get; private set; } = "";

    public WebApplication App => app ?? throw new InvalidOperationException("not started");

    public Uri Url => new(App.Urls.Single());

    public async ValueTask InitializeAsync()
    {
        Database = await PostgresServer.NewDatabaseAsync();
        await File.WriteAllBytesAsync(folder.File("key"), Secret);
        app = AllInOneHost.Build([], Configure);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = Url };
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await http.GetAsync("/health/ready", patience.Token)).IsSuccessStatusCode) await Task.Yield();
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        folder.Dispose();
    }

    private void Configure(WebApplicationBuilder builder)
    {
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["TaskGrid:Database"] = Database,
            ["TaskGrid:SigningKeyFile"] = folder.File("key"),
            ["TaskGrid:SiloPort"] = $"{FreePorts.Next()}",
            ["TaskGrid:GatewayPort"] = $"{FreePorts.Next()}",
            ["TaskGrid:Operators"] = Operator,
            ["TaskGrid:Limits:HelloTimeout"] = "00:00:01",
            ["TaskGrid:Limits:SendTimeout"] = "00:00:02",
            ["TaskGrid:Limits:RequestBurst"] = "100000",
        });
    }
}
