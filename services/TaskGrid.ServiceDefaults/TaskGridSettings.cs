using Microsoft.Extensions.Configuration;

namespace TaskGrid.ServiceDefaults;

/// <summary>
/// What an operator sets, under <c>TaskGrid</c> (environment: <c>TaskGrid__Database</c> and so on). One record for all services, so that
/// a name means the same everywhere.
/// </summary>
public sealed record TaskGridSettings
{
    /// <summary>The configuration section.</summary>
    public const string Section = "TaskGrid";

    /// <summary>Npgsql connection string of the one database.</summary>
    public required string Database { get; init; }

    /// <summary>A file with at least 32 random bytes; every gateway must have the same.</summary>
    public string? SigningKeyFile { get; init; }

    /// <summary><c>inmemory</c>, or <c>amqp://user:password@host:port/</c>.</summary>
    public string Bus { get; init; } = "inmemory";

    /// <summary><c>localhost</c>: one silo on this machine. <c>adonet</c>: membership in the database.</summary>
    public string Clustering { get; init; } = "localhost";

    /// <summary>Silos and gateways of one deployment have the same.</summary>
    public string ClusterId { get; init; } = "taskgrid";

    /// <summary>The port between silos.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>The port by which gateways reach a silo.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>The address by which other machines reach this silo; loopback unless set.</summary>
    public string AdvertisedAddress { get; init; } = "127.0.0.1";

    /// <summary>E-mail addresses of those who may see the operators' pages.</summary>
    public string[] Operators { get; init; } = [];

    /// <summary>True for membership in the database.</summary>
    public bool IsClustered => Clustering == "adonet";

    /// <summary>True for a broker of its own.</summary>
    public bool HasBroker => Bus != "inmemory";

    /// <summary>Reads the section.</summary>
    /// <exception cref="InvalidOperationException">A setting is missing or not of its form; the message says which.</exception>
    public static TaskGridSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var settings = new TaskGridSettings
        {
            Database = section[nameof(Database)] ?? throw Wrong(nameof(Database), "is not set"),
            SigningKeyFile = section[nameof(SigningKeyFile)],
            Bus = section[nameof(Bus)] ?? "inmemory",
            Clustering = section[nameof(Clustering)] ?? "localhost",
            ClusterId = section[nameof(ClusterId)] ?? "taskgrid",
            SiloPort = Port(section, nameof(SiloPort), 11111),
            GatewayPort = Port(section, nameof(GatewayPort), 30000),
            AdvertisedAddress = section[nameof(AdvertisedAddress)] ?? "127.0.0.1",
            Operators = Addresses(section.GetSection(nameof(Operators))),
        };
        if (settings.Clustering is not ("localhost" or "adonet")) throw Wrong(nameof(Clustering), "must be localhost or adonet");
        if (settings.HasBroker && !settings.Bus.StartsWith("amqp://", StringComparison.Ordinal) && !settings.Bus.StartsWith("amqps://", StringComparison.Ordinal))
            throw Wrong(nameof(Bus), "must be inmemory or amqp://user:password@host:port/");
        return settings;
    }

    private static int Port(IConfigurationSection section, string name, int otherwise) => section[name] switch
    {
        null => otherwise,
        var text when int.TryParse(text, out var port) && port is > 0 and < 65536 => port,
        _ => throw Wrong(name, "must be a port"),
    };

    // One variable with commas, or a list: both are usual ways to give several values.
    private static string[] Addresses(IConfigurationSection section)
    {
        var given = section.Value is { } line ? line.Split(',') : [.. section.GetChildren().Select(child => child.Value ?? "")];
        return [.. given.Select(address => address.Trim().ToLowerInvariant()).Where(address => address.Length > 0)];
    }

    private static InvalidOperationException Wrong(string name, string what) => new($"{Section}__{name} {what}.");
}
