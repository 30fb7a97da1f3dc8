using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>What people wanted stands, as far as nobody who saw it wanted something else. Each rule is written from the specification, not with the kernel.</summary>
internal static class Intent
{
    /// <summary>The writer of a register is one that nobody overwrote who had seen it, and of those the one with the highest stamp.</summary>
    public static IEnumerable<string> LastWritersStand(Outcome outcome)
    {
        foreach (var line in outcome.Truth.Tasks)
            foreach (var writes in outcome.Writes.Where(writes => writes.Key.Task == line.Id && writes.Key.Field != Fields.Parent))
            {
                var unseen = writes.Where(write => !writes.Any(other => other != write && Write.HadSeen(other.Change, write.Change))).ToList();
                var winner = unseen.OrderBy(write => write.Change.At).ThenBy(write => write.Change.Origin?.Replica.ToString(), StringComparer.Ordinal).Last();
                var standing = line[writes.Key.Field];
                if (standing != winner.Value)
                    yield return $"task {line.Id} {writes.Key.Field} is {standing}; {winner.Value} by change {winner.Change.Seq} should stand, of {string.Join(", ", writes.Select(write => $"{write.Change.Seq}:{write.Value}"))}";
                foreach (var (later, earlier) in writes.SelectMany(_ => writes, (a, b) => (a, b)).Where(pair => pair.a != pair.b && Write.HadSeen(pair.a.Change, pair.b.Change)))
                    if (later.Change.At <= earlier.Change.At)
                        yield return $"task {line.Id} {writes.Key.Field}: change {later.Change.Seq} had seen {earlier.Change.Seq} and is not stamped above it";
            }
    }

    /// <summary>A value is in a set while there is an add of it that no remove had seen.</summary>
    public static IEnumerable<string> SetsKeepWhatWasNotRemoved(Outcome outcome)
    {
        var log = outcome.Truth.Log;
        foreach (var line in outcome.Truth.Tasks)
            foreach (var field in (string[])[Fields.Labels, Fields.Watchers])
            {
                var removes = log.Where(change => change.Body is ChangeBody.Remove remove && remove.Task == line.Id && remove.Field == field).ToList();
                var values = log.SelectMany(change => Added(change, line.Id, field).Select(value => (change, value)))
                    .Where(add => !removes.Any(remove => ((ChangeBody.Remove)remove.Body).Value == add.value && Write.HadSeen(remove, add.change)))
                    .Select(add => add.value).ToHashSet();
                var held = field == Fields.Labels ? line.Labels : line.Watchers;
                if (!values.SetEquals(held)) yield return $"task {line.Id} {field}: {string.Join(',', held)} where it should be {string.Join(',', values)}";
            }
    }

    /// <summary>What a change had seen is what its device had seen when it was made, also where it was sent much later.</summary>
    public static IEnumerable<string> ClocksAreAsMade(Outcome outcome)
    {
        var logged = outcome.Truth.Log.Where(change => change.Origin is not null).ToDictionary(change => change.Origin!.Value);
        // Two copies of a profile give one number to two changes until one of them is told.
        if (outcome.Cast.Copies > 0) yield break;
        var made = outcome.Cast.Journal.Deeds.Where(deed => deed.History is null || deed.History == outcome.Truth.History);
        foreach (var deed in made)
            if (logged.TryGetValue(deed.Origin, out var change) && change.Body.Op == deed.Body.Op && change.Clock!.Base != deed.Base)
                yield return $"change {change.Seq} says that it had seen {change.Clock.Base}; its author had seen {deed.Base}";
    }

    private static IEnumerable<string> Added(CanonicalChange change, TaskId task, string field) => change.Body switch
    {
        ChangeBody.Add add when add.Task == task && add.Field == field => [add.Value],
        ChangeBody.Create create when create.Task == task => field == Fields.Labels ? create.Values.Labels : create.Values.Watchers,
        _ => [],
    };
}
