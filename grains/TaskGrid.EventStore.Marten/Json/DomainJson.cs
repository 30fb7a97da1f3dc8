using System.Text.Json.Serialization;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.Sync;

namespace TaskGrid.EventStore.Marten.Json;

/// <summary>Source-generated JSON of what is stored. Use it through <see cref="StoredJson"/>, which knows the closed families.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true,
    Converters =
    [
        typeof(WireTimeJsonConverter),
        typeof(OrdinalDictionaryConverter<FieldValue>),
        typeof(OrdinalDictionaryConverter<Register>),
        typeof(OrdinalDictionaryConverter<ObservedSet>),
    ])]
[JsonSerializable(typeof(TaskEvent.Created))]
[JsonSerializable(typeof(TaskEvent.FieldSet))]
[JsonSerializable(typeof(TaskEvent.TextEdited))]
[JsonSerializable(typeof(TaskEvent.ValueAdded))]
[JsonSerializable(typeof(TaskEvent.ValueRemoved))]
[JsonSerializable(typeof(TaskEvent.Commented))]
[JsonSerializable(typeof(TaskEvent.CommentEdited))]
[JsonSerializable(typeof(TaskEvent.CommentDeleted))]
[JsonSerializable(typeof(TaskEvent.Attached))]
[JsonSerializable(typeof(TaskEvent.Detached))]
[JsonSerializable(typeof(TaskEvent.Deleted))]
[JsonSerializable(typeof(TaskEvent.Restored))]
[JsonSerializable(typeof(TaskEvent.TakenAlong))]
[JsonSerializable(typeof(TaskEvent.WentToTop))]
[JsonSerializable(typeof(TaskEvent.CameBack))]
[JsonSerializable(typeof(TaskEvent.ConflictRecorded))]
[JsonSerializable(typeof(TaskEvent.ConflictResolved))]
[JsonSerializable(typeof(ResolveEffect.None), TypeInfoPropertyName = "ResolveEffectNone")]
[JsonSerializable(typeof(ResolveEffect.Wrote), TypeInfoPropertyName = "ResolveEffectWrote")]
[JsonSerializable(typeof(ResolveEffect.Edited), TypeInfoPropertyName = "ResolveEffectEdited")]
[JsonSerializable(typeof(ResolveEffect.Deleted), TypeInfoPropertyName = "ResolveEffectDeleted")]
[JsonSerializable(typeof(ResolveEffect.Restored), TypeInfoPropertyName = "ResolveEffectRestored")]
[JsonSerializable(typeof(OrganizationEvent.Founded))]
[JsonSerializable(typeof(OrganizationEvent.Renamed))]
[JsonSerializable(typeof(OrganizationEvent.Closed))]
[JsonSerializable(typeof(OrganizationEvent.MemberSet))]
[JsonSerializable(typeof(OrganizationEvent.Defined))]
[JsonSerializable(typeof(OrganizationEvent.NumberVoided))]
[JsonSerializable(typeof(OrganizationEvent.UnknownDeleted))]
[JsonSerializable(typeof(TaskLine))]
[JsonSerializable(typeof(TaskMerge))]
[JsonSerializable(typeof(TreePlace))]
[JsonSerializable(typeof(OrganizationCore))]
[JsonSerializable(typeof(ConflictNote))]
[JsonSerializable(typeof(ChangeResult))]
[JsonSerializable(typeof(FieldValue))]
[JsonSerializable(typeof(Register))]
[JsonSerializable(typeof(ObservedSet))]
[JsonSerializable(typeof(MemberLine))]
[JsonSerializable(typeof(DefinitionLine))]
[JsonSerializable(typeof(SnapshotHead))]
internal sealed partial class DomainJson : JsonSerializerContext;

/// <summary>A task's place as its snapshot row keeps it, beside what the row has as columns.</summary>
internal sealed record TreePlace(long CreatedSeq, Origin CreatedBy, Register Parent, Register Lifecycle, long? DeletedBy, Origin? DeletedFrom = null)
{
    public static TreePlace Of(TreeNode node) => new(node.CreatedSeq, node.CreatedBy, node.Parent, node.Lifecycle, node.DeletedBy, node.DeletedFrom);

    public TreeNode Of(TaskId task) => new(task, CreatedSeq, CreatedBy, Parent, Lifecycle, DeletedBy, DeletedFrom);
}
