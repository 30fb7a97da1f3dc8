using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Domain;

/// <summary>What the register of delete and restore holds.</summary>
public static class Lifecycle
{
    /// <summary>Written by a delete.</summary>
    public static readonly FieldValue Deleted = FieldValue.From(JsonElement.Parse("true"))!;

    /// <summary>Written by a restore.</summary>
    public static readonly FieldValue Standing = FieldValue.From(JsonElement.Parse("false"))!;
}
