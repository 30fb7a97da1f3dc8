using System.Text.Json;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>All that is known once a scenario has fallen quiet.</summary>
internal sealed record Outcome(Cast Cast, ServerTruth Truth)
{
    /// <summary>Devices whose users are members.</summary>
    public IEnumerable<Device> Inside => Cast.Devices.Where(device => device.Last is not SyncOutcome.AccessLost);

    /// <summary>Devices whose users are none any more.</summary>
    public IEnumerable<Device> Outside => Cast.Devices.Where(device => device.Last is SyncOutcome.AccessLost);

    /// <summary>Changes that the server refused and that are on their users' lists.</summary>
    public IEnumerable<RejectedChange> Rejected => Cast.Devices.SelectMany(device => device.Store.Read(reading => reading.Rejected()));

    /// <summary>
    /// Changes that wait on devices that may not send them now; those too that were taken in once and that a restored backup lost: they are
    /// offered again when access returns.
    /// </summary>
    public IEnumerable<OutboxChange> Quarantined => Outside.SelectMany(device =>
        device.Store.Read(reading => reading.Replicas().SelectMany(replica => reading.From(replica, 1)).ToList()));

    /// <summary>The log's writes of one task's field: of the registers, creates and resolves included.</summary>
    public ILookup<(TaskId Task, string Field), Write> Writes { get; } = Write.Of(Truth.Log).ToLookup(write => (write.Task, write.Field));

    /// <summary>All of it in lines: the log, what is left on the devices, and what people did.</summary>
    public IEnumerable<string> Describe() =>
    [
        .. Truth.Log.Select(change => JsonSerializer.Serialize(change, ContractsJson.Default.CanonicalChange)),
        .. Cast.Devices.SelectMany(Describe),
        .. Cast.Journal.Deeds.Select(deed => $"{deed}"),
    ];

    private static IEnumerable<string> Describe(Device device)
    {
        // The identity of a log is the one thing that is not out of the seed.
        yield return $"device {device.Number} of {device.Person.Name}: {device.Last}, {device.Mark with { History = null }}";
        foreach (var row in device.Store.Read(reading => reading.Pending())) yield return $"  {row.State} {row.Seq} {row.Raw}";
        foreach (var row in device.Store.Read(reading => reading.Rejected())) yield return $"  refused for {row.Code} ({row.Detail}): {row.Origin} {row.Change.Body}";
    }
}
