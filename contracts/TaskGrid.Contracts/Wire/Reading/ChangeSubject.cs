using System.Text.Json;

namespace TaskGrid.Contracts;

/// <summary>What a change is about that could not be read, as far as that much could be: what builds on it must fall with it.</summary>
/// <param name="Op">The op.</param>
/// <param name="Task">The task.</param>
/// <param name="Field">The field.</param>
/// <param name="Comment">The comment.</param>
/// <param name="Attachment">The attachment.</param>
public sealed record ChangeSubject(string Op, TaskId? Task, string? Field, CommentId? Comment, AttachmentId? Attachment)
{
    /// <summary>The subject of an object; null where it has no op.</summary>
    internal static ChangeSubject? Of(JsonElement change)
    {
        if (Text(change, "op") is not { } op) return null;
        return new ChangeSubject(op, Id<TaskId>(change, "task"), Text(change, "field"), Id<CommentId>(change, "comment"), Id<AttachmentId>(change, "attachment"));
    }

    private static T? Id<T>(JsonElement change, string name) where T : struct, IId<T> => IdText.TryParse<T>(Text(change, name), out var id) ? id : null;

    private static string? Text(JsonElement change, string name)
    {
        foreach (var member in change.EnumerateObject())
        {
            if (TextOf(member, name) is { } text) return text;
        }
        return null;
    }

    /// <summary>Null for another member, and for one whose name or text is none: System.Text.Json refuses to read those.</summary>
    private static string? TextOf(JsonProperty member, string name)
    {
        try
        {
            return member.NameEquals(name) && member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
