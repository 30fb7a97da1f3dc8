using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.Sync;
using TaskGrid.Sync.Tests;

namespace TaskGrid.Domain.Tests.Vectors;

/// <summary>The logs in the making, made by the pure parts of the server.</summary>
public sealed class LogVectorTests
{
    public static IEnumerable<TheoryDataRow<string>> Conflicts => VectorFile.Tests("conflicts.json");

    public static IEnumerable<TheoryDataRow<string>> Trees => VectorFile.Tests("trees.json");

    public static IEnumerable<TheoryDataRow<string>> Pushes => VectorFile.Tests("push.json");

    [Theory]
    [MemberData(nameof(Conflicts))]
    public void Conflicts_are_as_the_vectors_say(string name) => Run(VectorFile.Case("conflicts.json", name));

    [Theory]
    [MemberData(nameof(Trees))]
    public void Trees_and_deletes_are_as_the_vectors_say(string name) => Run(VectorFile.Case("trees.json", name));

    [Theory]
    [MemberData(nameof(Pushes))]
    public void Pushes_are_answered_as_the_vectors_say(string name) => Run(VectorFile.Case("push.json", name));

    private static void Run(JsonElement vector)
    {
        var members = vector.List("members").ToList();
        var log = new ReferenceLog(members[0].Id<UserId>("user")) { Organization = vector.Id<OrganizationId>("organization") };
        foreach (var member in members.Skip(1))
            log.Execute(new OrganizationCommand.SetMember(log.Owner, log.Now, member.Id<UserId>("user"), "", Roles.Parse(member.GetProperty("role").GetString())!.Value, false));
        var folded = new Dictionary<TaskId, TaskLine?>();
        foreach (var push in vector.List("pushes"))
        {
            log.Now = push.GetProperty("time").GetDateTimeOffset();
            var before = log.Feed.Count;
            var admission = log.TryPush(Received(push));
            if (push.TryGetProperty("problem", out var problem)) Refused(problem, admission);
            else Taken(push, log.Take(Assert.IsType<Admission.Admitted>(admission)), log.Feed.Skip(before).ToList());
            if (push.TryGetProperty("log", out var added)) Fold(folded, added);
        }
        // What a client makes of the log is what the server holds.
        foreach (var (task, state) in log.Tasks.Where(pair => pair.Value is TaskState.Present))
            Assert.Equal(Json(folded[task]!), Json(((TaskState.Present)state).Line));
    }

    private static void Taken(JsonElement push, IReadOnlyList<ChangeResult> results, IReadOnlyList<CanonicalChange> added)
    {
        Assert.Equal(push.List("log").Select(CanonicalJson.From), added.Select(LogVector.Canonical));
        Assert.Equal(push.List("results").Select(CanonicalJson.From), results.Select(LogVector.Canonical));
    }

    private static void Refused(JsonElement expected, Admission admission)
    {
        var problem = Assert.IsType<Admission.Refused>(admission).Problem;
        Assert.Equal((expected.GetProperty("status").GetInt32(), expected.GetProperty("code").GetString()), (problem.Status, problem.Code));
        Assert.Equal(Number(expected, "expected"), problem.Expected);
        Assert.Equal(Number(expected, "n"), problem.N);
    }

    private static void Fold(Dictionary<TaskId, TaskLine?> folded, JsonElement added)
    {
        foreach (var change in added.EnumerateArray().Select(json => json.Deserialize(ContractsJson.Default.CanonicalChange)!))
            foreach (var task in TaskFold.Touches(change))
                folded[task] = TaskFold.Apply(folded.GetValueOrDefault(task), change, task);
    }

    private static ReceivedPush Received(JsonElement push) => new(push.Id<UserId>("user"), push.Id<ReplicaId>("replica"),
        push.TryGetProperty("history", out var history) ? history.GetString() : null, [.. push.List("changes").Select(ReceivedOf)]);

    private static ReceivedChange ReceivedOf(JsonElement change) => ChangeReader.Read(change) switch
    {
        ChangeReading.Read read => new ReceivedChange(read.Change.N, [.. LogVector.HashOf(change)], read.Change, null),
        ChangeReading.Invalid invalid => new ReceivedChange(invalid.N, [.. LogVector.HashOf(change)], null, invalid.Detail, invalid.Subject),
        var other => throw new InvalidOperationException(other.ToString()),
    };

    private static long? Number(JsonElement json, string name) => json.TryGetProperty(name, out var number) ? number.GetInt64() : null;

    private static string Json(TaskLine line) => JsonSerializer.Serialize(line, ContractsJson.Default.TaskLine);
}
