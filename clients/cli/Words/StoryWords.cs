using System.Collections.Immutable;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>A task's story in sentences: who did what, what had happened meanwhile, and why it came out as it did.</summary>
internal sealed class StoryWords(Wording say, TaskStory story, bool devices)
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);
    private readonly TaskId task = story.Task;

    /// <summary>What happened in one step.</summary>
    public IReadOnlyList<Ink> Sentence(StoryStep step)
    {
        var change = step.Change;
        Ink[] deed = [Sentences.Capital(say.Cast.Name(change.User)), About(step), " ", .. Deed(step)];
        return [.. deed, Sentences.IsEnded(deed[^1].Text) ? "" : ".", .. Outcome(change)];
    }

    /// <summary>From which device, and when it was made where it came in much later.</summary>
    private Ink About(StoryStep step)
    {
        var about = string.Join(", ", new[] { Device(step.Change), step.Pending ? null : When(step.Change) }.OfType<string>());
        return new Ink(about.Length > 0 ? $" ({about})" : "", Tone.Faint);
    }

    /// <summary>Devices matter where they are asked for, where the reader worked on another one, and where two of one person's disagree.</summary>
    private string? Device(CanonicalChange change)
    {
        if (change.Origin is not { Replica: var replica }) return null;
        var alone = change.AllConflicts.Any(note => note.Versions.Length > 1 && note.Versions.All(version => version.User == change.User));
        return devices || alone || say.Cast.IsReader(change.User) ? say.Cast.Device(change.User, replica, evenThis: devices || alone) : null;
    }

    private string? When(CanonicalChange change)
    {
        if (change.AtSent is { } sent && sent.Wall - change.At.Wall > Late.TotalMilliseconds)
            return $"whose clock was {Moments.Length(TimeSpan.FromMilliseconds(sent.Wall - change.At.Wall))} ahead";
        if (change.Time - change.At.Time <= Late) return null;
        return say.Moments.SameDay(change.Time, change.At.Time) ? $"offline at {say.Moments.Clock(change.At.Time)}" : $"offline, {say.Moments.At(change.At.Time)}";
    }

    private IEnumerable<Ink> Deed(StoryStep step)
    {
        var change = step.Change;
        if (change.Body is ChangeBody.Resolve resolve && change.Conflict is { } conflict) return [Decided(resolve, conflict)];
        if (change.Body.TaskOf is { } other && other != task) return [Elsewhere(change, other)];
        var deed = say.Deeds.Of(change.Body, change.Body is ChangeBody.Set ? step.Seen : step.Before, step.After);
        return Along(change) is { } along ? [.. deed, along] : deed;
    }

    private string Decided(ChangeBody.Resolve resolve, ConflictNote note)
    {
        if (note.Task != task) return $"decided the conflict about {say.Fields.Task(note.Task)}, which {(Reached(note) ? "reached this task, too" : "changed this task")}";
        return $"decided {ConflictWords.Subject(note)}: {new ConflictWords(say, note).Choice(resolve.Choice, resolve.Value)}";
    }

    private bool Reached(ConflictNote note) => note.Kind == ConflictKinds.DeletedEdited;

    /// <summary>A change of another task that reached this one.</summary>
    private string Elsewhere(CanonicalChange change, TaskId other)
    {
        var title = say.Fields.Task(other);
        var effect = change.Effect ?? new Effect();
        if (effect.Top.Contains(task)) return $"deleted {title}, which this had been put under meanwhile: it went to the top level";
        if (effect.Deleted.Contains(task)) return $"deleted {title}, and this subtask with it";
        if (effect.Restored.Contains(task)) return change.Body is ChangeBody.Restore ? $"restored {title}, and this subtask with it" : $"moved {title} out of a deleted task, which brought this back";
        return $"changed {title}";
    }

    private IEnumerable<Ink> Outcome(CanonicalChange change)
    {
        var met = Met(change).ToList();
        foreach (var note in met)
        {
            yield return $" {new ConflictWords(say, note).Met(change)}";
            yield return new Ink($"  (conflict {ConflictWords.Short(note)})", Tone.Faint);
        }
        if (met.Count > 0) yield break;
        if (Earlier(change) is { } earlier && new ConflictWords(say, change.Conflict!).Rivalry(earlier, change, change.Conflict!.ResolvedBy?.Seq) is { Length: > 0 } rivalry) yield return rivalry;
        else if (change.Effect is { Applied: false }) yield return $" {Idle(change.Body)}";
    }

    /// <summary>The disagreements on this task that the change made or joined; not one that it decided.</summary>
    private IEnumerable<ConflictNote> Met(CanonicalChange change) => change.Body is ChangeBody.Restore ? []
        : change.AllConflicts.Where(note => note.Task == task && (change.Body as ChangeBody.Resolve)?.Conflict != note.Id && note.Versions.Any(version => version.Seq == change.Seq));

    /// <summary>The decision of the same conflict before this one.</summary>
    private CanonicalChange? Earlier(CanonicalChange change) => change.Body is not ChangeBody.Resolve { Conflict: var id } ? null
        : story.Steps.Select(step => step.Change).LastOrDefault(before => before.Seq < change.Seq && before.Body is ChangeBody.Resolve resolve && resolve.Conflict == id);

    private string? Along(CanonicalChange change)
    {
        if (change.Effect is not { } effect || (change.Body.TaskOf ?? change.Conflict?.Task) != task) return null;
        var along = string.Join(" and ", new[] { Counted(effect.Deleted, "went along"), Counted(effect.Restored, "came back with it"), Counted(effect.Top, "went to the top level") }.OfType<string>());
        if (effect.ParentCleared && change.Conflict is null) along += $"{(along.Length > 0 ? "; " : "")}its parent is deleted, so it is at the top level";
        return along.Length == 0 ? null : $"; {along}";
    }

    private string? Counted(ImmutableArray<TaskId> tasks, string what) => tasks.Count(id => id != task) is > 0 and var count ? $"{Moments.Many(count, "subtask")} {what}" : null;

    private static string Idle(ChangeBody body) => body switch
    {
        ChangeBody.Delete => "It was deleted already.",
        ChangeBody.Restore => "It was not deleted any more.",
        ChangeBody.Remove => "Somebody had added it at the same time, so it stays.",
        ChangeBody.EditComment => "The comment had been changed or deleted meanwhile, and stays so.",
        _ => "That changed nothing: it stood so already, or something later stands.",
    };
}
