using System.Collections.Immutable;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>Who and what is in a scenario: people, their devices, the server, the weather, and what is noted of it all.</summary>
internal sealed class Cast
{
    private readonly List<Device> devices = [];
    private readonly Random ids;

    public Cast(IServerSide server, IReadOnlyList<Person> people, TimeProvider world, Random random, Counts counts)
    {
        (Server, People, World, Counts) = (server, people, world, counts);
        ids = new Random(random.Next());
        Weather = new Weather(new Random(random.Next()), counts);
    }

    public IServerSide Server { get; }

    /// <summary>The first is the owner.</summary>
    public IReadOnlyList<Person> People { get; }

    public TimeProvider World { get; }

    public Counts Counts { get; }

    public Weather Weather { get; }

    public Journal Journal { get; } = new();

    public Marks Marks { get; } = new();

    public IReadOnlyList<Device> Devices => devices;

    /// <summary>Reads the log and its identity, where live frames are handed over by the scenario.</summary>
    public Func<(ImmutableArray<CanonicalChange> Changes, string History)>? Log { get; init; }

    /// <summary>Makes a device's disk with this mark on it.</summary>
    public Func<ReplicaMark, IDisk> NewDisk { get; init; } = mark => new MemoryReplicaStore(new MemoryState { Mark = mark });

    /// <summary>Whether the server may come back from an older state.</summary>
    public bool MayRestore { get; init; }

    /// <summary>How often it did.</summary>
    public int Restores { get; set; }

    /// <summary>How often a device was copied.</summary>
    public int Copies { get; private set; }

    /// <summary>A new device of somebody.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="through">What stands between the device and the server, where something does.</param>
    public Device Equip(Person person, Func<ITransport, ITransport>? through = null) => Add(person, FirstDisk(person), through);

    /// <summary>A new device of somebody, whose engine runs beside its user.</summary>
    public Device EquipLive(Person person, Random random) => Add(new LiveDevice(
        devices.Count, person, FirstDisk(person), Server.TransportOf(person), World, Weather, FreshReplica, Counts, new ShortWaits(random.Next())));

    /// <summary>A second device with all that is on a first one's disk, its replica id included.</summary>
    public Device Copy(Device original)
    {
        Copies++;
        return Add(original.Person, original.Store.Copy());
    }

    /// <summary>Time passes. Where the world's cannot be moved, only the devices' clocks do, and it takes as long as the server needs to be there.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        if (World is VirtualTime movable)
        {
            movable.Pass(time);
            return;
        }
        await Server.CalmAsync();
        foreach (var device in devices) device.Clock.Skew += time;
    }

    /// <summary>An id out of the seed.</summary>
    public Guid FreshGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        ids.NextBytes(bytes);
        return new Guid(bytes);
    }

    private IDisk FirstDisk(Person person) =>
        NewDisk(new ReplicaMark { Organization = Server.Organization, User = person.Id, Replica = FreshReplica() });

    private ReplicaId FreshReplica() => ReplicaId.From(FreshGuid());

    private Device Add(Person person, IDisk disk, Func<ITransport, ITransport>? through = null)
    {
        var server = Server.TransportOf(person);
        return Add(new Device(devices.Count, person, disk, through?.Invoke(server) ?? server, World, Weather, FreshReplica, Counts));
    }

    private Device Add(Device device)
    {
        devices.Add(device);
        return device;
    }
}
