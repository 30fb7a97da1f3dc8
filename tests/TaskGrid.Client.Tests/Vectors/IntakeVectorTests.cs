using System.Collections.Immutable;
using System.Text.Json;
using TaskGrid.Client.Sqlite;
using TaskGrid.Contracts;
using TaskGrid.Sync.Tests;

namespace TaskGrid.Client.Tests.Vectors;

/// <summary>What a client holds after each answer or frame, asked of the engine's own intake on its own store.</summary>
public sealed class IntakeVectorTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly string folder = Directory.CreateTempSubdirectory("tg-intake-").FullName;

    public static IEnumerable<TheoryDataRow<string>> Vectors => VectorFile.Tests("intake.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Vectors))]
    public void What_is_held_after_each_answer_is_as_the_vectors_say(string name)
    {
        var vector = VectorFile.Case("intake.json", name);
        using var store = Open(vector);
        var raw = store.Read(reading => reading.Pending()).ToDictionary(row => row.Origin.N, row => row.Raw);
        foreach (var step in vector.GetProperty("steps").EnumerateArray())
        {
            var taken = Take(store, step);
            var expect = step.GetProperty("expect");
            Assert.Equal(expect.TryGetProperty("stops", out _) ? Intake.Stopped : expect.TryGetProperty("pull", out _) ? Intake.Pull : Intake.Taken, taken);
            Check(store, vector.GetProperty("tasks")[0].GetProperty("id").GetString()!, expect, raw);
        }
    }

    private enum Intake
    {
        Taken,
        Pull,
        Stopped,
    }

    private SqliteReplicaStore Open(JsonElement vector)
    {
        var store = SqliteReplicaStore.Open(Path.Combine(folder, "replica.db"), () => new ReplicaMark
        {
            Organization = OrganizationId.From(Guid.CreateVersion7()),
            User = IdText.Parse<UserId>(vector.GetProperty("user").GetString()!),
            Replica = IdText.Parse<ReplicaId>(vector.GetProperty("replica").GetString()!),
            Base = vector.GetProperty("base").GetInt64(),
            History = "h",
            NextN = vector.GetProperty("outbox").GetArrayLength() + 1,
        });
        store.Write(writing =>
        {
            foreach (var line in vector.GetProperty("tasks").EnumerateArray()) writing.Put(line.Deserialize(ContractsJson.Default.TaskLine)!);
            foreach (var row in vector.GetProperty("outbox").EnumerateArray()) writing.Append(RowOf(row, writing.Mark.Replica));
            return true;
        });
        return store;
    }

    private static OutboxChange RowOf(JsonElement row, ReplicaId replica)
    {
        var change = row.GetProperty("change").Deserialize(ContractsJson.Default.Change)!;
        return new OutboxChange(0, new Origin(replica, change.N), change, row.GetProperty("sent").GetBoolean() ? OutboxState.Sent : OutboxState.Unsent,
            null, (change.Body as ChangeBody.Text)?.Edit);
    }

    private static Intake Take(SqliteReplicaStore store, JsonElement step)
    {
        try
        {
            return store.Write(writing => Take(writing, step)) ? Intake.Taken : Intake.Pull;
        }
        catch (JsonException)
        {
            return Intake.Stopped;
        }
    }

    private static bool Take(IReplicaWriting writing, JsonElement step)
    {
        if (step.TryGetProperty("results", out var results))
        {
            ResultIntake.Take(writing, writing.Mark.Replica, [.. results.EnumerateArray().Select(result => result.Deserialize(ContractsJson.Default.ChangeResult)!)], Now, Now);
            return true;
        }
        if (step.TryGetProperty("changes", out var page)) return LogIntake.Take(writing, Number(page, "from"), Number(page, "to"), ChangesOf(page));
        var states = step.GetProperty("states");
        var answer = new PullAnswer(Number(states, "from"), Number(states, "to"), Number(states, "to"), false, ChangesOf(states), Number(states, "taken"), null, "h", Now);
        return WholeStates.Take(writing, answer, [.. states.GetProperty("states").EnumerateArray().Select(line => line.Deserialize(ContractsJson.Default.TaskLine)!)], new MissedEdits());
    }

    private static void Check(SqliteReplicaStore store, string task, JsonElement expect, Dictionary<long, string?> raw)
    {
        var (mark, pending, rejected) = store.Read(reading => (reading.Mark, reading.Pending(), reading.Rejected()));
        Assert.Equal(Number(expect, "base"), mark.Base);
        Assert.Equal(Canonical(expect.GetProperty("pending")), Canonical(pending.Select(Pending)));
        Assert.Equal(Canonical(expect.GetProperty("rejected")), Canonical(rejected.Select(change => $$"""{"code":"{{change.Code}}","n":{{change.Origin.N}}}""")));
        // What was in a request never alters a byte.
        Assert.All(pending.Where(row => row.State != OutboxState.Unsent), row => Assert.Equal(raw[row.Origin.N], row.Raw));
        Shown(store, expect.TryGetProperty("task", out var other) ? other.GetString()! : task, expect.GetProperty("shown"));
    }

    private static void Shown(SqliteReplicaStore store, string task, JsonElement members)
    {
        var line = store.Read(reading => ReplicaView.Task(reading, IdText.Parse<TaskId>(task)))!;
        using var shown = JsonSerializer.SerializeToDocument(line, ContractsJson.Default.TaskLine);
        foreach (var member in members.EnumerateObject())
            Assert.Equal($"{member.Name}: {CanonicalJson.From(member.Value)}", $"{member.Name}: {CanonicalJson.From(shown.RootElement.GetProperty(member.Name))}");
    }

    private static string Pending(OutboxChange row) => row.Shown is { } edit
        ? $$"""{"edit":{{JsonSerializer.Serialize(edit)}},"n":{{row.Origin.N}}}"""
        : $$"""{"n":{{row.Origin.N}}}""";

    private static string Canonical(JsonElement list) => CanonicalJson.From(list);

    private static string Canonical(IEnumerable<string> list) => CanonicalJson.From($"[{string.Join(',', list)}]");

    private static ImmutableArray<CanonicalChange> ChangesOf(JsonElement page) =>
        [.. page.GetProperty("changes").EnumerateArray().Select(change => change.Deserialize(ContractsJson.Default.CanonicalChange)!)];

    private static long Number(JsonElement json, string name) => json.GetProperty(name).GetInt64();
}
