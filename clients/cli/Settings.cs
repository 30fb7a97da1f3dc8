using System.Text.Json.Serialization;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>What a data folder remembers beside its replicas.</summary>
/// <param name="Organization">The organization that commands are about.</param>
/// <param name="Organizations">Those that the server last named.</param>
internal sealed record Settings(OrganizationId? Organization = null, IReadOnlyList<KnownOrganization>? Organizations = null);

/// <summary>An organization as the server last named it.</summary>
/// <param name="Id">The organization.</param>
/// <param name="Name">Its name.</param>
/// <param name="Role">The user's role in it, the last one that was known.</param>
/// <param name="Lost">The server names it no more, but this device has a store of it: what the user did not send must stay within reach.</param>
internal sealed record KnownOrganization(OrganizationId Id, string Name, Role Role, bool Lost = false);

/// <summary>Source-generated JSON of the data folder's small files.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Settings))]
[JsonSerializable(typeof(List<string>))]
internal sealed partial class SettingsJson : JsonSerializerContext;
