using System.Text;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>Nothing that a person made is gone without a trace.</summary>
internal static class Keeping
{
    private static readonly HashSet<string> Reasons =
        [Codes.Invalid, Codes.Exists, Codes.Unknown, Codes.Forbidden, Codes.Dependent, Codes.StaleEpoch, Codes.TooLarge];

    /// <summary>What the server said is durable stands in the log, at its place, with its content.</summary>
    public static IEnumerable<string> AcknowledgedIsThere(Outcome outcome)
    {
        var log = outcome.Truth.Log;
        foreach (var device in outcome.Cast.Devices)
            foreach (var ack in device.Network.Acknowledged.Where(ack => ack.History == outcome.Truth.History))
                if (ack.Seq > log.Length || log[(int)ack.Seq - 1].Origin != ack.Origin)
                    yield return $"device {device.Number} was told that {ack.Origin} is change {ack.Seq}, where the log has {(ack.Seq > log.Length ? "nothing" : log[(int)ack.Seq - 1].Origin)}";
        foreach (var twice in log.Where(change => change.Origin is not null).GroupBy(change => change.Origin).Where(group => group.Count() > 1))
            yield return $"{twice.Key} is in the log {twice.Count()} times";
    }

    /// <summary>Every change that was made is in the log, on its user's list of refused ones, or waits where it may not be sent.</summary>
    public static IEnumerable<string> MadeIsSomewhere(Outcome outcome)
    {
        var everywhere = new StringBuilder();
        foreach (var change in outcome.Truth.Log) everywhere.AppendLine(Content(change.Body));
        foreach (var change in outcome.Rejected) everywhere.AppendLine(Content(change.Change.Body));
        foreach (var change in outcome.Quarantined) everywhere.AppendLine(Content(change.Change.Body));
        var all = everywhere.ToString();
        foreach (var deed in outcome.Cast.Journal.Deeds)
            if (deed.Mark is { } mark && !WasTakenBack(outcome, mark) && !Holds(all, mark)) yield return $"device {deed.Device} made {deed.Origin} {deed.Body}, and '{mark}' is nowhere";
    }

    /// <summary>The same by number, for changes without content of their own, where no number was given twice or anew.</summary>
    public static IEnumerable<string> NumbersAreSomewhere(Outcome outcome)
    {
        if (outcome.Cast.Copies > 0 || outcome.Cast.Restores > 0 || outcome.Cast.Counts[Count.ReplicaRenamed] > 0) yield break;
        var known = outcome.Truth.Log.Select(change => change.Origin).OfType<Origin>()
            .Concat(outcome.Rejected.Select(change => change.Origin)).Concat(outcome.Quarantined.Select(change => change.Origin))
            .Concat(outcome.Cast.Journal.TakenUp).ToHashSet();
        foreach (var deed in outcome.Cast.Journal.Deeds)
            if (!known.Contains(deed.Origin)) yield return $"device {deed.Device} made {deed.Origin} {deed.Body}, and it is nowhere";
    }

    /// <summary>A code point that was typed stands in its text, once, unless somebody who saw it deleted it, or a person chose another text.</summary>
    public static IEnumerable<string> TypedTextStands(Outcome outcome)
    {
        var standing = outcome.Truth.Tasks.SelectMany(line => (line.Title + line.Description).EnumerateRunes()).Where(Marks.IsPoint).CountBy(rune => rune).ToDictionary();
        var excused = Parked(outcome).SelectMany(text => text.EnumerateRunes()).ToHashSet();
        var replaced = outcome.Truth.Log.Any(change => change.Effect?.Edit is not null);
        foreach (var deed in outcome.Cast.Journal.Deeds)
            foreach (var rune in TextsOf(deed.Body).SelectMany(text => text.EnumerateRunes()).Where(Marks.IsPoint))
            {
                var there = standing.GetValueOrDefault(rune);
                if (there == 0 && !replaced && !outcome.Cast.Journal.Deleted.Contains(rune) && !excused.Contains(rune))
                    yield return $"device {deed.Device} typed '{rune}' with {deed.Origin}, nobody deleted it, and it is gone";
                if (there > 1 && !(outcome.Cast.Restores > 0 && outcome.Cast.Copies > 0) && !IsTypedOnByCopies(outcome, deed)) yield return $"'{rune}' of {deed.Origin} stands {there} times";
            }
    }

