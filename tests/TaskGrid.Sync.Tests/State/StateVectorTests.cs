using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

public sealed class StateVectorTests
{
    public static IEnumerable<TheoryDataRow<string>> Folds => VectorFile.Tests("fold.json");

    public static IEnumerable<TheoryDataRow<string>> Definitions => VectorFile.Tests("definitions.json");

    public static IEnumerable<TheoryDataRow<string>> Overlays => VectorFile.Tests("overlay.json");

    [Theory]
    [MemberData(nameof(Folds))]
    public void A_tasks_line_after_each_change_is_as_the_vectors_say(string name)
    {
        JsonElement vector = VectorFile.Case("fold.json", name);
        TaskLine? before = Line(vector, "before");
        CanonicalChange change = Change(vector.GetProperty("change"));
        TaskId task = IdText.Parse<TaskId>(vector.GetProperty("task").GetString()!);

        TaskLine? after = TaskFold.Apply(before, change, task);

        Assert.Equal(Json(vector, "after"), Json(after));
        if (Json(after) != Json(before))
            Assert.Contains(task, TaskFold.Touches(change));
    }

    [Fact(DisplayName = "[PL11] the vectors fold every op")]
    public void Every_op_is_folded() => Assert.Superset(
        new HashSet<string> { "create", "set", "text", "add", "remove", "comment", "editComment", "deleteComment", "attach", "detach", "delete", "restore", "resolve" },
        VectorFile.Cases("fold.json").Select(vector => vector.GetProperty("change").GetProperty("op").GetString()!).ToHashSet());

