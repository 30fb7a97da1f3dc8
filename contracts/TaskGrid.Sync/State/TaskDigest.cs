using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>
/// The digest of an organization's tasks: the sum of one term for each task, so that it follows a change by subtracting the task's old
/// term and adding its new one. Sums wrap around.
/// </summary>
public static class TaskDigest
{
    /// <summary>The term of a task: the first 8 bytes, big endian, of SHA-256 of its line's canonical form.</summary>
    public static ulong Term(TaskLine line)
    {
        using JsonDocument document = JsonSerializer.SerializeToDocument(line, ContractsJson.Default.TaskLine);
        return Term(document.RootElement);
    }

    /// <summary>The term of a task whose line is at hand as JSON.</summary>
    public static ulong Term(JsonElement line)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.From(line)), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>The digest of these tasks.</summary>
    public static ulong Sum(IEnumerable<TaskLine> lines) => lines.Aggregate(0UL, (sum, line) => unchecked(sum + Term(line)));

    /// <summary>The sum once a task's line has changed; null is a task that is not there.</summary>
    public static ulong Follow(ulong sum, TaskLine? before, TaskLine? after) =>
        unchecked(sum - (before is null ? 0 : Term(before)) + (after is null ? 0 : Term(after)));

    /// <summary>The sum as the wire shows it: 16 lower-case hex digits.</summary>
    public static string Format(ulong sum) => sum.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Reads the form of the wire.</summary>
    public static bool TryParse(string? text, out ulong sum)
    {
        sum = 0;
        return text is { Length: 16 } && !text.AsSpan().ContainsAnyInRange('A', 'F')
            && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out sum);
    }
}