    /// <summary>
    /// An own edit comes back from the log as its author was shown it all along. A copied profile may be shown its own unsent work twice
    /// for a while: once as the other copy sent it.
    /// </summary>
    public static IEnumerable<string> EditsComeBackAsShown(Outcome outcome)
    {
        if (outcome.Cast.Copies > 0) yield break;
        foreach (var device in outcome.Cast.Devices)
            foreach (var ((history, seq), (origin, shown)) in device.Store.CameBack.Where(known => known.Key.History == outcome.Truth.History))
                if (outcome.Truth.Log[(int)seq - 1] is { Body: ChangeBody.Text text } change && change.Origin == origin && !text.Edit.Equals(shown))
                    yield return $"device {device.Number} showed change {seq} as {Words(shown)}, and the log has {Words(text.Edit)}";
    }

    /// <summary>Every refusal has a code of the closed list and words for a person.</summary>
    public static IEnumerable<string> RefusalsAreExplained(Outcome outcome)
    {
        foreach (var change in outcome.Rejected)
            if (!Reasons.Contains(change.Code) || string.IsNullOrWhiteSpace(change.Detail)) yield return $"{change.Origin} was refused for '{change.Code}': '{change.Detail}'";
    }

    /// <summary>Who lost access keeps what was not sent, and nothing else.</summary>
    public static IEnumerable<string> OutsideKeepsItsWorkOnly(Outcome outcome)
    {
        foreach (var device in outcome.Outside)
        {
            if (!device.Mark.Quarantined) yield return $"device {device.Number}: access is lost, and it is not in quarantine";
            if (device.Store.Read(reading => reading.TaskCount()) > 0) yield return $"device {device.Number}: access is lost, and tasks are still there";
        }
    }

    private static IEnumerable<string> Parked(Outcome outcome) =>
        outcome.Rejected.Select(change => change.Change.Body).Concat(outcome.Quarantined.Select(change => change.Change.Body)).SelectMany(TextsOf);

    private static IEnumerable<string> TextsOf(ChangeBody body) => body switch
    {
        ChangeBody.Create create => [create.Values.Title, create.Values.Description],
        ChangeBody.Text text => text.Edit.Components.Where(component => component.Text is not null).Select(component => component.Text!),
        _ => [],
    };

    // Where two copies of a profile have the same unsent edit and one of them types on, the two are not one edit any more, and both are sent.
    private static bool IsTypedOnByCopies(Outcome outcome, Deed deed) =>
        outcome.Cast.Copies > 0 && outcome.Cast.Journal.Deeds.Count(other => other.Origin == deed.Origin) > 1;

    // Typed and deleted again before it was ever sent: the two are one edit, and it says nothing.
    private static bool WasTakenBack(Outcome outcome, string mark) => Rune.TryGetRuneAt(mark, 0, out var rune) && outcome.Cast.Journal.Deleted.Contains(rune);

    // A word is the mark only if no other mark begins with it.
    private static bool Holds(string all, string mark)
    {
        for (var at = all.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = all.IndexOf(mark, at + 1, StringComparison.Ordinal))
            if (at + mark.Length >= all.Length || !char.IsAsciiDigit(all[at + mark.Length])) return true;
        return false;
    }

    private static string Words(TextEdit edit) => string.Join(' ', edit.Components.Select(component =>
        component.Kind switch { TextComponentKind.Insert => $"'{component.Text}'", TextComponentKind.Keep => $"{component.Count}", _ => $"-{component.Count}" }));

    private static string Content(ChangeBody body) => body switch
    {
        ChangeBody.Create create => $"{create.Values.Title} {create.Values.Description}",
        ChangeBody.Text text => Words(text.Edit),
        ChangeBody.Set set => $"{set.Value}",
        ChangeBody.Comment comment => comment.Body,
        ChangeBody.EditComment edit => edit.Body,
        ChangeBody.Attach attach => attach.Sealed,
        ChangeBody.Define define => string.Join(' ', define.Values.Values),
        _ => "",
    };
}
