using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using TaskGrid.Contracts;
using TaskGrid.Grains.Ports;
using TaskGrid.TestKit;

namespace TaskGrid.Grains.Tests;

/// <summary>A cluster of two silos over one log.</summary>
public sealed class TwoSilos : IAsyncLifetime
{
    public FaultyEventStore Store { get; } = new();

    public RecordingBell Bell { get; } = new();

    public InProcessTestCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) => silo.Services
            .AddTaskGridGrains()
            .AddSingleton<IEventCommitter>(Store)
            .AddSingleton<IStateReader>(Store)
            .AddSingleton<IChangeBell>(Bell));
        builder.ConfigureClient(client => client.Services.AddTaskGridGrains());
        Cluster = builder.Build();
        await Cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync() => await Cluster.DisposeAsync();

    public IOrganizationGrain Organization(OrganizationId id) => Cluster.Client.GetGrain<IOrganizationGrain>(GrainKeys.Of(id));

    /// <summary>A founded organization.</summary>
    public async Task<(OrganizationId Id, IOrganizationGrain Grain, UserId Owner)> Founded()
    {
        var (id, owner) = (new OrganizationId(Guid.CreateVersion7()), new UserId(Guid.CreateVersion7()));
        var grain = Organization(id);
        Assert.IsType<OrganizationOutcome.Done>(await grain.Found(new FoundOrganization("Acme", owner, "Ada")));
        return (id, grain, owner);
    }

    public static PushCommand Push(UserId user, ReplicaId replica, params Change[] changes) =>
        new(user, replica, null, [.. changes.Select(Sent)]);

    public static Change Create(long n, TaskId task, string title) => new(n, Stamp.At(DateTimeOffset.UtcNow), new CausalClock(0),
        new ChangeBody.Create(task, TaskValues.Titled(title)));

    private static SentChange Sent(Change change) =>
        new(change.N, [.. SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(change, ContractsJson.Default.Change))], change, null);
}

/// <summary>Remembers what rang.</summary>
public sealed class RecordingBell : IChangeBell
{
    public ConcurrentQueue<OrganizationAdvanced> Rung { get; } = new();

    public void Ring(OrganizationAdvanced advanced) => Rung.Enqueue(advanced);
}
