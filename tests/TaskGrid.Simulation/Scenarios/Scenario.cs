using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>One history: people at work on their devices, and all that can happen to them, out of one seed.</summary>
internal sealed class Scenario
{
    private const int MostDevices = 8;
    private readonly Random random;
    private readonly Cast cast;
    private readonly Doings doings;
    private readonly Counts counts;

    public Scenario(Cast cast, Random random)
    {
        (this.cast, this.random, counts) = (cast, random, cast.Counts);
        doings = new Doings(random, cast.Marks, cast.Journal, cast.People, cast.FreshGuid, counts);
        cast.Weather.Meanwhile = () => doings.DoOne(Anyone());
    }

    /// <summary>So many steps.</summary>
    public async Task PlayAsync(int steps)
    {
        foreach (var device in cast.Devices) await device.SyncAsync();
        for (var step = 0; step < steps; step++) await StepAsync();
    }

    private async Task StepAsync()
    {
        var device = Anyone();
        switch (random.Next(100))
        {
            case < 42:
                for (var times = random.Next(1, 4); times > 0; times--) doings.DoOne(device);
                break;
            case < 58:
                await SyncSomeAsync();
                break;
            case < 66:
                Live(device);
                break;
            case < 72:
                device.Network.Offline = !device.Network.Offline;
                break;
            case < 80:
                await cast.PassAsync(random.Next(12) == 0 ? TimeSpan.FromDays(random.Next(1, 40)) : TimeSpan.FromSeconds(random.Next(1, 1200)));
                break;
            case < 83:
                MoveClock(device);
                break;
            case < 88:
                ArmDisk(device);
                break;
            case < 92:
                await cast.Server.DisturbAsync(random, counts);
                break;
            case < 93:
                await ChangeRoleAsync();
                break;
            case < 95:
                doings.RetryOne(cast.Devices);
                break;
            case < 96:
                await device.Network.DeliverLateAsync();
                break;
            default:
                await SeldomAsync(device);
                break;
        }
    }

    private async Task SeldomAsync(Device device)
    {
        switch (random.Next(9))
        {
            case 0 when cast.Devices.Count < MostDevices && !device.Syncing:
                counts.Add(Count.ProfileCopied);
                cast.Copy(device);
                break;
            case < 3:
                cast.Server.Save();
                break;
            case 3 or 4 when cast.MayRestore:
                await RestoreAsync();
                break;
            case 5:
                // What a flipped bit would do: the digest differs at the next sync, and the whole state is fetched anew.
                counts.Add(Count.DigestBroken);
                device.Store.NextFault = () => DiskFault.None;
                device.Store.Write(writing =>
                {
                    writing.Put(writing.Mark with { Digest = writing.Mark.Digest + 1, ResyncedAt = 0 });
                    return true;
                });
                break;
            default:
                device.Restart();
                break;
        }
    }

    /// <summary>The server comes back from a backup; where there is none yet, one is made.</summary>
    private async Task RestoreAsync()
    {
        if (!await cast.Server.RestoreAsync())
        {
            cast.Server.Save();
            return;
        }
        counts.Add(Count.ServerRestored);
        cast.Restores++;
    }

    /// <summary>Several at once, so that their pushes meet in one batch.</summary>
    private async Task SyncSomeAsync()
    {
        var some = cast.Devices.Where(device => !device.Syncing && random.Next(2) == 0).ToList();
        if (some.Count > 1) counts.Add(Count.PushesTogether);
        await Task.WhenAll(some.Select(device => device.SyncAsync()));
    }

    /// <summary>Some of the log comes live: what is next, or torn off, or twice.</summary>
    private void Live(Device device)
    {
        if (cast.Log is not { } read || device.Network.Offline || device.Mark is not { History: { } history, Quarantined: false } mark) return;
        var (changes, now) = read();
        if (history != now || mark.Base > changes.Length) return;
        var from = Math.Max(0, mark.Base - random.Next(3) + random.Next(3));
        var some = changes.Skip((int)from).Take(random.Next(1, 20)).ToList();
        if (some.Count == 0) return;
        device.TakeFrame(new LiveFrame.Changes(from, from + some.Count, [.. some]));
    }

    private void MoveClock(Device device)
    {
        counts.Add(Count.ClockMoved);
        var sign = random.Next(2) == 0 ? 1 : -1;
        device.Clock.Skew = sign * random.Next(6) switch
        {
            0 => TimeSpan.Zero,
            1 => TimeSpan.FromMilliseconds(random.Next(5000)),
            2 => TimeSpan.FromSeconds(random.Next(50, 70)),
            3 => TimeSpan.FromHours(random.Next(1, 48)),
            _ => TimeSpan.FromDays(random.Next(200, 3650)),
        };
    }

    /// <summary>One of the next writes to the disk does not end well.</summary>
    private void ArmDisk(Device device)
    {
        var (left, fault) = (random.Next(1, 7), (DiskFault)random.Next(1, 4));
        device.Store.NextFault = () => --left == 0 ? fault : DiskFault.None;
    }

    private async Task ChangeRoleAsync()
    {
        var person = cast.People[random.Next(1, cast.People.Count)];
        Role? role = random.Next(5) switch { 0 => null, 1 => Role.Viewer, 2 => Role.Admin, _ => Role.Member };
        if (await cast.Server.SetRoleAsync(person, role)) counts.Add(Count.RoleChanged);
    }

    private Device Anyone() => cast.Devices[random.Next(cast.Devices.Count)];
}
