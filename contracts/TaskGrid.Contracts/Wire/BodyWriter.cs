using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;

namespace TaskGrid.Contracts;

/// <summary>Writes an op and its members into an open object.</summary>
internal static class BodyWriter
{
    /// <summary>Writes the members; those of a resolve without its conflict's id where the whole conflict stands in that place.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, ChangeBody body, bool conflictFollows = false)
    {
        writer.WriteString("op", body.Op);
        if (body is ChangeBody.OnTask onTask) writer.WriteString("task", onTask.Task.ToString());
        switch (body)
        {
            case ChangeBody.Create create:
                writer.WritePropertyName("values");
                WriteValues(writer, create.Values);
                break;
            case ChangeBody.Set set:
                writer.WriteString("field", set.Field);
                WriteValue(writer, "value", set.Value);
                break;
            case ChangeBody.Text text:
                writer.WriteString("field", text.Field);
                writer.WritePropertyName("edit");
                text.Edit.Write(writer);
                break;
            case ChangeBody.Add add:
                writer.WriteString("field", add.Field);
                writer.WriteString("value", add.Value);
                break;
            case ChangeBody.Remove remove:
                writer.WriteString("field", remove.Field);
                writer.WriteString("value", remove.Value);
                break;
            case ChangeBody.Comment comment:
                writer.WriteString("comment", comment.Id.ToString());
                writer.WriteString("body", comment.Body);
                if (comment.Parent is { } parent) writer.WriteString("parent", parent.ToString());
                break;
            case ChangeBody.EditComment edit:
                writer.WriteString("comment", edit.Id.ToString());
                writer.WriteString("body", edit.Body);
                break;
            case ChangeBody.DeleteComment delete:
                writer.WriteString("comment", delete.Id.ToString());
                break;
            case ChangeBody.Attach attach:
                WriteAttach(writer, attach);
                break;
            case ChangeBody.Detach detach:
                writer.WriteString("attachment", detach.Id.ToString());
                break;
            case ChangeBody.Define define:
                writer.WriteString("kind", define.Kind);
                writer.WriteString("id", define.Id.ToString());
                WriteProperties(writer, "values", define.Values);
                break;
            case ChangeBody.Resolve resolve:
                if (!conflictFollows) writer.WriteString("conflict", resolve.Conflict.ToString());
                if (resolve.Choice is { } choice) writer.WriteNumber("choice", choice);
                else WriteValue(writer, "value", resolve.Value);
                break;
            case ChangeBody.Member member:
                writer.WriteString("member", member.Subject.ToString());
                writer.WriteString("name", member.Name);
                if (member.Role is { } role) writer.WriteString("role", Roles.Word(role));
                else writer.WriteNull("role");
                break;
            case ChangeBody.Delete or ChangeBody.Restore or ChangeBody.Void:
                break;
            default:
                throw new UnreachableException(body.Op);
        }
    }

    public static void WriteValue(Utf8JsonWriter writer, string name, FieldValue? value)
    {
        if (value is null) writer.WriteNull(name);
        else
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(value.Json, skipInputValidation: true);
        }
    }

    public static void WriteProperties(Utf8JsonWriter writer, string name, ImmutableSortedDictionary<string, FieldValue?> values)
    {
        writer.WriteStartObject(name);
        foreach (var (property, value) in values) WriteValue(writer, property, value);
        writer.WriteEndObject();
    }

    public static void WriteTexts(Utf8JsonWriter writer, string name, ImmutableArray<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    public static void WriteValues(Utf8JsonWriter writer, TaskValues values)
    {
        writer.WriteStartObject();
        writer.WriteString(Fields.Title, values.Title);
        if (values.Description.Length > 0) writer.WriteString(Fields.Description, values.Description);
        foreach (var (field, value) in values.Registers) WriteValue(writer, field, value);
        if (values.Labels.Length > 0) WriteTexts(writer, Fields.Labels, values.Labels);
        if (values.Watchers.Length > 0) WriteTexts(writer, Fields.Watchers, values.Watchers);
        writer.WriteEndObject();
    }

    private static void WriteAttach(Utf8JsonWriter writer, ChangeBody.Attach attach)
    {
        writer.WriteString("attachment", attach.Id.ToString());
        writer.WriteNumber("size", attach.Size);
        writer.WriteString("sha256", attach.Sha256);
        writer.WriteNumber("epoch", attach.Epoch);
        writer.WriteString("sealed", attach.Sealed);
    }
}
