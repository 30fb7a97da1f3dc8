using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Gateway.Json;
using TaskGrid.Gateway.Sync;
using TaskGrid.Grains;

namespace TaskGrid.Gateway.Live;

/// <summary>Reads a client's frame.</summary>
internal static class LiveMessageReader
{
    private const int MostToken = 8 * 1024;
    private const int MostCursor = 512;
    private const int MostField = 256;

    public static LiveMessage Read(ReadOnlyMemory<byte> frame)
    {
        if (JsonBody.Parse(frame) is not JsonBodyOutcome.Read body) return new LiveMessage.Unfit(LiveClose.Bad("a frame is a JSON object"));
        using (body) return Read(body.Document.RootElement);
    }

    private static LiveMessage Read(JsonElement frame)
    {
        var members = new ObjectReader(frame);
        var type = members.Text("type", 1, 16);
        var message = type switch
        {
            "hello" => Hello(frame, members),
            "push" => Push(frame),
            "token" => new LiveMessage.Renewal(members.Text("token", 1, MostToken)),
            "presence" => Presence(frame, members),
            "ping" => new LiveMessage.Ping(),
            _ => new LiveMessage.Unfit(LiveClose.Bad("unknown type")),
        };
        return members.Errors is { } errors ? new LiveMessage.Unfit(LiveClose.Bad($"'{errors.Keys.First()}' {errors.Values.First()}")) : message;
    }

    private static LiveMessage Hello(JsonElement frame, ObjectReader members)
    {
        if (!PushReader.SpeaksProtocol(frame)) return new LiveMessage.Unfit(LiveClose.Update);
        var token = members.OptionalText("token", 1, MostToken);
        var ticket = members.OptionalText("ticket", 1, MostToken);
        if (token is null == ticket is null) members.Fail("token", "or 'ticket' must be there, and not both");
        return new LiveMessage.Hello(
            token, ticket, members.Id<OrganizationId>("org"), members.Id<ReplicaId>("replica"), Since(frame, members), members.OptionalText("history", 1, 128));
    }

    private static long Since(JsonElement frame, ObjectReader members)
    {
        if (frame.TryGetProperty("since", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var since) && since >= 0) return since;
        members.Fail("since", "must be a whole number from 0 up");
        return 0;
    }

    private static LiveMessage Push(JsonElement frame)
    {
        if (!frame.TryGetProperty("changes", out var changes)) return new LiveMessage.Unfit(LiveClose.Bad("'changes' is missing"));
        var reading = ChangesReader.Read(changes);
        return reading switch
        {
            Reading<ImmutableArray<SentChange>>.Read read => new LiveMessage.PushChanges(read.Value),
            Reading<ImmutableArray<SentChange>>.Refused refused => new LiveMessage.BadPush(refused.Problem),
            _ => throw new UnreachableException(reading.GetType().Name),
        };
    }

    private static LiveMessage Presence(JsonElement frame, ObjectReader members)
    {
        string? cursor = null;
        if (frame.TryGetProperty("cursor", out var value) && value.ValueKind != JsonValueKind.Null)
        {
            if (!CanonicalJson.TryFrom(value, out cursor, out _) || Encoding.UTF8.GetByteCount(cursor) > MostCursor)
                members.Fail("cursor", $"must be JSON of at most {MostCursor} bytes");
        }
        return new LiveMessage.Presence(members.OptionalId<TaskId>("task"), members.OptionalText("field", 1, MostField), cursor);
    }
}
