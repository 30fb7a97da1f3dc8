using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Client;

/// <summary>Reads a snapshot's lines as they come; nothing of it counts unless all of it came and its digest is right.</summary>
internal static class SnapshotReader
{
    private const int Batch = 256;

    public static async Task<Reply<Snapshot>> ReadAsync(Stream stream, IProgress<(long Done, long Total)>? progress, CancellationToken cancellationToken)
    {
        var lines = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 256 * 1024, leaveOpen: true));
        var collected = new Collected();
        var parsing = new List<Task<LoadedTask[]>>();
        var batch = new List<byte[]>(Batch);
        try
        {
            await foreach (var line in LinesAsync(lines, cancellationToken))
            {
                if (!collected.TakeOther(line)) batch.Add(line);
                if (batch.Count < Batch) continue;
                parsing.Add(ParseAsync(batch));
                batch = new List<byte[]>(Batch);
                progress?.Report(((parsing.Count) * Batch, collected.Head?.Count ?? 0));
            }
            parsing.Add(ParseAsync(batch));
            var tasks = (await Task.WhenAll(parsing)).SelectMany(part => part).ToList();
            progress?.Report((tasks.Count, tasks.Count));
            return collected.End(tasks);
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException)
        {
            return new Reply<Snapshot>.NotUnderstood(e.Message);
        }
        finally
        {
            await lines.CompleteAsync();
        }
    }

    /// <summary>Parsing and hashing dominate, so they run beside the reading.</summary>
    private static Task<LoadedTask[]> ParseAsync(List<byte[]> lines) => Task.Run(() => lines.Select(Parse).ToArray());

    private static LoadedTask Parse(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var line = document.RootElement;
        return new LoadedTask(IdText.Parse<TaskId>(line.GetProperty("id").GetString()!), line.GetProperty("seq").GetInt64(), json, TaskDigest.Term(line));
    }

    private static async IAsyncEnumerable<byte[]> LinesAsync(PipeReader reader, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                if (buffer.Slice(0, end) is { Length: > 0 } line) yield return line.ToArray();
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }
            if (read.IsCompleted)
            {
                if (buffer.Length > 0) yield return buffer.ToArray();
                yield break;
            }
            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>What is not a task.</summary>
    private sealed class Collected
    {
        private readonly List<DefinitionLine> definitions = [];
        private readonly List<MemberLine> members = [];

        public SnapshotHead? Head { get; private set; }

        public bool TakeOther(byte[] line)
        {
            if (Head is null)
            {
                Head = JsonSerializer.Deserialize(line, ContractsJson.Default.SnapshotHead)!;
                return true;
            }
            switch (KindOf(line))
            {
                case "task":
                    return false;
                case "member":
                    members.Add(JsonSerializer.Deserialize(line, ContractsJson.Default.MemberLine)!);
                    return true;
                case "project" or "label" or "view":
                    definitions.Add(JsonSerializer.Deserialize(line, ContractsJson.Default.DefinitionLine)!);
                    return true;
                default:
                    throw new JsonException("a line of a kind that this version does not know");
            }
        }

        public Reply<Snapshot> End(List<LoadedTask> tasks)
        {
            if (Head is null || tasks.Count != Head.Count) return new Reply<Snapshot>.Unreachable("the snapshot ended early");
            var sum = tasks.Aggregate(0UL, (sum, task) => unchecked(sum + task.Term));
            return TaskDigest.Format(sum) == Head.Digest
                ? new Reply<Snapshot>.Answered(new Snapshot(Head, definitions, members, tasks))
                : new Reply<Snapshot>.Unreachable("the snapshot's digest is not that of its tasks");
        }

        private static string? KindOf(byte[] line)
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isKind = reader.ValueTextEquals("kind"u8);
                reader.Read();
                if (isKind) return reader.GetString();
                reader.Skip();
            }
            return null;
        }
    }
}
