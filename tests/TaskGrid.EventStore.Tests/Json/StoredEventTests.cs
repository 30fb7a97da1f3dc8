using System.Collections.Immutable;
using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Domain;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.EventStore.Marten.Json;

namespace TaskGrid.EventStore.Tests.Json;

/// <summary>
/// What is stored must be readable for ever. Each kind of event has a file as it was first written; a change that reads or writes one
/// otherwise needs another version of the event, not another file.
/// </summary>
public sealed class StoredEventTests
{
    private static readonly UserId User = new(Guid.Parse("0199a6a0-0000-7000-8000-000000000901"));
    private static readonly ReplicaId Replica = new(Guid.Parse("0199a6a0-0000-7000-8000-000000000501"));
    private static readonly TaskId Task = new(Guid.Parse("0199a6a0-0000-7000-8000-000000000001"));
    private static readonly TaskId Other = new(Guid.Parse("0199a6a0-0000-7000-8000-000000000002"));
    private static readonly CommentId Comment = new(Guid.Parse("0199a6a0-0000-7000-8000-000000000201"));
    private static readonly AttachmentId Attachment = new(Guid.Parse("0199a6a0-0000-7000-8000-000000000301"));
    private static readonly ConflictId Conflict = new(Guid.Parse("0199a6a0-0000-7000-8000-000000000401"));
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, 123, TimeSpan.Zero);

    private static readonly EventMeta Meta = new(7, new Origin(Replica, 3), User, Noon, new Stamp(Noon.ToUnixTimeMilliseconds(), 4), Stamp.At(Noon),
        new CausalClock(5, ImmutableSortedDictionary<ReplicaId, long>.Empty.Add(Replica, 2)));

    private static readonly EventMeta ByServer = new(7, null, User, Noon, Stamp.At(Noon), Stamp.At(Noon), null);

    private static readonly ConflictNote Note = new(Conflict, ConflictKinds.Reassigned, Task, Fields.Assignee, true,
        [new ConflictVersion(6, FieldValue.Of("a"), User, Replica, Stamp.At(Noon), Stamp.At(Noon), "set"), new ConflictVersion(7, null, User, Replica, Stamp.At(Noon), Stamp.At(Noon), "set")],
        ConflictRules.LaterStamp, new ConflictResolution(8, User, 6, null, Noon));

    private static readonly object[] Events =
    [
        new TaskEvent.Created(Meta, Task, new TaskValues("Paint", "緑\n\"it\"", Ordinal.Empty<FieldValue>().Add("custom.größe", Json("{\"b\":1e21,\"a\":[null,true]}")).Add(Fields.Status, FieldValue.Of("todo")), ["bug"], [User.ToString()]), true),
        new TaskEvent.FieldSet(Meta, Task, Fields.Parent, FieldValue.Of(Other.ToString()), true, false, false, [Other]),
        new TaskEvent.TextEdited(Meta, Task, Fields.Title, TextEdit.InsertAt(2, "😀"), TextEdit.DeleteAt(1, 3), "ain"),
        new TaskEvent.ValueAdded(Meta, Task, Fields.Labels, "bug"),
        new TaskEvent.ValueRemoved(Meta, Task, Fields.Labels, "bug", false),
        new TaskEvent.Commented(Meta, Task, Comment, "Green?", new CommentId(Other.Value)),
        new TaskEvent.CommentEdited(Meta, Task, Comment, "Blue.", true),
        new TaskEvent.CommentDeleted(Meta, Task, Comment, true),
        new TaskEvent.Attached(Meta, Task, new ChangeBody.Attach(Task, Attachment, 12, new string('a', 64), 2, "c2VhbGVk")),
        new TaskEvent.Detached(Meta, Task, Attachment, true),
        new TaskEvent.Deleted(Meta, Task, true, [Other], [Task]),
        new TaskEvent.Restored(Meta, Task, true, [Other], true),
        new TaskEvent.TakenAlong(Meta, Task, Other),
        new TaskEvent.WentToTop(Meta, Task, Other),
        new TaskEvent.CameBack(Meta, Task, Other),
        new TaskEvent.ConflictRecorded(Meta, Task, Note),
        new TaskEvent.ConflictResolved(Meta, Task, new ChangeBody.Resolve(Conflict, 6, null), Note, new ResolveEffect.Wrote(FieldValue.Of("a")), new ResolveWrite(Fields.Assignee, FieldValue.Of("a"))),
        new OrganizationEvent.Founded(ByServer, "Fences Ltd"),
        new OrganizationEvent.Renamed(ByServer, "Fences & Sons"),
        new OrganizationEvent.Closed(ByServer),
        new OrganizationEvent.MemberSet(ByServer, User, "Ada", Role.Admin),
        new OrganizationEvent.Defined(Meta, new ChangeBody.Define("label", new DefinitionId(Other.Value), Ordinal.Empty<FieldValue?>().Add("name", FieldValue.Of("Bug")).Add("color", null)), ["name"]),
        new OrganizationEvent.NumberVoided(Meta),
        new OrganizationEvent.UnknownDeleted(Meta, Task),
    ];

    public static TheoryData<string> Names => [.. EventNames.ByType.Values];

    [Fact]
    public void Every_kind_of_event_has_one_name_and_every_name_a_version()
    {
        var kinds = new[] { typeof(TaskEvent), typeof(OrganizationEvent) }.SelectMany(family => family.GetNestedTypes().Where(type => type.IsSubclassOf(family)));

        Assert.Equal(kinds.OrderBy(type => type.FullName), EventNames.ByType.Keys.OrderBy(type => type.FullName));
        Assert.Equal(EventNames.ByType.Count, EventNames.ByType.Values.Distinct().Count());
        Assert.All(EventNames.ByType.Values, name => Assert.Matches(@"\A(task|organization)\.[a-z-]+\.v[0-9]+\z", name));
        Assert.Equal(EventNames.ByType.Keys.OrderBy(type => type.FullName), Events.Select(e => e.GetType()).OrderBy(type => type.FullName));
        Assert.Throws<InvalidDataException>(() => EventNames.TypeOf("task.created.v99"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_event_is_written_as_its_file_says_and_read_from_it(string name)
    {
        var e = Events.Single(sample => EventNames.ByType[sample.GetType()] == name);
        var file = Golden(name);

        Assert.Equal(file, StoredJson.WriteEvent(e));
        Assert.Equal(file, StoredJson.WriteEvent(StoredJson.ReadEvent(name, file)));
        // jsonb keeps no order of members.
        Assert.Equal(file, StoredJson.WriteEvent(StoredJson.ReadEvent(name, Reversed(JsonDocument.Parse(file).RootElement))));
    }

    [Fact]
    public void Every_effect_of_a_resolve_comes_back_as_what_it_was()
    {
        ResolveEffect[] effects =
        [
            new ResolveEffect.None(), new ResolveEffect.Wrote(null), new ResolveEffect.Edited(TextEdit.InsertAt(0, "x"), "y"),
            new ResolveEffect.Deleted([Other], []), new ResolveEffect.Restored([Other], true),
        ];
        foreach (var effect in effects)
        {
            var e = new TaskEvent.ConflictResolved(Meta, Task, new ChangeBody.Resolve(Conflict, null, null), Note, effect, new ResolveWrite(null, null));
            var read = Assert.IsType<TaskEvent.ConflictResolved>(StoredJson.ReadEvent("task.conflict-resolved.v1", Reversed(JsonDocument.Parse(StoredJson.WriteEvent(e)).RootElement)));
            Assert.Equal(effect.GetType(), read.Effect.GetType());
            Assert.Equal(StoredJson.WriteEvent(e), StoredJson.WriteEvent(read));
        }
    }

    private static FieldValue Json(string json) => FieldValue.From(JsonDocument.Parse(json).RootElement)!;

    private static string Golden(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Json", "golden", $"{name}.json")).TrimEnd('\n');

    private static string Reversed(JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? $"{{{string.Join(',', element.EnumerateObject().Reverse().Select(member => $"{JsonSerializer.Serialize(member.Name)}:{Reversed(member.Value)}"))}}}"
        : element.GetRawText();
}
