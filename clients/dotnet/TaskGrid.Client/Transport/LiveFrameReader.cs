using System.Collections.Immutable;
using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>Reads the frames of a live connection.</summary>
internal static class LiveFrameReader
{
    private const int UpgradeNeeded = 4426;

    public static LiveFrame Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Something that this version cannot read: the pull that follows says what.
            return new LiveFrame.Closed(UpgradeNeeded);
        }
    }

    private static LiveFrame Read(JsonElement root) => root.GetProperty("type").GetString() switch
    {
        "welcome" => new LiveFrame.Welcome(root.GetProperty("head").GetInt64(), root.GetProperty("history").GetString() ?? ""),
        "changes" => new LiveFrame.Changes(root.GetProperty("from").GetInt64(), root.GetProperty("to").GetInt64(),
            [.. root.GetProperty("changes").EnumerateArray().Select(CanonicalReader.Read)]),
        "problem" => new LiveFrame.Problem(root.GetProperty("code").GetString() ?? ""),
        _ => new LiveFrame.Other(),
    };
}
