using System.Diagnostics.Metrics;
using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.Gateway.Callers;
using TaskGrid.ServiceDefaults;

namespace TaskGrid.Gateway.Live;

/// <summary>The organizations that somebody at this gateway listens to.</summary>
internal sealed class LiveHub(
    IOrganizationQueries queries, Memberships memberships, BusLines lines, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<LiveHub> logger)
{
    private static readonly Meter Measures = new(Telemetry.Source);
    private static readonly UpDownCounter<long> Connected = Measures.CreateUpDownCounter<long>("taskgrid.live.connections");

    private readonly Lock gate = new();
    private readonly Dictionary<OrganizationId, Held> organizations = [];

    /// <summary>Lets a connection listen until the lease is disposed.</summary>
    public LiveLease Listen(OrganizationId organization, long head)
    {
        lock (gate)
        {
            if (!organizations.TryGetValue(organization, out var held))
                organizations[organization] = held = new Held(Open(organization, head));
            held.Leases++;
            Connected.Add(1);
            return new LiveLease(held.Organization, () => Return(held));
        }
    }

    /// <summary>Waits until the log is above <paramref name="since"/>, the time is over or the server stops.</summary>
    public async Task WaitAsync(OrganizationId organization, long since, TimeSpan time, CancellationToken cancellationToken)
    {
        using var lease = Listen(organization, since);
        using var waiter = lease.Organization.Wait(since);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await Task.WhenAny(waiter.Woken, Task.Delay(time, clock, end.Token));
        await end.CancelAsync();
    }

    /// <summary>All that are listened to.</summary>
    public IReadOnlyDictionary<OrganizationId, LiveOrganization> Organizations()
    {
        lock (gate) return organizations.ToDictionary(pair => pair.Key, pair => pair.Value.Organization);
    }

    /// <summary>Lets go of those that nobody has listened to for a while. Not at once: pulls that wait come again and again.</summary>
    public async Task LetGoAsync(TimeSpan idle)
    {
        List<LiveOrganization> gone = [];
        lock (gate)
        {
            var now = clock.GetTimestamp();
            foreach (var (id, held) in organizations.ToList())
            {
                if (held.Leases > 0 || clock.GetElapsedTime(held.IdleSince, now) < idle) continue;
                organizations.Remove(id);
                gone.Add(held.Organization);
            }
        }
        foreach (var organization in gone) await organization.DisposeAsync();
    }

    private LiveOrganization Open(OrganizationId organization, long head) => new(
        organization, head, queries, memberships, live => lines.Listen(organization, live),
        presence => lines.Show(organization, presence), logger);

    private void Return(Held held)
    {
        lock (gate)
        {
            held.Leases--;
            held.IdleSince = clock.GetTimestamp();
            Connected.Add(-1);
        }
    }

    private sealed class Held(LiveOrganization organization)
    {
        public LiveOrganization Organization => organization;

        public int Leases { get; set; }

        public long IdleSince { get; set; }
    }
}

/// <summary>The right to listen to an organization.</summary>
internal sealed class LiveLease(LiveOrganization organization, Action end) : IDisposable
{
    public LiveOrganization Organization => organization;

    public void Dispose() => end();
}
