using Npgsql;
using TaskGrid.EventStore.Marten;

namespace TaskGrid.EventStore.Tests;

public sealed class EventStoreDatabaseTests
{
    [Fact]
    public async Task What_the_operators_string_does_not_say_is_as_the_log_was_measured()
    {
        await using var database = EventStoreDatabase.Open("Host=127.0.0.1;Username=nobody");

        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);

        Assert.Equal((60, 50, true, "taskgrid"), (settings.MaxPoolSize, settings.MaxAutoPrepare, settings.NoResetOnClose, settings.ApplicationName));
    }

    [Fact]
    public async Task What_the_operators_string_says_goes_first_under_whatever_name()
    {
        await using var database = EventStoreDatabase.Open("Host=127.0.0.1;Username=nobody;MaxPoolSize=7;Max Auto Prepare=0;No Reset On Close=false;ApplicationName=mine");

        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);

        Assert.Equal((7, 0, false, "mine"), (settings.MaxPoolSize, settings.MaxAutoPrepare, settings.NoResetOnClose, settings.ApplicationName));
    }
}
