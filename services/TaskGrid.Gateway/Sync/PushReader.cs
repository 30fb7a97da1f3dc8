using System.Collections.Immutable;
using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Gateway.Json;
using TaskGrid.Gateway.Problems;
using TaskGrid.Grains;

namespace TaskGrid.Gateway.Sync;

/// <summary>Reads the body of a push. Members that this version does not know are left alone there; within changes they never are.</summary>
internal static class PushReader
{
    /// <summary>How large a push may be.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    public const int Protocol = 1;

    public static Reading<PushRequest> Read(JsonElement body)
    {
        if (!SpeaksProtocol(body)) return Refused(Refusals.UpgradeNeeded());
        var members = new ObjectReader(body);
        var organization = members.Id<OrganizationId>("org");
        var replica = members.Id<ReplicaId>("replica");
        var history = members.OptionalText("history", 1, 128);
        var since = Since(body, members);
        if (!body.TryGetProperty("changes", out var changes)) members.Fail("changes", "is missing");
        if (members.Errors is { } errors) return Refused(Refusals.Invalid(errors, StatusCodes.Status400BadRequest));
        return ChangesReader.Read(changes) switch
        {
            Reading<ImmutableArray<SentChange>>.Read read => new Reading<PushRequest>.Read(new PushRequest(organization, replica, history, since, read.Value)),
            Reading<ImmutableArray<SentChange>>.Refused refused => Refused(refused.Problem),
            var other => throw new System.Diagnostics.UnreachableException(other.GetType().Name),
        };
    }

    public static bool SpeaksProtocol(JsonElement body) =>
        body.TryGetProperty("protocol", out var protocol) && protocol.ValueKind == JsonValueKind.Number
        && protocol.TryGetInt64(out var version) && version == Protocol;

    private static long? Since(JsonElement body, ObjectReader members)
    {
        if (!body.TryGetProperty("since", out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var since) && since >= 0) return since;
        members.Fail("since", "must be a whole number from 0 up");
        return null;
    }

    private static Reading<PushRequest> Refused(Problem problem) => new Reading<PushRequest>.Refused(problem);
}
