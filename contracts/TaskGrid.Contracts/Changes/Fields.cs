namespace TaskGrid.Contracts;

/// <summary>How a field of a task merges.</summary>
public enum FieldKind
{
    /// <summary>No such field.</summary>
    None,

    /// <summary>Operational transformation.</summary>
    Text,

    /// <summary>Last writer wins by clock, then stamp.</summary>
    Register,

    /// <summary>Observed-remove set of strings.</summary>
    Set,
}

/// <summary>The fields of a task and their limits.</summary>
public static class Fields
{
    /// <summary>Text.</summary>
    public const string Title = "title";

    /// <summary>Text.</summary>
    public const string Description = "description";

    /// <summary>Register: todo, doing, done, cancelled, or any string of 1 to 64 characters.</summary>
    public const string Status = "status";

    /// <summary>Register: urgent, high, medium, low, or any string of 1 to 64 characters.</summary>
    public const string Priority = "priority";

    /// <summary>Register: a user id.</summary>
    public const string Assignee = "assignee";

    /// <summary>Register: YYYY-MM-DD or an RFC 3339 time.</summary>
    public const string DueDate = "dueDate";

    /// <summary>Register: a project id.</summary>
    public const string Project = "project";

    /// <summary>Register: a task id; the organization's tree decides over it.</summary>
    public const string Parent = "parent";

    /// <summary>Register: a fractional index in base 62, never a conflict.</summary>
    public const string Order = "order";

    /// <summary>Set of strings.</summary>
    public const string Labels = "labels";

    /// <summary>Set of strings.</summary>
    public const string Watchers = "watchers";

    /// <summary>What a custom field's name begins with.</summary>
    public const string CustomPrefix = "custom.";

    /// <summary>The kind of a field; <see cref="FieldKind.None"/> for an unknown name.</summary>
    public static FieldKind KindOf(string field) => field switch
    {
        Title or Description => FieldKind.Text,
        Labels or Watchers => FieldKind.Set,
        Status or Priority or Assignee or DueDate or Project or Parent or Order => FieldKind.Register,
        _ when IsCustom(field) => FieldKind.Register,
        _ => FieldKind.None,
    };

    /// <summary>A custom field: the prefix and 1 to 64 clean characters.</summary>
    public static bool IsCustom(string field) =>
        field.StartsWith(CustomPrefix, StringComparison.Ordinal)
        && field.Length - CustomPrefix.Length is >= 1 and <= 64
        && CanonicalJson.IsClean(field);
}

/// <summary>Limits of the protocol, in UTF-8 bytes unless said otherwise.</summary>
public static class Limits
{
    /// <summary>Of a title, on what the author saw plus the edit.</summary>
    public const int Title = 4 * 1024;

    /// <summary>Of a description, on what the author saw plus the edit.</summary>
    public const int Description = 1024 * 1024;

    /// <summary>Of a text after merging.</summary>
    public const int MergedText = 16 * 1024 * 1024;

    /// <summary>Of a comment.</summary>
    public const int Comment = 64 * 1024;

    /// <summary>Of a custom field's JSON.</summary>
    public const int Custom = 8 * 1024;

    /// <summary>Of a status, priority, label or watcher, in UTF-16 characters.</summary>
    public const int ShortText = 64;

    /// <summary>Of a definition's property, as a custom field.</summary>
    public const int Property = 8 * 1024;

    /// <summary>Changes of a push.</summary>
    public const int PushChanges = 1000;

    /// <summary>Of a push's body.</summary>
    public const int PushBytes = 4 * 1024 * 1024;

    /// <summary>Of a WebSocket frame.</summary>
    public const int FrameBytes = PushBytes;

    /// <summary>Changes of one page of a pull.</summary>
    public const int PullChanges = 5000;

    /// <summary>Seconds that a pull may wait.</summary>
    public const int PullWaitSeconds = 60;
}
