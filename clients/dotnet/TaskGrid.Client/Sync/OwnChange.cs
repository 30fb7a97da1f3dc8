using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>
/// Tells whether a canonical change under one of this store's numbers is this store's. It is another one's where the data folder was
/// copied: both copies go on with the same numbers, until the server tells one of them that it is a fork [PU8].
/// </summary>
internal static class OwnChange
{
    private static readonly Change Blank = new(1, default, new CausalClock(0), new ChangeBody.Void());

    /// <summary>True if the log's change is what this row became.</summary>
    public static bool Is(OutboxChange row, CanonicalChange change) =>
        (change.AtSent ?? change.At) == row.Change.At && (row.Change.Body, change.Body) switch
        {
            (ChangeBody.Text sent, ChangeBody.Text applied) => (sent.Task, sent.Field) == (applied.Task, applied.Field) && Is(sent.Edit, applied.Edit),
            // Of a definition the log names only what won.
            (ChangeBody.Define sent, ChangeBody.Define taken) =>
                (sent.Kind, sent.Id) == (taken.Kind, taken.Id) && taken.Values.All(value => sent.Values.TryGetValue(value.Key, out var own) && own == value.Value),
            var (sent, taken) => Json(sent) == Json(taken),
        };

    /// <summary>True if one edit can be what became of another on its way over others': all that was inserted is, no more was deleted.</summary>
    public static bool Is(TextEdit sent, TextEdit applied) => Inserted(sent) == Inserted(applied) && applied.Deleted <= sent.Deleted;

    private static string Inserted(TextEdit edit) => string.Concat(edit.Components.Select(component => component.Text));

    private static string Json(ChangeBody body) => JsonSerializer.Serialize(Blank with { Body = body }, ContractsJson.Default.Change);
}
