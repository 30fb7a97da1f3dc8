using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Gateway.Problems;

namespace TaskGrid.Gateway.Json;

/// <summary>Reads a request's body once, up to a hard limit, as one JSON object with each name once.</summary>
internal static class JsonBody
{
    /// <summary>Plenty for a form.</summary>
    public const int FormLimit = 64 * 1024;

    // A body that is too large is still taken off the wire up to here, so that its sender reads the answer and not a broken connection.
    private const long DrainLimit = 16 * 1024 * 1024;

    // Depth is a matter of single changes; at this one only a body that is nothing but brackets arrives.
    private static readonly JsonDocumentOptions Parsing = new() { MaxDepth = 1000 };

    public static async Task<JsonBodyOutcome> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        var bytes = await ReadBytesAsync(request.BodyReader, limit, cancellationToken);
        return bytes is null ? new JsonBodyOutcome.Refused(Refusals.TooLarge($"The body is over {limit} bytes.")) : Parse(bytes.Value);
    }

    public static JsonBodyOutcome Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var document = JsonDocument.Parse(bytes, Parsing);
            if (Fault(document.RootElement) is not { } fault) return new JsonBodyOutcome.Read(document);
            document.Dispose();
            return new JsonBodyOutcome.Refused(Refusals.Invalid(fault));
        }
        catch (JsonException broken)
        {
            // Where, but not what: messages of the parser quote the input.
            return new JsonBodyOutcome.Refused(Refusals.Invalid($"The body is not JSON (line {broken.LineNumber}, byte {broken.BytePositionInLine})."));
        }
    }

    private static string? Fault(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return "The body must be an object.";
        var names = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            foreach (var member in root.EnumerateObject())
            {
                if (!CanonicalJson.IsClean(member.Name)) return "A member's name has U+0000 or a lone surrogate.";
                if (!names.Add(member.Name)) return "A member stands twice.";
            }
        }
        catch (InvalidOperationException)
        {
            // The only sign that System.Text.Json gives of a name with a lone surrogate or bytes that are not UTF-8.
            return "A member's name is no Unicode text.";
        }
        return null;
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadBytesAsync(PipeReader reader, int limit, CancellationToken cancellationToken)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        long total = 0;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            total += result.Buffer.Length;
            if (total <= limit) foreach (var segment in result.Buffer) bytes.Write(segment.Span);
            reader.AdvanceTo(result.Buffer.End);
            if (total > DrainLimit || (result.IsCompleted && total > limit)) return null;
            if (result.IsCompleted) return bytes.WrittenMemory;
        }
    }
}

/// <summary>What became of reading a body.</summary>
internal abstract record JsonBodyOutcome
{
    private JsonBodyOutcome() { }

    /// <summary>An object. The reader disposes it.</summary>
    public sealed record Read(JsonDocument Document) : JsonBodyOutcome, IDisposable
    {
        public void Dispose() => Document.Dispose();
    }

    /// <summary>No object of the allowed size.</summary>
    public sealed record Refused(Problem Problem) : JsonBodyOutcome;
}