    [Theory]
    [MemberData(nameof(Definitions))]
    public void A_definitions_line_after_each_change_is_as_the_vectors_say(string name)
    {
        JsonElement vector = VectorFile.Case("definitions.json", name);
        DefinitionLine? before = vector.GetProperty("before").Deserialize(ContractsJson.Default.DefinitionLine);

        DefinitionLine? after = OrganizationFold.Apply(before, Change(vector.GetProperty("change")));

        Assert.Equal(Json(vector, "after"), CanonicalJson.From(JsonSerializer.Serialize(after!, ContractsJson.Default.DefinitionLine)));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void What_a_person_sees_is_as_the_vectors_say(string name)
    {
        JsonElement vector = VectorFile.Case("overlay.json", name);
        IEnumerable<PendingChange> pending = vector.GetProperty("pending").EnumerateArray().Select(Pending);

        Assert.Equal(Json(vector, "expect"), Json(Overlay.Apply(Line(vector, "confirmed"), pending)));
    }

    [Fact(DisplayName = "[DG1] terms and digests are as the vectors say")]
    public void Digests() => ForEach("digests.json", vector =>
    {
        List<TaskLine> lines = [.. vector.GetProperty("lines").EnumerateArray().Select(line => line.Deserialize(ContractsJson.Default.TaskLine)!)];

        Assert.Equal(vector.GetProperty("terms").EnumerateArray().Select(t => t.GetString()), lines.Select(line => TaskDigest.Format(TaskDigest.Term(line))));
        Assert.Equal(vector.GetProperty("digest").GetString(), TaskDigest.Format(TaskDigest.Sum(lines)));
    });

    [Fact(DisplayName = "[DG2] a digest follows its tasks without the others being read")]
    public void Follow()
    {
        JsonElement last = VectorFile.Cases("digests.json")[^1];
        List<TaskLine> lines = [.. last.GetProperty("lines").EnumerateArray().Select(line => line.Deserialize(ContractsJson.Default.TaskLine)!)];
        ulong sum = lines.Aggregate(0UL, (digest, line) => TaskDigest.Follow(digest, null, line));

        Assert.Equal(last.GetProperty("digest").GetString(), TaskDigest.Format(sum));
        Assert.Equal(TaskDigest.Sum([.. lines.Skip(1), lines[0] with { Title = "other" }]), TaskDigest.Follow(sum, lines[0], lines[0] with { Title = "other" }));
        Assert.Equal(0UL, lines.Aggregate(sum, (digest, line) => TaskDigest.Follow(digest, line, null)));
    }

    [Theory]
    [InlineData("0000000000000000", true)]
    [InlineData("ffffffffffffffff", true)]
    [InlineData("FFFFFFFFFFFFFFFF", false)]
    [InlineData("0", false)]
    [InlineData(" 00000000000000a", false)]
    [InlineData(null, false)]
    public void A_digest_is_read_in_its_one_form(string? text, bool read)
    {
        Assert.Equal(read, TaskDigest.TryParse(text, out ulong sum));
        if (read)
            Assert.Equal(text, TaskDigest.Format(sum));
    }

    [Fact(DisplayName = "[TL2] a change touches its task and those that its effect names, once each")]
    public void A_change_touches_its_task_and_those_that_its_effect_names_once_each()
    {
        CanonicalChange change = Change(VectorFile.Cases("fold.json").Single(v => v.Name() == "a move that brings the task back").GetProperty("change"));
        TaskId own = change.Body.TaskOf!.Value;
        var other = new TaskId(new Guid(7, 0, 0, new byte[8]));

        Assert.Equal([own], TaskFold.Touches(change));
        Assert.Equal([own, other], TaskFold.Touches(change with { Effect = change.Effect! with { Top = [other] } }));
    }

    [Fact(DisplayName = "[PL11] [SN3] a member comes, stays and goes")]
    public void A_member_comes_stays_and_goes()
    {
        CanonicalChange Member(Role? role) => new(1, null, default, default, default, null, null, new ChangeBody.Member(new UserId(new Guid(1, 0, 0, new byte[8])), "Ann", role));
        MemberLine? line = OrganizationFold.Apply((MemberLine?)null, Member(Role.Viewer));

        Assert.Equal(Role.Viewer, line!.Role);
        Assert.Equal(Role.Owner, OrganizationFold.Apply(line, Member(Role.Owner))!.Role);
        Assert.Null(OrganizationFold.Apply(line, Member(null)));
        Assert.Same(line, OrganizationFold.Apply(line, new(1, null, default, default, default, null, null, new ChangeBody.Void())));
    }

    private static void ForEach(string file, Action<JsonElement> check)
    {
        foreach (JsonElement vector in VectorFile.Cases(file))
        {
            Exception? failure = Record.Exception(() => check(vector));
            Assert.True(failure is null, $"{vector.Name()}: {failure}");
        }
    }

    /// <summary>Reads a canonical change, and sees that writing it gives the same, so that vectors and readers cannot drift apart.</summary>
    private static CanonicalChange Change(JsonElement json)
    {
        CanonicalChange change = json.Deserialize(ContractsJson.Default.CanonicalChange)!;
        CanonicalChange again = JsonSerializer.Deserialize(JsonSerializer.Serialize(change, ContractsJson.Default.CanonicalChange), ContractsJson.Default.CanonicalChange)!;
        Assert.Equal(change.Body.Op, again.Body.Op);
        Assert.Equal(change.Conflict?.Id, again.Conflict?.Id);
        return change;
    }

    private static PendingChange Pending(JsonElement json)
    {
        Change change = json.GetProperty("change").Deserialize(ContractsJson.Default.Change)!;
        var pending = new PendingChange(
            new(IdText.Parse<ReplicaId>(json.GetProperty("replica").GetString()!), change.N), IdText.Parse<UserId>(json.GetProperty("user").GetString()!), change);
        return json.TryGetProperty("guess", out JsonElement guess)
            ? pending with { Guess = new Effect { Deleted = [.. guess.GetProperty("deleted").EnumerateArray().Select(id => IdText.Parse<TaskId>(id.GetString()!))] } }
            : pending;
    }

    private static TaskLine? Line(JsonElement vector, string name) => vector.GetProperty(name).Deserialize(ContractsJson.Default.TaskLine);

    private static string Json(JsonElement vector, string name) => CanonicalJson.From(vector.GetProperty(name));

    private static string Json(TaskLine? line) => line is null ? "null" : CanonicalJson.From(JsonSerializer.Serialize(line, ContractsJson.Default.TaskLine));
}
