using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using Orleans.Runtime;
using TaskGrid.EventStore.Marten.Schemas;
using TaskGrid.EventStore.Tests.Facts;
using TaskGrid.TestKit;

namespace TaskGrid.EventStore.Tests.Schemas;

/// <summary>Real silos on our tables: Orleans refuses to start where a statement is missing, and these use each provider.</summary>
public sealed class OrleansSchemaTests(ADatabase database) : IClassFixture<ADatabase>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_silos_meet_keep_a_grains_state_over_both_their_ends_and_register_reminders()
    {
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => OrleansSchema.ApplyAsync(database.Source, Token)));
        using (var first = await StartAsync())
        using (var second = await StartAsync())
        {
            await MembersAsync(second, 2);
            var grain = first.Services.GetRequiredService<IGrainFactory>().GetGrain<INoteGrain>("a/b");
            Assert.Equal("", await grain.Read());
            await grain.Write("one");
            await grain.Write("two");
            Assert.Equal(1, await grain.Remind());
            Assert.Equal(0, await grain.Forget());
            await second.StopAsync(Token);
            await first.StopAsync(Token);
        }

        using var third = await StartAsync();
        var again = third.Services.GetRequiredService<IGrainFactory>().GetGrain<INoteGrain>("a/b");
        Assert.Equal("two", await again.Read());
        await again.Clear();
        await again.Write("three");
        Assert.Equal("three", await again.Read());
        await third.StopAsync(Token);
    }

    [Fact]
    public async Task A_state_written_elsewhere_meanwhile_is_not_overwritten()
    {
        await OrleansSchema.ApplyAsync(database.Source, Token);
        using var silo = await StartAsync();
        var grain = silo.Services.GetRequiredService<IGrainFactory>().GetGrain<INoteGrain>("c");
        await grain.Write("mine");
        await using (var command = database.Source.CreateCommand("update orleans.storage set version = version + 1"))
            Assert.NotEqual(0, await command.ExecuteNonQueryAsync(Token));

        await Assert.ThrowsAsync<Orleans.Storage.InconsistentStateException>(() => grain.Write("again"));

        await silo.StopAsync(Token);
    }

    private async Task<IHost> StartAsync()
    {
        var connection = OrleansSchema.ConnectionStringFor(database.ConnectionString);
        var host = Host.CreateApplicationBuilder();
        host.Logging.ClearProviders();
        host.UseOrleans(silo => silo
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("test", "test"))
            .Configure<EndpointOptions>(options => (options.AdvertisedIPAddress, options.SiloPort, options.GatewayPort) = (System.Net.IPAddress.Loopback, FreePorts.Next(), FreePorts.Next()))
            .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", connection))
            .UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = ("Npgsql", connection))
            .AddAdoNetGrainStorageAsDefault(options => (options.Invariant, options.ConnectionString) = ("Npgsql", connection)));
        var built = host.Build();
        await built.StartAsync(Token);
        return built;
    }

    private static async Task MembersAsync(IHost silo, int count)
    {
        var management = silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        Assert.Equal(count, (await management.GetHosts(onlyActive: true)).Count);
    }
}

public interface INoteGrain : IGrainWithStringKey
{
    Task<string> Read();

    Task Write(string text);

    Task Clear();

    Task<int> Remind();

    Task<int> Forget();
}

public sealed class NoteGrain([PersistentState("note")] IPersistentState<NoteState> note) : Grain, INoteGrain, IRemindable
{
    public Task<string> Read() => Task.FromResult(note.State.Text);

    public Task Write(string text)
    {
        note.State = new NoteState { Text = text };
        return note.WriteStateAsync();
    }

    public Task Clear() => note.ClearStateAsync();

    public async Task<int> Remind()
    {
        await this.RegisterOrUpdateReminder("r", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        await this.RegisterOrUpdateReminder("r", TimeSpan.FromHours(2), TimeSpan.FromHours(2));
        return (await this.GetReminders()).Count;
    }

    public async Task<int> Forget()
    {
        await this.UnregisterReminder((await this.GetReminder("r"))!);
        return (await this.GetReminders()).Count;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}

[GenerateSerializer]
public sealed class NoteState
{
    [Id(0)]
    public string Text { get; set; } = "";
}
