using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Tasks;

/// <summary>The log of a text field, as its events tell it.</summary>
public static class TextLog
{
    /// <summary>The field and the entry of an event; null if it edited no text.</summary>
    public static (string Field, TextLogEntry Entry)? EntryOf(TaskEvent e) => e switch
    {
        TaskEvent.TextEdited x => (x.Field,
            new TextLogEntry(e.Meta.Seq, e.Meta.Origin, e.Meta.Clock!, x.Sent, x.Applied) { Removed = x.Removed, By = AuthorOf(e.Meta) }),
        // A resolve replaces what stands, in the server's own order: it is foreign to every author's branch, the resolver's too.
        TaskEvent.ConflictResolved { Effect: ResolveEffect.Edited x, Note.Field: { } field } => (field,
            TextLogEntry.ByServer(e.Meta.Seq, x.Edit) with { Removed = x.Removed, By = AuthorOf(e.Meta) }),
        _ => null,
    };

    private static TextAuthor? AuthorOf(EventMeta meta) =>
        meta.Origin is { } origin ? new TextAuthor(meta.User, origin.Replica, meta.At, meta.AtSent) : null;
}
