using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>Reads what a person types as the value that decides a conflict, by the field that it is about.</summary>
internal static class ConflictValues
{
    /// <summary>Decides a conflict with a delete: the task comes back.</summary>
    public static FieldValue Restored { get; } = FieldOptions.JsonOrText("false")!;

    private static FieldValue Deleted { get; } = FieldOptions.JsonOrText("true")!;

    public static FieldValue? Read(Invocation run, IReplicaReading reading, ConflictNote note, string text) => note switch
    {
        { Kind: ConflictKinds.DeletedEdited } => text switch
        {
            "deleted" or "true" => Deleted,
            "restored" or "false" => Restored,
            _ => throw new CommandStopped(Codes.Invalid, "--value is deleted or restored here."),
        },
        { Field: Fields.Title or Fields.Description } => FieldValue.Of(WriteCommands.TextOf(text)!),
        { Field: { } field } => FieldOptions.Value(run, reading, field, text),
        _ => FieldOptions.JsonOrText(text),
    };
}
