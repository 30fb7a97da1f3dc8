using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>Source-generated JSON of the wire: camelCase, absent instead of null, times with milliseconds.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WireTimeJsonConverter)])]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(OrganizationId))]
[JsonSerializable(typeof(UserId))]
[JsonSerializable(typeof(ReplicaId))]
[JsonSerializable(typeof(TaskId))]
[JsonSerializable(typeof(ConflictId))]
[JsonSerializable(typeof(Role))]
[JsonSerializable(typeof(Stamp))]
[JsonSerializable(typeof(FieldValue))]
[JsonSerializable(typeof(Change))]
[JsonSerializable(typeof(ChangeSubject))]
[JsonSerializable(typeof(CanonicalChange))]
[JsonSerializable(typeof(TaskLine))]
[JsonSerializable(typeof(MemberLine))]
[JsonSerializable(typeof(DefinitionLine))]
[JsonSerializable(typeof(ConflictNote))]
[JsonSerializable(typeof(ChangeResult))]
[JsonSerializable(typeof(PushAnswer))]
[JsonSerializable(typeof(PullAnswer))]
[JsonSerializable(typeof(SnapshotHead))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(LogoutRequest))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(OrganizationInfo))]
[JsonSerializable(typeof(CreateOrganizationRequest))]
[JsonSerializable(typeof(RenameOrganizationRequest))]
[JsonSerializable(typeof(AddMemberRequest))]
[JsonSerializable(typeof(ChangeRoleRequest))]
[JsonSerializable(typeof(MemberInfo))]
[JsonSerializable(typeof(MemberList))]
[JsonSerializable(typeof(TicketRequest))]
[JsonSerializable(typeof(LiveTicket))]
public sealed partial class ContractsJson : JsonSerializerContext;

/// <summary>The wire's JSON without escapes for what is not ASCII: for JSON that never stands in HTML. Japanese text stays half as long.</summary>
public static class PlainJson
{
    /// <summary>As <see cref="ContractsJson"/>.</summary>
    public static ContractsJson Default { get; } =
        new(new JsonSerializerOptions(ContractsJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
