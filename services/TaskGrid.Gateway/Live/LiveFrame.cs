using System.Buffers;
using System.Text;
using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Gateway.Sync;
using TaskGrid.Grains;

namespace TaskGrid.Gateway.Live;

/// <summary>A frame on its way out. One of changes is made once and shared by all connections of the organization.</summary>
internal abstract record LiveFrame(ReadOnlyMemory<byte> Bytes)
{
    private const int MostChangesBytes = 1024 * 1024;

    /// <summary>Part of the log: the changes in (From, To].</summary>
    public sealed record Changes(ReadOnlyMemory<byte> Bytes, long From, long To, bool HasMembers) : LiveFrame(Bytes);

    /// <summary>Anything else.</summary>
    public sealed record Other(ReadOnlyMemory<byte> Bytes) : LiveFrame(Bytes);

    public static readonly Other Pong = new("""{"type":"pong"}"""u8.ToArray());

    public static Other Welcome(long head, string history, DateTimeOffset now) => new(Write("welcome", json =>
    {
        json.WriteNumber("head", head);
        json.WriteString("history", history);
        json.WriteString("serverTime", WireTime.Format(now));
    }));

    public static Other Results(PushOutcome.Taken taken) => new(Write("results", json => SyncAnswers.WriteTaken(json, taken)));

    public static Other Refused(Problem problem) => new(Write("problem", json =>
    {
        json.WriteString("code", problem.Code);
        if (problem.N is { } n) json.WriteNumber("n", n);
        if (problem.Expected is { } expected) json.WriteNumber("expected", expected);
        if (problem.Detail is { } detail) json.WriteString("detail", detail);
    }));

    public static Other Presence(UserId user, ReplicaId replica, LiveMessage.Presence where) => new(Write("presence", json =>
    {
        json.WriteString("user", user.ToString());
        json.WriteString("replica", replica.ToString());
        if (where.Task is { } task) json.WriteString("task", task.ToString());
        if (where.Field is { } field) json.WriteString("field", field);
        if (where.Cursor is not { } cursor) return;
        json.WritePropertyName("cursor");
        json.WriteRawValue(cursor, skipInputValidation: true);
    }));

    /// <summary>A run of changes, in frames of about a megabyte, so that none is over what a client takes and none holds up a ping for long.</summary>
    public static IEnumerable<Changes> Split(long from, IReadOnlyList<string> changes)
    {
        for (var first = 0; first < changes.Count;)
        {
            var next = first + 1;
            for (long bytes = changes[first].Length; next < changes.Count && (bytes += changes[next].Length) <= MostChangesBytes;) next++;
            yield return Of(from + first, from + next, changes.Skip(first).Take(next - first).ToList());
            first = next;
        }
    }

    /// <summary>The changes as the bus brought them: a JSON array.</summary>
    public static Changes FromBus(long from, long to, string array) => new(Write("changes", json =>
    {
        json.WriteNumber("from", from);
        json.WriteNumber("to", to);
        json.WritePropertyName("changes");
        json.WriteRawValue(array, skipInputValidation: true);
    }), from, to, MentionsMembers(array));

    private static Changes Of(long from, long to, List<string> changes) => new(Write("changes", json =>
    {
        json.WriteNumber("from", from);
        json.WriteNumber("to", to);
        SyncAnswers.WriteRaw(json, "changes", changes);
    }), from, to, changes.Any(MentionsMembers));

    // Looks without parsing. A value that happens to look the same costs a needless check of access, no more.
    private static bool MentionsMembers(string json) =>
        json.Contains("\"op\":\"member\"", StringComparison.Ordinal) || json.Contains("\"op\": \"member\"", StringComparison.Ordinal);

    private static ReadOnlyMemory<byte> Write(string type, Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            members(json);
            json.WriteEndObject();
        }
        return bytes.WrittenMemory;
    }

    public override string ToString() => Encoding.UTF8.GetString(Bytes.Span);
}
