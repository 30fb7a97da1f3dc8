using System.Runtime.InteropServices;
using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>
/// The foreign text edits of one intake, gathered by field, so that the pending edits of a field are read, moved and written once for all
/// of them: a device that was away for a week would else write each of its edits anew for each edit of others.
/// </summary>
internal sealed class IncomingEdits(IReplicaWriting writing)
{
    private readonly Dictionary<(TaskId Task, string Field), List<TextEdit>> gathered = [];

    /// <summary>One came from the log.</summary>
    public void Add(TaskId task, string field, TextEdit edit)
    {
        if (!gathered.TryGetValue((task, field), out var edits)) gathered[(task, field)] = edits = [];
        edits.Add(edit);
    }

    /// <summary>Moves the field's pending edits over what came so far: before one of them comes back, and is pending no more.</summary>
    public void Settle((TaskId Task, string Field) field)
    {
        if (gathered.Remove(field, out var edits)) PendingTexts.OverForeign(writing, field.Task, field.Field, CollectionsMarshal.AsSpan(edits));
    }

    /// <summary>Moves all pending edits over what came.</summary>
    public void Settle()
    {
        foreach (var field in gathered.Keys.ToList()) Settle(field);
    }
}
