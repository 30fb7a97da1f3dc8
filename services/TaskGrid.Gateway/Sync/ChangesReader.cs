using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Gateway.Problems;
using TaskGrid.Grains;

namespace TaskGrid.Gateway.Sync;

/// <summary>
/// Reads the changes of a push. A change that is wrong in itself goes on, with its number and the reason, to be rejected in its place:
/// one bad change never blocks the queue. Only numbers that cannot be read or do not ascend refuse the push.
/// </summary>
internal static class ChangesReader
{
    /// <summary>How many changes one push may have.</summary>
    public const int MostChanges = 1000;

    public static Reading<ImmutableArray<SentChange>> Read(JsonElement changes)
    {
        if (changes.ValueKind != JsonValueKind.Array) return Refused(Refusals.InvalidMember("changes", "must be an array"));
        if (changes.GetArrayLength() > MostChanges) return Refused(Refusals.TooLarge($"A push has at most {MostChanges} changes."));
        var read = ImmutableArray.CreateBuilder<SentChange>(changes.GetArrayLength());
        foreach (var element in changes.EnumerateArray())
        {
            var reading = Read(element, read.Count);
            if (reading is Reading<SentChange>.Refused refused) return Refused(refused.Problem);
            var change = ((Reading<SentChange>.Read)reading).Value;
            if (read.Count > 0 && change.N <= read[^1].N) return Refused(Refusals.InvalidMember("changes", $"change {read.Count}: 'n' must ascend"));
            read.Add(change);
        }
        return new Reading<ImmutableArray<SentChange>>.Read(read.MoveToImmutable());
    }

    private static Reading<SentChange> Read(JsonElement element, int index)
    {
        var reading = ChangeReader.Read(element);
        return reading switch
        {
            ChangeReading.Read read => new Reading<SentChange>.Read(new SentChange(read.Change.N, HashOf(element), read.Change, null)),
            ChangeReading.Invalid invalid => new Reading<SentChange>.Read(new SentChange(invalid.N, HashOf(element), null, invalid.Detail, invalid.Subject)),
            ChangeReading.Malformed malformed => new Reading<SentChange>.Refused(Refusals.InvalidMember("changes", $"change {index}: {malformed.Detail}")),
            _ => throw new UnreachableException(reading.GetType().Name),
        };
    }

    // What has no canonical form is told apart by its bytes: sent again it is the same ones.
    private static ImmutableArray<byte> HashOf(JsonElement element) =>
        CanonicalJson.TryFrom(element, out var canonical, out _)
            ? [.. SHA256.HashData(Encoding.UTF8.GetBytes(canonical))]
            : [.. SHA256.HashData(JsonMarshal.GetRawUtf8Value(element))];

    private static Reading<ImmutableArray<SentChange>> Refused(Problem problem) => new Reading<ImmutableArray<SentChange>>.Refused(problem);
}
