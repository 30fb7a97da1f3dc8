using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>
/// What a person sees: the confirmed state with the own pending changes on top, folded by the same rules as the log. Confirmed state is
/// never written by it, so that a rejection or a pull needs no undo.
/// </summary>
public static class Overlay
{
    /// <summary>The seq of what is not in the log yet: above every real one, and exact as an IEEE double.</summary>
    public const long PendingSeq = (1L << 53) - 1;

    /// <summary>A task as its author sees it. The line keeps the confirmed seq, which is 0 for a task that is itself pending.</summary>
    /// <param name="confirmed">The line of the confirmed state; null if the task is not in it.</param>
    /// <param name="pending">The own pending changes that touch the task, oldest first; others do no harm.</param>
    public static TaskLine? Apply(TaskLine? confirmed, IEnumerable<PendingChange> pending)
    {
        TaskLine? shown = confirmed;
        foreach (PendingChange change in pending)
        {
            TaskId? task = shown?.Id ?? (change.Change.Body as ChangeBody.Create)?.Task;
            if (task is { } id && Fits(shown, change.Change.Body))
                shown = TaskFold.Apply(shown, AsIfTaken(change), id);
        }
        return shown is null ? null : shown with { Seq = confirmed?.Seq ?? 0 };
    }

    /// <summary>
    /// A rejected edit leaves those after it on a text that is not there any more; until they are expressed anew they are not shown
    /// where they do not fit. An own resolve of a text is shown when it comes back, since its edit is the server's.
    /// </summary>
    private static bool Fits(TaskLine? shown, ChangeBody body) =>
        body is not ChangeBody.Text text || shown is null || shown.Id != text.Task || TextEdits.TryApply(shown.TextOf(text.Field), text.Edit, out _);

    private static CanonicalChange AsIfTaken(PendingChange pending) => new(
        PendingSeq, pending.Origin, pending.User, pending.Change.At.Time, pending.Change.At, null, pending.Change.Clock, pending.Change.Body,
        pending.Guess, pending.Conflict);
}
