using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>What a member may do; each role may all that those before it may.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    /// <summary>Reads.</summary>
    [JsonStringEnumMemberName("viewer")]
    Viewer = 1,

    /// <summary>Also changes tasks, comments and definitions.</summary>
    [JsonStringEnumMemberName("member")]
    Member = 2,

    /// <summary>Also members up to admin, and others' comments.</summary>
    [JsonStringEnumMemberName("admin")]
    Admin = 3,

    /// <summary>Everything.</summary>
    [JsonStringEnumMemberName("owner")]
    Owner = 4,
}

/// <summary>Roles as words.</summary>
public static class Roles
{
    /// <summary>The word on the wire.</summary>
    public static string Word(Role role) => role switch
    {
        Role.Viewer => "viewer",
        Role.Member => "member",
        Role.Admin => "admin",
        Role.Owner => "owner",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    /// <summary>The role of a word; null for an unknown one.</summary>
    public static Role? Parse(string? word) => word switch
    {
        "viewer" => Role.Viewer,
        "member" => Role.Member,
        "admin" => Role.Admin,
        "owner" => Role.Owner,
        _ => null,
    };
}
