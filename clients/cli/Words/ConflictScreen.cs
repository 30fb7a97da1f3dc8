using System.Globalization;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>All of one conflict: who wanted what, which rule decided and why, what was decided since, and what can be done.</summary>
internal sealed class ConflictScreen(Wording say, ShownConflict shown)
{
    private const int ShortText = 400;
    private const string Indent = "     ";
    private readonly ConflictNote note = shown.Note;
    private readonly ConflictWords words = new(say, shown.Note);

    /// <summary>One line that says which conflict this is.</summary>
    public string Headline => $"{FieldWords.Quoted(shown.Task?.Title ?? "a task that is not here")}: {words.Headline()}";

    /// <summary>What stands now, in a few words.</summary>
    public string Stands()
    {
        if (shown.Task is not { } task) return "";
        if (note.Kind == ConflictKinds.DeletedEdited) return task.Deleted ? "deleted" : "restored";
        if (shown.MergedStands) return "both, merged";
        if (DecidedStands && note.Kind == ConflictKinds.TextOverlap) return $"as {say.Cast.Name(note.ResolvedBy!.User)} wrote it";
        var whose = shown.Standing is { } version ? $"{say.Cast.Owner(version.User)} version" : null;
        var text = note.Kind == ConflictKinds.TextOverlap ? "" : say.Fields.Value(note.Field ?? "", ShownConflict.ValueOf(task, note.Field ?? ""));
        return text.Length == 0 ? whose ?? "changed since" : whose is null ? text : $"{text} ({whose})";
    }

    /// <summary>Whether it waits for somebody, in a few words.</summary>
    public string State() => shown switch
    {
        { Pending: not null } => "your decision is not sent yet",
        { Note.Open: true } => "look",
        { Note.ResolvedBy: { } resolved } => $"decided by {say.Cast.Name(resolved.User)}",
        _ => "",
    };

    /// <summary>When it arose.</summary>
    public DateTimeOffset When => note.Versions.Max(version => version.At).Time;

    /// <summary>The page: lines of ink, each with the indent of what follows its first line.</summary>
    public IEnumerable<(int Indent, IReadOnlyList<Ink> Line)> Lines()
    {
        yield return (0, [new Ink(Headline, Tone.Strong)]);
        yield return (0, []);
        foreach (var line in note.Kind == ConflictKinds.TextOverlap ? Texts() : Values()) yield return line;
        yield return (0, []);
        foreach (var sentence in Told()) yield return (0, sentence);
        yield return (0, []);
        foreach (var hint in ConflictHints.Of(shown)) yield return (4, hint);
    }

    private IEnumerable<(int, IReadOnlyList<Ink>)> Values()
    {
        var wide = note.Versions.Max(version => Who(version).Length);
        var late = note.Versions.Max(version => Moment(version).Length);
        foreach (var (i, version) in note.Versions.Index())
        {
            var stands = Equals(version, shown.Standing) ? new Ink("   ← stands now", Tone.Strong) : "";
            yield return (5, [new Ink($"  {ConflictReferences.Letter(i)}  ", Tone.Strong), $"{Who(version).PadRight(wide)}   ", new Ink($"{Moment(version).PadRight(late)}   ", Tone.Faint), words.Version(version), stands]);
        }
    }

    /// <summary>Short texts are shown whole; of long ones only where they differ from what was made of them.</summary>
    private IEnumerable<(int, IReadOnlyList<Ink>)> Texts()
    {
        var merged = note.Merged?.AsText() ?? "";
        var all = note.Versions.Select(version => version.Value?.AsText() ?? "").Append(merged).All(text => text.Length <= ShortText);
        foreach (var (i, version) in note.Versions.Index())
        {
            var stands = Equals(version, shown.Standing) ? new Ink("   ← stands now", Tone.Strong) : "";
            yield return (5, [new Ink($"  {ConflictReferences.Letter(i)}  ", Tone.Strong), Who(version), new Ink($", {Moment(version)}", Tone.Faint), stands]);
            if (all) yield return (5, [Indent, version.Value?.AsText() ?? ""]);
        }
        yield return (5, [new Ink("  =  ", Tone.Strong), "merged", shown.MergedStands ? new Ink("   ← stands now", Tone.Strong) : ""]);
        if (all) yield return (5, [Indent, merged]);
        yield return (0, []);
        foreach (var (i, version) in Latest())
            yield return (5, [new Ink($"  {ConflictReferences.Letter(i)} → merged: ", Tone.Faint), .. all ? TextChange.Whole(version.Value?.AsText() ?? "", merged) : TextChange.Places(version.Value?.AsText() ?? "", merged)]);
    }

