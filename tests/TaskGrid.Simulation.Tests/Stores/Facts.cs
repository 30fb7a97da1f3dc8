using System.Collections.Immutable;
using System.Text.Json;
using TaskGrid.Client;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Simulation.Tests.Stores;

/// <summary>Things for a store to hold. What is not named is as it is elsewhere, or new.</summary>
internal static class Facts
{
    public static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly UserId Ana = UserId.From(Guid.Parse("0190aaaa-0000-7000-8000-000000000001"));

    public static ReplicaMark AMark() => new()
    {
        Organization = OrganizationId.From(Guid.NewGuid()),
        User = Ana,
        Replica = ReplicaId.From(Guid.NewGuid()),
    };

    public static TaskLine ATask(long seq, string title = "Paint the fence", TaskId? id = null) => new()
    {
        Id = id ?? NewTask(),
        Seq = seq,
        Title = title,
        Registers = Ordinal.Empty<FieldValue>().SetItem(Fields.Status, FieldValue.Of("todo")),
        Labels = ["garden"],
        CreatedBy = Ana,
        CreatedAt = Noon,
        UpdatedAt = Noon,
    };

    public static LoadedTask Loaded(TaskLine line) =>
        new(line.Id, line.Seq, JsonSerializer.SerializeToUtf8Bytes(line, ContractsJson.Default.TaskLine), TaskDigest.Term(line));

    public static OutboxChange AChange(ReplicaMark mark, long n, ChangeBody? body = null, OutboxState state = OutboxState.Unsent) =>
        new(0, new Origin(mark.Replica, n), new Change(n, Stamp.At(Noon.AddMinutes(n)), mark.Sees, body ?? Typed(NewTask(), "x")), state, null, (body as ChangeBody.Text)?.Edit);

    public static ChangeBody.Text Typed(TaskId task, string text) => new(task, Fields.Title, TextEdit.InsertAt(0, text));

    public static DefinitionLine AProject(string name, DefinitionId? id = null) => new(
        "project", id ?? DefinitionId.From(Guid.NewGuid()), 1, Ordinal.Empty<FieldValue>().SetItem("name", FieldValue.Of(name)));

    public static ConflictNote AConflict(TaskId task, long seq, bool open, ConflictId? id = null) => new(
        id ?? ConflictId.From(Guid.NewGuid()), ConflictKinds.Register, task, Fields.Status, open, [AVersion(seq - 1), AVersion(seq)], ConflictRules.LaterStamp);

    public static CanonicalChange ACanonicalChange(long seq, TaskId task, ReplicaId replica) => new(
        seq, new Origin(replica, seq), Ana, Noon, Stamp.At(Noon), null, new CausalClock(seq - 1), Typed(task, $"edit {seq}"));

    public static TaskId NewTask() => TaskId.From(Guid.NewGuid());

    private static ConflictVersion AVersion(long seq) => new(
        seq, FieldValue.Of($"value {seq}"), Ana, ReplicaId.From(Guid.Parse("0190bbbb-0000-7000-8000-000000000001")), Stamp.At(Noon), Stamp.At(Noon), "set");
}
