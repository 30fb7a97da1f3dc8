using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TaskGrid.ServiceDefaults;
using TaskGrid.TestKit;

namespace TaskGrid.EndToEnd.Tests.ServiceDefaults;

public sealed class HealthTests : IAsyncLifetime
{
    private readonly WebApplication app = Build();
    private readonly HttpClient http = new();
    private bool databaseAnswers = true;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        app.Services.GetRequiredService<DatabaseProbe>().Answers = () => databaseAnswers;
        await app.StartAsync(Token);
        http.BaseAddress = new Uri(app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_process_without_its_database_is_alive_but_not_ready()
    {
        databaseAnswers = false;

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/live", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/startup", Token)).StatusCode);
        var ready = await http.GetAsync("/health/ready", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal(
            """{"status":"unhealthy","checks":{"database":"unhealthy","not-stopping":"healthy","started":"healthy"}}""",
            await ready.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task The_reason_of_a_failed_check_is_not_told_to_the_asker()
    {
        databaseAnswers = false;

        var answer = await http.GetStringAsync("/health/live", Token) + await (await http.GetAsync("/health/ready", Token)).Content.ReadAsStringAsync(Token);

        Assert.DoesNotContain(DatabaseProbe.Reason, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_of_the_process_can_be_scraped()
    {
        await http.GetAsync("/health/ready", Token);

        var scraped = await http.GetStringAsync("/metrics", Token);

        Assert.Contains("http_server_request_duration_seconds", scraped, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections_total", scraped, StringComparison.Ordinal);
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePorts.Next()}");
        builder.AddTaskGridServiceDefaults();
        builder.Services.AddSingleton<DatabaseProbe>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseProbe>("database", tags: [Health.Ready]);
        var app = builder.Build();
        app.MapTaskGridHealth();
        app.MapTaskGridMetrics();
        return app;
    }

    private sealed class DatabaseProbe : IHealthCheck
    {
        public const string Reason = "no route to 10.0.0.7";

        public Func<bool> Answers { get; set; } = () => true;

        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(Answers() ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(Reason));
    }
}