    /// <summary>Where the same two went on for a while, the last text of each says it all.</summary>
    private IEnumerable<(int Index, ConflictVersion Version)> Latest() => note.Versions.Index().GroupBy(entry => entry.Item.Replica).Select(group => group.Last());

    private IEnumerable<IReadOnlyList<Ink>> Told()
    {
        yield return [words.Rule()];
        foreach (var version in note.Versions.Where(version => version.AtSent > version.At && (version.AtSent.Wall - version.At.Wall) > 1000))
            yield return [$"The clock of {Who(version)} was {Moments.Length(TimeSpan.FromMilliseconds(version.AtSent.Wall - version.At.Wall))} ahead; that change counts from when it came in."];
        foreach (var sentence in Decisions()) yield return [sentence];
        if (shown.Pending is { } pending) yield return [new Ink($"{Sentences.Ended($"You decided: {Decided(pending)}")} That is not sent yet; the others see it after the next sync.", Tone.Loud)];
        else if (note.Open) yield return [new Ink("It waits for somebody to look.", Tone.Loud)];
        if (ChangedSince() is { } since) yield return [since];
    }

    private string? ChangedSince() => shown.Task is null || shown.Pending is not null || shown.Standing is not null || shown.MergedStands || note.Kind == ConflictKinds.DeletedEdited
        ? null
        : note.Kind is ConflictKinds.Orphaned or ConflictKinds.Cycle ? $"It stands {(Now is null ? "at " : "")}{say.Fields.Value(Fields.Parent, Now)} now."
        : DecidedStands ? null
        : $"Since then it became: {say.Fields.Value(note.Field ?? "", Now)}";

    /// <summary>What stands is neither of the versions, but what somebody wrote to decide it.</summary>
    private bool DecidedStands => shown.Task is not null && note is { Field: not null, ResolvedBy: { Choice: null } decided } && Equals(decided.Value, Now);

    private FieldValue? Now => ShownConflict.ValueOf(shown.Task!, note.Field!);

    private string Who(ConflictVersion version) => say.Cast.Name(version.User, version.Replica);

    /// <summary>To the second where the versions lie so close together that only the seconds say which is later.</summary>
    private string Moment(ConflictVersion version)
    {
        var close = note.Versions.Select(other => other.At.Wall / 60_000).Distinct().Count() < note.Versions.Length;
        return $"{say.Moments.At(version.At.Time, seconds: close)} ({say.Moments.Ago(version.At.Time)})";
    }

    private string Decided(ChangeBody body) => body is ChangeBody.Resolve resolve ? words.Choice(resolve.Choice, resolve.Value) : "it is back";

    /// <summary>Every decision that is known here; where two were made at once, what came of that. Else the last one, which the record keeps.</summary>
    private IEnumerable<string> Decisions()
    {
        if (note.ResolvedBy is { } resolved && shown.Decisions.All(change => change.Seq != resolved.Seq))
            yield return Sentences.Ended($"{Sentences.Capital(say.Cast.Name(resolved.User))} decided {say.Moments.At(resolved.Time)}: {words.Choice(resolved.Choice, resolved.Value)}");
        foreach (var (i, change) in shown.Decisions.Index())
        {
            var who = Sentences.Capital(say.Cast.Actor(change.User, change.Origin?.Replica));
            yield return Sentences.Ended($"{who} decided {say.Moments.At(change.At.Time)}: {Decided(change.Body)}") + (i > 0 ? words.Rivalry(shown.Decisions[i - 1], change, note.ResolvedBy?.Seq) : "");
        }
    }
}
