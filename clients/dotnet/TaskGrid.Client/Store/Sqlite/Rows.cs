using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Client.Sqlite;

/// <summary>How things read as rows.</summary>
internal static class Rows
{
    public static byte[] Json(TaskLine line) => JsonSerializer.SerializeToUtf8Bytes(line, ContractsJson.Default.TaskLine);

    public static string Json(Change change) => JsonSerializer.Serialize(change, ContractsJson.Default.Change);

    public static string? Json(TextEdit? edit)
    {
        if (edit is null) return null;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) edit.Write(writer);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static TaskLine Line(byte[] json) => JsonSerializer.Deserialize(json, ContractsJson.Default.TaskLine)!;

    public static TaskLine Task(SqliteDataReader row) => Line((byte[])row.GetValue(0));

    public static DefinitionLine Definition(SqliteDataReader row) =>
        JsonSerializer.Deserialize(row.GetString(0), ContractsJson.Default.DefinitionLine)!;

    public static KnownMember Member(SqliteDataReader row) =>
        new(JsonSerializer.Deserialize(row.GetString(0), ContractsJson.Default.MemberLine)!, row.IsDBNull(1) ? null : row.GetString(1));

    public static ConflictNote Conflict(SqliteDataReader row) => JsonSerializer.Deserialize(row.GetString(0), ContractsJson.Default.ConflictNote)!;

    public static JournalEntry Journal(SqliteDataReader row) =>
        new(row.GetInt64(0), JsonSerializer.Deserialize(row.GetString(1), ContractsJson.Default.CanonicalChange)!);

    public static KnownDevice Device(SqliteDataReader row) =>
        new(IdText.Parse<ReplicaId>(row.GetString(0)), IdText.Parse<UserId>(row.GetString(1)), row.GetInt32(2), row.GetInt64(3) != 0);

    public const string OutboxColumns = "place, replica, n, change, state, seq, shown";

    public static OutboxChange Outbox(SqliteDataReader row) => new(
        row.GetInt64(0),
        new Origin(IdText.Parse<ReplicaId>(row.GetString(1)), row.GetInt64(2)),
        JsonSerializer.Deserialize(row.GetString(3), ContractsJson.Default.Change)!,
        (OutboxState)row.GetInt32(4),
        row.IsDBNull(5) ? null : row.GetInt64(5),
        row.IsDBNull(6) ? null : Edit(row.GetString(6))) { Raw = row.GetString(3) };

    public static RejectedChange Rejected(SqliteDataReader row) => new(
        row.GetInt64(0),
        new Origin(IdText.Parse<ReplicaId>(row.GetString(1)), row.GetInt64(2)),
        JsonSerializer.Deserialize(row.GetString(3), ContractsJson.Default.Change)!,
        row.GetString(4),
        row.IsDBNull(5) ? null : row.GetString(5),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)));

    public static ReplicaMark Mark(SqliteDataReader row) => new()
    {
        Organization = IdText.Parse<OrganizationId>(row.GetString(0)),
        User = IdText.Parse<UserId>(row.GetString(1)),
        Replica = IdText.Parse<ReplicaId>(row.GetString(2)),
        NextN = row.GetInt64(3),
        Base = row.GetInt64(4),
        History = row.IsDBNull(5) ? null : row.GetString(5),
        Clock = new HybridClock(Stamped(row.GetString(6)), Stamped(row.GetString(7))),
        ClockOffset = row.GetInt64(8),
        Digest = unchecked((ulong)row.GetInt64(9)),
        Former = JsonSerializer.Deserialize(row.GetString(10), ClientJson.Default.CausalClock)!.Replicas,
        ResyncedAt = row.GetInt64(11),
        Quarantined = row.GetInt64(12) != 0,
        SyncedAt = row.GetInt64(13),
    };

    private static Stamp Stamped(string text) => Stamp.TryParse(text, out var stamp) ? stamp : default;

    private static TextEdit Edit(string json)
    {
        using var document = JsonDocument.Parse(json);
        return TextEdit.TryRead(document.RootElement, out var edit, out var error) ? edit : throw new InvalidDataException(error);
    }
}
