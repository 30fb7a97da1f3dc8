namespace TaskGrid.Simulation;

/// <summary>
/// Who has a network when, and what that brings: a change is sent a moment after it was made, and the others hear of it a moment later,
/// as over live connections.
/// </summary>
internal sealed class Connections(SimulatedServer server, Cast cast, Agenda agenda, Random random)
{
    private readonly HashSet<Device> soon = [];
    private readonly Dictionary<Device, int> without = [];

    public bool Has(Device device) => !device.Network.Offline;

    /// <summary>The device syncs in a moment, where it can.</summary>
    public void Nudge(Device device)
    {
        if (!Has(device) || !soon.Add(device)) return;
        agenda.At(agenda.Now + TimeSpan.FromMilliseconds(random.Next(50, 500)), async () =>
        {
            soon.Remove(device);
            await SyncAsync(device);
        });
    }

    /// <summary>A device has no network for a while. Such times may overlap.</summary>
    public void Lose(Device device, DateTimeOffset from, TimeSpan length)
    {
        agenda.At(from, () => Move(device, 1));
        agenda.At(from + length, () => Move(device, -1));
    }

    private void Move(Device device, int by)
    {
        without[device] = without.GetValueOrDefault(device) + by;
        device.Network.Offline = without[device] > 0;
        Nudge(device);
    }

    private async Task SyncAsync(Device device)
    {
        if (!Has(device)) return;
        var head = server.Log.Head!.Seq;
        await device.SyncAsync();
        if (server.Log.Head.Seq == head) return;
        foreach (var other in cast.Devices)
            if (other != device) Nudge(other);
    }
}
