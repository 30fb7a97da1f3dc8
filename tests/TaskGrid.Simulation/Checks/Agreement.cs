using System.Text.Json;
using TaskGrid.Client;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Simulation;

/// <summary>All replicas hold the same, and it is what the log says.</summary>
internal static class Agreement
{
    public static IEnumerable<string> ReplicasAgree(Outcome outcome)
    {
        var truth = outcome.Truth;
        var definitions = Json(Definitions(truth.Log));
        foreach (var device in outcome.Inside)
        {
            var mark = device.Mark;
            if (device.Last is not SyncOutcome.UpToDate) yield return $"device {device.Number}: its last sync ended as {device.Last}";
            if (mark.Base != truth.Head) yield return $"device {device.Number}: stands at {mark.Base}, the log at {truth.Head}";
            if (TaskDigest.Format(mark.Digest) != truth.Digest) yield return $"device {device.Number}: digest {TaskDigest.Format(mark.Digest)}, the log's is {truth.Digest}";
            if (device.Store.Read(reading => reading.Pending()) is { Count: > 0 } left) yield return $"device {device.Number}: {left.Count} changes never left the outbox, the first {left[0].Origin} {left[0].State}";
            var lines = device.Store.Read(reading => reading.Tasks().ToList()).ToDictionary(line => line.Id);
            foreach (var line in truth.Tasks)
                if (!lines.TryGetValue(line.Id, out var held) || Json(held) != Json(line))
                    yield return $"device {device.Number}: task {line.Id} is {(held is null ? "not there" : Json(held))}, the server has {Json(line)}";
            if (Json(device.Store.Read(reading => reading.Definitions())) != definitions) yield return $"device {device.Number}: other definitions than the log's";
        }
    }

    /// <summary>An engine that runs needs nobody to tell it what to do.</summary>
    public static IEnumerable<string> EnginesCatchUp(Outcome outcome) =>
        outcome.Cast.Devices.Where(device => device.Stalled is not null).Select(device => $"device {device.Number}: {device.Stalled}");

    /// <summary>Everybody who may see a task sees which conflicts on it wait for a person.</summary>
    public static IEnumerable<string> ConflictsAreKnown(Outcome outcome)
    {
        foreach (var device in outcome.Inside)
        {
            var known = device.Store.Read(reading => reading.Conflicts(openOnly: true)).ToDictionary(note => note.Id);
            foreach (var note in outcome.Truth.Conflicts.Where(note => note.Open))
                if (!known.TryGetValue(note.Id, out var held) || Json(held) != Json(note))
                    yield return $"device {device.Number}: conflict {note.Id} ({note.Kind}) is {(held is null ? "unknown or closed" : Json(held))}, the server has {Json(note)}";
            foreach (var note in known.Values.Where(note => !outcome.Truth.Conflicts.Any(true_ => true_.Id == note.Id && true_.Open)))
                yield return $"device {device.Number}: conflict {note.Id} ({note.Kind}) is open here and not at the server";
        }
    }

    /// <summary>The log is gapless, folds to what is stored, and its events replay to the same: a restart changes nothing.</summary>
    public static IEnumerable<string> LogIsSound(Outcome outcome)
    {
        var truth = outcome.Truth;
        var folded = new Dictionary<TaskId, TaskLine>();
        var seq = 0L;
        foreach (var change in truth.Log)
        {
            if (change.Seq != ++seq) yield return $"change {change.Seq} stands where {seq} should";
            foreach (var task in TaskFold.Touches(change))
                if (TaskFold.Apply(folded.GetValueOrDefault(task), change, task) is { } line) folded[task] = line;
        }
        foreach (var line in truth.Tasks)
            if (!folded.TryGetValue(line.Id, out var made) || Json(made) != Json(line)) yield return $"task {line.Id}: the log folds to another line than stored";
        if (TaskDigest.Format(TaskDigest.Sum(truth.Tasks)) != truth.Digest) yield return "the head's digest is not that of the tasks";
        foreach (var difference in truth.ReplayDifferences) yield return difference;
    }

    /// <summary>No standing task under a deleted one, no loops, nothing that refers to what is not there.</summary>
    public static IEnumerable<string> TreeIsSound(Outcome outcome)
    {
        var lines = outcome.Truth.Tasks.ToDictionary(line => line.Id.ToString());
        foreach (var line in outcome.Truth.Tasks)
        {
            var steps = 0;
            for (var at = line; at[Fields.Parent]?.AsText() is { } parent && steps <= lines.Count; steps++)
            {
                if (!lines.TryGetValue(parent, out var above))
                {
                    yield return $"task {at.Id} stands under {parent}, which does not exist";
                    break;
                }
                if (above.Deleted && !at.Deleted) yield return $"task {at.Id} stands under {above.Id}, which is deleted";
                at = above;
            }
            if (steps > lines.Count) yield return $"task {line.Id} is in a loop";
        }
    }

    private static List<DefinitionLine> Definitions(IEnumerable<CanonicalChange> log)
    {
        var lines = new Dictionary<DefinitionId, DefinitionLine>();
        foreach (var change in log)
            if (change.Body is ChangeBody.Define define && OrganizationFold.Apply(lines.GetValueOrDefault(define.Id), change) is { } line) lines[define.Id] = line;
        return [.. lines.Values.OrderBy(line => line.Kind, StringComparer.Ordinal).ThenBy(line => line.Id.ToString(), StringComparer.Ordinal)];
    }

    private static string Json(TaskLine line) => JsonSerializer.Serialize(line, ContractsJson.Default.TaskLine);

    private static string Json(ConflictNote note) => JsonSerializer.Serialize(note, ContractsJson.Default.ConflictNote);

    private static string Json(IEnumerable<DefinitionLine> lines) => string.Join('\n', lines.Select(line => JsonSerializer.Serialize(line, ContractsJson.Default.DefinitionLine)));
}
