using TaskGrid.Domain.Tasks;
using TaskGrid.Sync;

namespace TaskGrid.EventStore.Marten.Reading;

/// <summary>A text field's log as its events tell it.</summary>
public static class TextLog
{
    /// <summary>The entry of an event; null if it edited no text.</summary>
    public static TextLogEntry? EntryOf(object e) => e switch
    {
        TaskEvent.TextEdited edited => new TextLogEntry(edited.Meta.Seq, edited.Meta.Origin, edited.Meta.Clock!, edited.Sent, edited.Applied),
        // A resolve edits what stands, so what it sent is what was applied.
        TaskEvent.ConflictResolved { Effect: ResolveEffect.Edited effect } resolved =>
            new TextLogEntry(resolved.Meta.Seq, resolved.Meta.Origin, resolved.Meta.Clock!, effect.Edit, effect.Edit),
        _ => null,
    };
}
