using TaskGrid.Client;

namespace TaskGrid.Simulation;

/// <summary>The end of a scenario: the network holds, nothing breaks any more, and everybody syncs until there is nothing left to do.</summary>
internal static class Quiet
{
    private const int Rounds = 12;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(11);

    /// <summary>Lets all drain. What does not is found by the checks.</summary>
    public static async Task FallAsync(Cast cast)
    {
        await cast.Server.CalmAsync();
        cast.Weather.Calm = true;
        foreach (var device in cast.Devices)
        {
            await device.Network.DeliverLateAsync();
            device.Network.Offline = false;
            device.Store.NextFault = () => DiskFault.None;
        }
        for (var round = 0; round < Rounds; round++)
        {
            // A digest is not compared over and over: time passes between the rounds.
            await cast.PassAsync(Between);
            foreach (var device in cast.Devices) await device.SettleAsync(Reached(cast));
            if (round > 0 && cast.Devices.All(IsAtRest) && AreAtOneSeq(cast)) return;
        }
    }

    private static long Reached(Cast cast) =>
        cast.Devices.Where(device => device.Last is SyncOutcome.UpToDate).Select(device => device.Mark.Base).DefaultIfEmpty().Max();

    private static bool AreAtOneSeq(Cast cast) =>
        cast.Devices.Where(device => device.Last is SyncOutcome.UpToDate).Select(device => device.Mark.Base).Distinct().Count() <= 1;

    private static bool IsAtRest(Device device) => device.Last is SyncOutcome.AccessLost
        || (device.Last is SyncOutcome.UpToDate && device.Store.Read(reading => reading.Unanswered()) == 0);
}
