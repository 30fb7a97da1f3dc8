using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Client;

/// <summary>Keeps the copies of pending text edits that are shown fit for the confirmed text under them. What is sent never moves.</summary>
internal static class PendingTexts
{
    /// <summary>Foreign edits of a field came from the log, one after the other: the pending edits of the field move over them.</summary>
    public static void OverForeign(IReplicaWriting writing, TaskId task, string field, ReadOnlySpan<TextEdit> foreign)
    {
        var rows = Of(writing, task, field);
        if (rows.Count == 0) return;
        var branch = rows.Aggregate(TextBranch.Empty, (branch, row) => branch.Append(row.Origin, row.Shown!)).OverForeign(foreign, out _);
        Keep(writing, rows, branch);
    }

    /// <summary>The field's pending edits, oldest first.</summary>
    public static IReadOnlyList<OutboxChange> Of(IReplicaReading reading, TaskId task, string field) =>
        [.. reading.Pending(task).Where(row => row.TextField == (task, field) && row.Shown is not null)];

    /// <summary>
    /// Pending edits of a field were refused, so the never-sent ones after them stand on a text that will not be:
    /// <code>
    ///    text --- refused --- ·
    ///     |                   |
    ///   anew                 edit      anew = transform(edit, undo of refused, "right")
    ///     ↓                   ↓
    /// </code>
    /// One is expressed anew where that is certain: where no foreign edit moved it, so that the copy shown is what was made. Otherwise
    /// it is parked with the refused one. Of one that was sent only the copy shown moves; its own answer decides over it.
    /// </summary>
    public static void WithoutRefused(IReplicaWriting writing, IReadOnlyList<OutboxChange> before, OutboxChange refused, DateTimeOffset now)
    {
        var undo = TextEdits.Invert(refused.Shown!, Placeholder(refused.Shown!.Deleted));
        foreach (var row in before.Where(row => row.Place > refused.Place))
        {
            var made = ((ChangeBody.Text)row.Change.Body).Edit;
            var edit = TextEdits.Transform(row.Shown!, undo, Side.Right);
            undo = TextEdits.Transform(undo, row.Shown!, Side.Left);
            if (row.State != OutboxState.Unsent) writing.Replace(row with { Shown = edit });
            else if (row.Shown!.Equals(made)) writing.Replace(row.Anew(row.Origin, row.Change with { Body = Edited(row, edit) }, edit));
            else
            {
                undo = TextEdits.Compose(TextEdits.Invert(edit, Placeholder(edit.Deleted)), undo);
                writing.Reject(row, Codes.Dependent, "It builds on an edit that was refused.", now);
            }
        }
    }

    /// <summary>The body of a text row with another edit.</summary>
    public static ChangeBody.Text Edited(OutboxChange row, TextEdit edit) => (ChangeBody.Text)row.Change.Body with { Edit = edit };

    /// <summary>Writes the moved copies back.</summary>
    public static void Keep(IReplicaWriting writing, IReadOnlyList<OutboxChange> rows, TextBranch branch)
    {
        for (var i = 0; i < rows.Count; i++)
            if (!rows[i].Shown!.Equals(branch.Pending[i].Edit)) writing.Replace(rows[i] with { Shown = branch.Pending[i].Edit });
    }

    /// <summary>An undo is only moved over, never applied: what it brings back matters by its length alone.</summary>
    private static string Placeholder(int length) => new('x', length);
}
