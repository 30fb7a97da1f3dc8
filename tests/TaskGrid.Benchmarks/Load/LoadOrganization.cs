using System.Collections.Concurrent;
using System.Diagnostics;
using TaskGrid.Contracts;

namespace TaskGrid.Benchmarks.Load;

/// <summary>One organization under load: its people, what they wrote and when it arrived.</summary>
internal sealed class LoadOrganization : IAsyncDisposable
{
    private readonly List<LoadUser> users = [];
    private readonly ConcurrentDictionary<TaskId, long> written = new();
    private readonly ConcurrentQueue<long> acknowledgements = new();
    private Uri[] gateways = [];
    private string folder = "";

    public int Users => users.Count;

    public int Written => written.Count;

    public IEnumerable<double> Latencies => users.SelectMany(user => user.Latencies);

    public TimeSpan LongestPause
    {
        get
        {
            var all = acknowledgements.Order().ToArray();
            return all.Zip(all.Skip(1), (a, b) => Stopwatch.GetElapsedTime(a, b)).DefaultIfEmpty().Max();
        }
    }

    public static async Task<LoadOrganization> StartAsync(Uri[] gateways, int count, string folder)
    {
        Directory.CreateDirectory(folder);
        var organization = new LoadOrganization { gateways = gateways, folder = folder };
        var owner = await LoadAccount.RegisterAsync(gateways[0]);
        var id = await owner.FoundAsync();
        organization.Add(owner, id, gateways[0], 0);
        for (var i = 1; i < count; i++)
        {
            var account = await LoadAccount.RegisterAsync(gateways[i % gateways.Length]);
            await owner.InviteAsync(id, account);
            organization.Add(account, id, gateways[i % gateways.Length], i);
        }
        await organization.Until(() => organization.users.All(user => user.IsUpToDate), TimeSpan.FromSeconds(60));
        return organization;
    }

    public async Task WriteAsync(int rate, int seconds)
    {
        using var pulse = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate));
        for (var i = 0; i < rate * seconds && await pulse.WaitForNextTickAsync(); i++)
        {
            var task = new TaskId(Guid.CreateVersion7());
            written[task] = Stopwatch.GetTimestamp();
            users[i % users.Count].Write(task, i);
        }
    }

    /// <summary>Waits until all is sent and seen, and says what is missing where.</summary>
    public async Task<IReadOnlyList<string>> SettleAsync(TimeSpan patience)
    {
        await Until(() => users.All(user => user.Unsent == 0 && user.Outstanding == 0), patience);
        var fresh = await users[0].Account.FreshStoreAsync(gateways[^1], users[0].Organization, Path.Combine(folder, "fresh.db"));
        var digest = fresh.Digest;
        var findings = written.Keys.Where(task => !fresh.Tasks.Contains(task)).Select(task => $"{task} is not in a fresh store").ToList();
        findings.AddRange(users.Where(user => user.Unsent > 0).Select(user => $"{user.Unsent} changes of a user were never acknowledged"));
        findings.AddRange(users.Where(user => user.Outstanding > 0).Select(user => $"{user.Outstanding} changes never reached a user"));
        findings.AddRange(users.Where(user => user.Digest != digest).Select(_ => "a user's digest differs"));
        return findings;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var user in users) await user.DisposeAsync();
    }

    private void Add(LoadAccount account, OrganizationId id, Uri gateway, int index) =>
        users.Add(new LoadUser(account, id, gateway, Path.Combine(folder, $"user-{index}.db"), written, acknowledgements));

    private async Task Until(Func<bool> done, TimeSpan patience)
    {
        var watch = Stopwatch.StartNew();
        while (!done() && watch.Elapsed < patience) await Task.Delay(50);
    }
}
