using System.Collections.Immutable;
using System.Text.Json;
using TaskGrid.Client;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.Grains.Ports;
using TaskGrid.Sync;
using TaskGrid.TestKit;

namespace TaskGrid.Simulation;

/// <summary>What a gateway reads from the log, from the reference one.</summary>
internal static class LogReading
{
    /// <summary>The changes in (from, to], each through its JSON, as every client gets it.</summary>
    public static ImmutableArray<CanonicalChange> Changes(InMemoryLog log, long from, long to) =>
        [.. log.Feed.Skip((int)from).Take((int)(to - from)).Select(entry => Travelled(entry.Json))];

    /// <summary>[PL7]</summary>
    public static long Taken(InMemoryLog log, ReplicaId replica, long to)
    {
        var next = log.Feed.Skip((int)to).Select(entry => entry.Change.Origin).FirstOrDefault(origin => origin?.Replica == replica);
        return next is { } later ? later.N - 1 : log.Replicas.GetValueOrDefault(replica)?.LastN ?? 0;
    }

    public static Snapshot SnapshotOf(InMemoryLog log, ReplicaId replica)
    {
        var core = log.Core!;
        var tasks = log.Tasks.Values.Select(task => Loaded(task.Line)).ToList();
        return new Snapshot(
            new SnapshotHead(log.Head!.Seq, tasks.Count, Taken(log, replica, log.Head.Seq), TaskDigest.Format(log.Head.Digest), log.Head.History),
            [.. core.Definitions.Select(known => LineOf(known.Key, known.Value))],
            [.. core.Members.Select(known => new MemberLine("member", known.Key, known.Value.Name, known.Value.Role))],
            tasks);
    }

    public static Client.TextHistory TextOf(InMemoryLog log, TaskId task, string field, long since) => new(
        [.. log.TextLog(task, field, since).Select(entry => new TextHistoryEdit(entry.Seq, entry.Origin?.Replica, entry.Origin?.N, entry.Applied))], log.Head!.Seq);

    public static ServerTruth TruthOf(OrganizationId organization, InMemoryLog log) => new(
        log.Head!.Seq, TaskDigest.Format(log.Head.Digest), log.Head.History, Changes(log, 0, log.Head.Seq),
        [.. log.Tasks.Values.Select(task => task.Line)], [.. log.Conflicts.Values])
    {
        ReplayDifferences = [.. ReplayDifferences(organization, log)],
    };

    private static IEnumerable<string> ReplayDifferences(OrganizationId organization, InMemoryLog log)
    {
        foreach (var (id, stored) in log.Tasks)
        {
            var events = log.EventsOf(StreamKeys.OfTask(id)).Cast<TaskEvent>();
            var replayed = (TaskState.Present)TaskEvolver.Evolve(TaskState.Absent.Instance, events);
            if (Json(replayed.Line) != Json(stored.Line)) yield return $"task {id}: its events give another line than stored";
            if (JsonSerializer.Serialize(replayed.Merge) != JsonSerializer.Serialize(stored.Merge)) yield return $"task {id}: its events give another merge state than stored";
        }
        var core = OrganizationEvolver.Evolve(null, log.EventsOf(StreamKeys.OfOrganization(organization)).Cast<OrganizationEvent>());
        if (JsonSerializer.Serialize(core) != JsonSerializer.Serialize(log.Core)) yield return "the organization's events give another state than stored";
    }

    private static LoadedTask Loaded(TaskLine line) =>
        new(line.Id, line.Seq, JsonSerializer.SerializeToUtf8Bytes(line, ContractsJson.Default.TaskLine), TaskDigest.Term(line));

    private static DefinitionLine LineOf(DefinitionId id, DefinitionState state) => new(state.Kind, id, state.Seq,
        state.Properties.Where(property => property.Value.Value is not null)
            .Aggregate(Ordinal.Empty<FieldValue>(), (values, property) => values.SetItem(property.Key, property.Value.Value!)));

    private static CanonicalChange Travelled(string json) => JsonSerializer.Deserialize(json, ContractsJson.Default.CanonicalChange)!;

    private static string Json(TaskLine line) => JsonSerializer.Serialize(line, ContractsJson.Default.TaskLine);
}
