using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>Writes changes, canonical changes and conflicts in their wire form.</summary>
public static class ChangeWriter
{
    /// <summary>Writes a change as an author sends it.</summary>
    public static void Write(Utf8JsonWriter writer, Change change)
    {
        writer.WriteStartObject();
        writer.WriteNumber("n", change.N);
        writer.WriteString("at", change.At.ToString());
        WriteClock(writer, change.Clock);
        BodyWriter.WriteMembers(writer, change.Body);
        writer.WriteEndObject();
    }

    /// <summary>Writes a change as the log holds it.</summary>
    public static void Write(Utf8JsonWriter writer, CanonicalChange change)
    {
        writer.WriteStartObject();
        writer.WriteNumber("seq", change.Seq);
        WriteOrigin(writer, change.Origin);
        writer.WriteString("user", change.User.ToString());
        writer.WriteString("time", WireTime.Format(change.Time));
        writer.WriteString("at", change.At.ToString());
        if (change.AtSent is { } sent && sent != change.At) writer.WriteString("atSent", sent.ToString());
        if (change.Clock is { } clock) WriteClock(writer, clock);
        BodyWriter.WriteMembers(writer, change.Body, conflictFollows: change.Conflict is not null);
        if (change.Effect is { } effect) WriteEffect(writer, effect);
        if (change.Conflict is { } conflict)
        {
            writer.WritePropertyName("conflict");
            Write(writer, conflict);
        }
        if (change.Conflicts.Length > 0)
        {
            writer.WriteStartArray("conflicts");
            foreach (var further in change.Conflicts) Write(writer, further);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    /// <summary>Writes a conflict.</summary>
    public static void Write(Utf8JsonWriter writer, ConflictNote note)
    {
        writer.WriteStartObject();
        writer.WriteString("id", note.Id.ToString());
        writer.WriteString("kind", note.Kind);
        writer.WriteString("task", note.Task.ToString());
        if (note.Field is { } field) writer.WriteString("field", field);
        writer.WriteBoolean("open", note.Open);
        writer.WriteStartArray("versions");
        foreach (var version in note.Versions) WriteVersion(writer, version);
        writer.WriteEndArray();
        writer.WriteString("rule", note.Rule);
        if (note.Merged is { } merged) BodyWriter.WriteValue(writer, "merged", merged);
        if (note.ResolvedBy is { } resolution) WriteResolution(writer, resolution);
        writer.WriteEndObject();
    }

    private static void WriteOrigin(Utf8JsonWriter writer, Origin? origin)
    {
        if (origin is { } known)
        {
            writer.WriteString("replica", known.Replica.ToString());
            writer.WriteNumber("n", known.N);
            return;
        }
        writer.WriteNull("replica");
        writer.WriteNull("n");
    }

    private static void WriteClock(Utf8JsonWriter writer, CausalClock clock)
    {
        writer.WriteStartObject("clock");
        writer.WriteNumber("base", clock.Base);
        foreach (var (replica, n) in clock.Replicas) writer.WriteNumber(replica.ToString(), n);
        writer.WriteEndObject();
    }

    private static void WriteEffect(Utf8JsonWriter writer, Effect effect)
    {
        writer.WriteStartObject("effect");
        if (!effect.Applied) writer.WriteBoolean("applied", false);
        if (effect.HasValue) BodyWriter.WriteValue(writer, "value", effect.Value);
        if (effect.ParentCleared) writer.WriteNull("parent");
        WriteTasks(writer, "deleted", effect.Deleted);
        WriteTasks(writer, "top", effect.Top);
        WriteTasks(writer, "restored", effect.Restored);
        if (effect.Edit is { } edit)
        {
            writer.WritePropertyName("edit");
            edit.Write(writer);
        }
        writer.WriteEndObject();
    }

    private static void WriteTasks(Utf8JsonWriter writer, string name, ImmutableArray<TaskId> tasks)
    {
        if (tasks.IsDefaultOrEmpty) return;
        writer.WriteStartArray(name);
        foreach (var task in tasks) writer.WriteStringValue(task.ToString());
        writer.WriteEndArray();
    }

    private static void WriteVersion(Utf8JsonWriter writer, ConflictVersion version)
    {
        writer.WriteStartObject();
        writer.WriteNumber("seq", version.Seq);
        writer.WriteString("op", version.Op);
        BodyWriter.WriteValue(writer, "value", version.Value);
        writer.WriteString("user", version.User.ToString());
        writer.WriteString("replica", version.Replica.ToString());
        writer.WriteString("at", version.At.ToString());
        if (version.AtSent != version.At) writer.WriteString("atSent", version.AtSent.ToString());
        writer.WriteEndObject();
    }

    private static void WriteResolution(Utf8JsonWriter writer, ConflictResolution resolution)
    {
        writer.WriteStartObject("resolvedBy");
        writer.WriteNumber("seq", resolution.Seq);
        writer.WriteString("user", resolution.User.ToString());
        if (resolution.Choice is { } choice) writer.WriteNumber("choice", choice);
        else BodyWriter.WriteValue(writer, "value", resolution.Value);
        writer.WriteString("time", WireTime.Format(resolution.Time));
        writer.WriteEndObject();
    }
}

/// <summary>JSON form of <see cref="Change"/>.</summary>
public sealed class ChangeJsonConverter : JsonConverter<Change>
{
    /// <inheritdoc/>
    public override Change Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return ChangeReader.Read(document.RootElement) switch
        {
            ChangeReading.Read read => read.Change,
            ChangeReading.Invalid invalid => throw new JsonException(invalid.Detail),
            ChangeReading.Malformed malformed => throw new JsonException(malformed.Detail),
            var other => throw new JsonException(other.ToString()),
        };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Change value, JsonSerializerOptions options) => ChangeWriter.Write(writer, value);
}

/// <summary>JSON form of <see cref="CanonicalChange"/>.</summary>
public sealed class CanonicalChangeJsonConverter : JsonConverter<CanonicalChange>
{
    /// <inheritdoc/>
    public override CanonicalChange Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return CanonicalReader.Read(document.RootElement);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CanonicalChange value, JsonSerializerOptions options) => ChangeWriter.Write(writer, value);
}

/// <summary>JSON form of <see cref="ConflictNote"/>.</summary>
public sealed class ConflictNoteJsonConverter : JsonConverter<ConflictNote>
{
    /// <inheritdoc/>
    public override ConflictNote Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return CanonicalReader.ReadNote(document.RootElement);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ConflictNote value, JsonSerializerOptions options) => ChangeWriter.Write(writer, value);
}
