using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TaskGrid.EventStore.Marten;
using TaskGrid.EventStore.Marten.Accounts;
using TaskGrid.Gateway.Accounts;
using TaskGrid.Gateway.Callers;
using TaskGrid.Gateway.Grains;
using TaskGrid.Gateway.Live;
using TaskGrid.Gateway.Ops;
using TaskGrid.Gateway.Problems;
using TaskGrid.Gateway.Sync;
using TaskGrid.Gateway.Web;
using TaskGrid.Grains;
using TaskGrid.ServiceDefaults;

namespace TaskGrid.Gateway;

/// <summary>Everything that a gateway is made of, but the way to its silos (<see cref="ClusterClient"/>).</summary>
public static class GatewayRegistration
{
    /// <summary>Adds accounts, the protocol over HTTP and WebSocket, and the live fan-out.</summary>
    public static IHostApplicationBuilder AddTaskGridGateway(this IHostApplicationBuilder builder)
    {
        var settings = TaskGridSettings.From(builder.Configuration);
        var limits = builder.Configuration.GetSection(GatewayLimits.Section).Get<GatewayLimits>() ?? new GatewayLimits();
        builder.Services.TryAddSingleton(settings);
        builder.Services.AddSingleton(limits);
        builder.AddTaskGridBus(settings);
        builder.Services.AddTaskGridEventStore(settings.Database);
        builder.Services.AddContractsSerialization();
        builder.Services.AddSingleton<GrainCalls>().AddSingleton<Memberships>().AddSingleton<Pushing>();
        builder.Services.AddAccounts(settings);
        builder.Services.AddLive();
        builder.Services.AddWeb(limits);
        builder.Services.AddHostedService<TablePreparation>();
        builder.Services.AddSingleton<WarmUp>().AddHostedService(services => services.GetRequiredService<WarmUp>());
        builder.Services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", tags: [Health.Ready], timeout: TimeSpan.FromSeconds(3))
            .AddCheck<WarmUp>("silo", tags: [Health.Ready]);
        // These write addresses with their queries, and the words of a search are a person's.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Http.Result", LogLevel.Warning);
        return builder;
    }

    private static void AddAccounts(this IServiceCollection services, TaskGridSettings settings)
    {
        services.AddTaskGridAccounts(settings.Database);
        services.AddSingleton(SigningKeys.FromFile(settings.SigningKeyFile));
        services.AddSingleton<AccessTokens>().AddSingleton<RefreshTokens>().AddSingleton<Passwords>().AddSingleton<Sessions>().AddSingleton<SignInLimits>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<AccessTokens>((options, tokens) =>
        {
            options.MapInboundClaims = false;
            options.TokenValidationParameters = tokens.Validation;
            options.Events = new JwtBearerEvents { OnChallenge = ChallengeAsync, OnForbidden = context => ProblemAnswer.WriteAsync(context.HttpContext, Refusals.Forbidden()) };
        });
        services.AddAuthorizationBuilder().AddPolicy(AccessDeclarations.OperatorPolicy, policy => policy
            .RequireAuthenticatedUser()
            .RequireAssertion(context => settings.Operators.Contains(context.User.FindFirst(Caller.EmailClaim)?.Value)));
    }

    private static Task ChallengeAsync(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        return ProblemAnswer.WriteAsync(context.HttpContext, Refusals.Unauthorized());
    }

    private static void AddLive(this IServiceCollection services)
    {
        services.AddSingleton<BusLines>().AddSingleton<LiveHub>().AddSingleton<LiveServices>();
        services.AddSingleton<LiveTickets>().AddSingleton<LiveWelcome>().AddSingleton<LiveAcceptance>();
        services.AddHostedService<HeadWatch>();
    }

    private static void AddWeb(this IServiceCollection services, GatewayLimits limits)
    {
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 32 * 1024 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        // Nothing here is protected by it, and so it shall not write keys into somebody's home.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddRateLimiter(options => RequestLimits.Configure(options, limits));
        services.AddExceptionHandler<FaultAnswer>();
        services.AddOpenApi("v1", ApiDescription.Configure);
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, SnapshotAnswer.ContentType];
        });
    }
}
