using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>JSON form of <see cref="TaskLine"/>: <c>{"kind":"task","id",…}</c>.</summary>
public sealed class TaskLineJsonConverter : JsonConverter<TaskLine>
{
    /// <inheritdoc/>
    public override TaskLine Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return Read(document.RootElement);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TaskLine value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", "task");
        writer.WriteString("id", value.Id.ToString());
        writer.WriteNumber("seq", value.Seq);
        writer.WriteString(Fields.Title, value.Title);
        writer.WriteString(Fields.Description, value.Description);
        foreach (var (field, register) in value.Registers)
            if (!Fields.IsCustom(field)) BodyWriter.WriteValue(writer, field, register);
        BodyWriter.WriteTexts(writer, Fields.Labels, value.Labels);
        BodyWriter.WriteTexts(writer, Fields.Watchers, value.Watchers);
        WriteCustom(writer, value.Registers);
        writer.WriteStartArray("comments");
        foreach (var comment in value.Comments) WriteComment(writer, comment);
        writer.WriteEndArray();
        writer.WriteStartArray("attachments");
        foreach (var attachment in value.Attachments) WriteAttachment(writer, attachment);
        writer.WriteEndArray();
        writer.WriteString("createdBy", value.CreatedBy.ToString());
        writer.WriteString("createdAt", WireTime.Format(value.CreatedAt));
        writer.WriteString("updatedAt", WireTime.Format(value.UpdatedAt));
        writer.WriteBoolean("deleted", value.Deleted);
        writer.WriteEndObject();
    }

    private static void WriteCustom(Utf8JsonWriter writer, ImmutableSortedDictionary<string, FieldValue> registers)
    {
        writer.WriteStartObject("custom");
        foreach (var (field, value) in registers)
            if (Fields.IsCustom(field)) BodyWriter.WriteValue(writer, field[Fields.CustomPrefix.Length..], value);
        writer.WriteEndObject();
    }

    private static void WriteComment(Utf8JsonWriter writer, CommentLine comment)
    {
        writer.WriteStartObject();
        writer.WriteString("id", comment.Id.ToString());
        writer.WriteString("user", comment.User.ToString());
        writer.WriteString("body", comment.Body);
        if (comment.Parent is { } parent) writer.WriteString("parent", parent.ToString());
        writer.WriteNumber("seq", comment.Seq);
        if (comment.Edited) writer.WriteBoolean("edited", true);
        if (comment.Deleted) writer.WriteBoolean("deleted", true);
        writer.WriteEndObject();
    }

    private static void WriteAttachment(Utf8JsonWriter writer, AttachmentLine attachment)
    {
        writer.WriteStartObject();
        writer.WriteString("id", attachment.Id.ToString());
        writer.WriteString("user", attachment.User.ToString());
        writer.WriteNumber("size", attachment.Size);
        writer.WriteString("sha256", attachment.Sha256);
        writer.WriteNumber("epoch", attachment.Epoch);
        writer.WriteString("sealed", attachment.Sealed);
        writer.WriteNumber("seq", attachment.Seq);
        if (attachment.Deleted) writer.WriteBoolean("deleted", true);
        writer.WriteEndObject();
    }

    private static TaskLine Read(JsonElement element)
    {
        var registers = Ordinal.Empty<FieldValue>().ToBuilder();
        foreach (var member in element.EnumerateObject())
            if (Fields.KindOf(member.Name) == FieldKind.Register) AddRegister(registers, member.Name, member.Value);
        foreach (var member in element.GetProperty("custom").EnumerateObject())
            AddRegister(registers, Fields.CustomPrefix + member.Name, member.Value);
        return new TaskLine
        {
            Id = Id<TaskId>(element, "id"),
            Seq = element.GetProperty("seq").GetInt64(),
            Title = Text(element, Fields.Title),
            Description = Text(element, Fields.Description),
            Registers = registers.ToImmutable(),
            Labels = Texts(element, Fields.Labels),
            Watchers = Texts(element, Fields.Watchers),
            Comments = [.. element.GetProperty("comments").EnumerateArray().Select(ReadComment)],
            Attachments = [.. element.GetProperty("attachments").EnumerateArray().Select(ReadAttachment)],
            CreatedBy = Id<UserId>(element, "createdBy"),
            CreatedAt = element.GetProperty("createdAt").GetDateTimeOffset().ToUniversalTime(),
            UpdatedAt = element.GetProperty("updatedAt").GetDateTimeOffset().ToUniversalTime(),
            Deleted = element.GetProperty("deleted").GetBoolean(),
        };
    }

    private static void AddRegister(ImmutableSortedDictionary<string, FieldValue>.Builder registers, string field, JsonElement value)
    {
        if (FieldValue.From(value) is { } known) registers[field] = known;
    }

    private static CommentLine ReadComment(JsonElement element) => new(Id<CommentId>(element, "id"), Id<UserId>(element, "user"),
        Text(element, "body"), element.TryGetProperty("parent", out var parent) ? IdText.Parse<CommentId>(parent.GetString()!) : null,
        element.GetProperty("seq").GetInt64(), Flag(element, "edited"), Flag(element, "deleted"));

    private static AttachmentLine ReadAttachment(JsonElement element) => new(Id<AttachmentId>(element, "id"), Id<UserId>(element, "user"),
        element.GetProperty("size").GetInt64(), Text(element, "sha256"), element.GetProperty("epoch").GetInt64(), Text(element, "sealed"),
        element.GetProperty("seq").GetInt64(), Flag(element, "deleted"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static bool Flag(JsonElement element, string name) => element.TryGetProperty(name, out var flag) && flag.GetBoolean();

    private static T Id<T>(JsonElement element, string name) where T : struct, IId<T> => IdText.Parse<T>(Text(element, name));

    private static ImmutableArray<string> Texts(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
}
