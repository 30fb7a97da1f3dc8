using TaskGrid.Contracts;

namespace TaskGrid.Client.Tests;

/// <summary>A server, and devices of two people, Ana and Ben.</summary>
internal sealed class World : IDisposable
{
    private readonly List<Device> devices = [];

    public World()
    {
        Server = new FakeServer(TimeProvider.System);
        Server.Join(Ana, "Ana", Role.Owner);
        Server.Join(Ben, "Ben", Role.Member);
    }

    public UserId Ana { get; } = UserId.From(Guid.CreateVersion7());

    public UserId Ben { get; } = UserId.From(Guid.CreateVersion7());

    public FakeServer Server { get; }

    public Device DeviceOf(UserId user, string? copyOf = null)
    {
        var device = new Device(Server, user, TimeProvider.System, copyOf);
        devices.Add(device);
        return device;
    }

    /// <summary>Every device syncs twice, so that each has what the others sent; then all must hold what the server holds.</summary>
    public async Task ConvergeAsync()
    {
        for (var round = 0; round < 2; round++)
            foreach (var device in devices) Assert.IsType<SyncOutcome.UpToDate>(await device.SyncAsync());
        foreach (var device in devices)
        {
            Assert.Equal(Server.Head, device.Mark.Base);
            Assert.Equal(Server.Digest, Sync.TaskDigest.Format(device.Mark.Digest));
            Assert.Empty(device.Store.Read(reading => reading.Pending()));
        }
    }

    public void Dispose() => devices.ForEach(device => device.Dispose());
}
