using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.Grains;

namespace TaskGrid.Gateway.Sync;

/// <summary>Writes answers whose changes are already JSON text, as the log keeps them.</summary>
internal static class SyncAnswers
{
    public static void WriteTaken(Utf8JsonWriter json, PushOutcome.Taken taken)
    {
        json.WriteStartArray("results");
        foreach (var result in taken.Results) JsonSerializer.Serialize(json, result, ContractsJson.Default.ChangeResult);
        json.WriteEndArray();
        json.WriteNumber("head", taken.Head);
        json.WriteString("history", taken.History);
        json.WriteString("serverTime", WireTime.Format(taken.ServerTime));
    }

    public static void WritePage(Utf8JsonWriter json, PullPage page, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteNumber("from", page.From);
        json.WriteNumber("to", page.To);
        json.WriteNumber("head", page.Head);
        json.WriteBoolean("more", page.To < page.Head);
        WriteRaw(json, "changes", page.Changes);
        json.WriteNumber("taken", page.Taken);
        if (page.Digest is { } digest) json.WriteString("digest", digest);
        json.WriteString("history", page.History);
        json.WriteString("serverTime", WireTime.Format(now));
        json.WriteEndObject();
    }

    public static void WriteRaw(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteRawValue(text, skipInputValidation: true);
        json.WriteEndArray();
    }
}
