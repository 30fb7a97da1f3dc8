using System.Collections.Frozen;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;

namespace TaskGrid.EventStore.Marten.Json;

/// <summary>
/// The names under which events are stored. They are for ever: a class may be renamed, its name here may not, and what changes the
/// meaning of an event is another event with the next version.
/// </summary>
public static class EventNames
{
    /// <summary>Every type of event with its name, each exactly once.</summary>
    public static readonly FrozenDictionary<Type, string> ByType = new Dictionary<Type, string>
    {
        [typeof(TaskEvent.Created)] = "task.created.v1",
        [typeof(TaskEvent.FieldSet)] = "task.field-set.v1",
        [typeof(TaskEvent.TextEdited)] = "task.text-edited.v1",
        [typeof(TaskEvent.ValueAdded)] = "task.value-added.v1",
        [typeof(TaskEvent.ValueRemoved)] = "task.value-removed.v1",
        [typeof(TaskEvent.Commented)] = "task.commented.v1",
        [typeof(TaskEvent.CommentEdited)] = "task.comment-edited.v1",
        [typeof(TaskEvent.CommentDeleted)] = "task.comment-deleted.v1",
        [typeof(TaskEvent.Attached)] = "task.attached.v1",
        [typeof(TaskEvent.Detached)] = "task.detached.v1",
        [typeof(TaskEvent.Deleted)] = "task.deleted.v1",
        [typeof(TaskEvent.Restored)] = "task.restored.v1",
        [typeof(TaskEvent.TakenAlong)] = "task.taken-along.v1",
        [typeof(TaskEvent.WentToTop)] = "task.went-to-top.v1",
        [typeof(TaskEvent.CameBack)] = "task.came-back.v1",
        [typeof(TaskEvent.ConflictRecorded)] = "task.conflict-recorded.v1",
        [typeof(TaskEvent.ConflictResolved)] = "task.conflict-resolved.v1",
        [typeof(OrganizationEvent.Founded)] = "organization.founded.v1",
        [typeof(OrganizationEvent.Renamed)] = "organization.renamed.v1",
        [typeof(OrganizationEvent.Closed)] = "organization.closed.v1",
        [typeof(OrganizationEvent.MemberSet)] = "organization.member-set.v1",
        [typeof(OrganizationEvent.Defined)] = "organization.defined.v1",
        [typeof(OrganizationEvent.NumberVoided)] = "organization.number-voided.v1",
        [typeof(OrganizationEvent.UnknownDeleted)] = "organization.unknown-deleted.v1",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Type> ByName = ByType.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The type stored under a name.</summary>
    /// <exception cref="InvalidDataException">This version does not know the name: the log was written by a newer one.</exception>
    public static Type TypeOf(string name) =>
        ByName.TryGetValue(name, out var type) ? type : throw new InvalidDataException($"The log holds '{name}', which this version does not know.");
}
