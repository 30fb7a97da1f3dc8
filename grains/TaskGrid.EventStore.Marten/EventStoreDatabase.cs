using Npgsql;

namespace TaskGrid.EventStore.Marten;

/// <summary>How TaskGrid talks to PostgreSQL.</summary>
public static class EventStoreDatabase
{
    /// <summary>A pool of connections with the settings that the log was measured with; what the operator's string says goes first.</summary>
    /// <param name="connectionString">The operator's.</param>
    /// <param name="application">The name that PostgreSQL lists the connections under.</param>
    public static NpgsqlDataSource Open(string connectionString, string application = "taskgrid")
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        // ContainsKey would say whether Npgsql knows the key at all.
        var given = settings.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!given.Contains("Maximum Pool Size")) settings.MaxPoolSize = 60;
        // Batches ran twice as fast with statements prepared by use.
        if (!given.Contains("Max Auto Prepare")) settings.MaxAutoPrepare = 50;
        if (!given.Contains("No Reset On Close")) settings.NoResetOnClose = true;
        if (!given.Contains("Application Name")) settings.ApplicationName = application;
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }
}
