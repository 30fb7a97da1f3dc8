using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrid.Contracts;

/// <summary>
/// An edit of a text: components over Unicode code points, in the normal form of the npm package <c>ot-text-unicode</c>
/// (nothing empty, no two neighbours of one kind, no keep at the end). What follows the last component stays as it is.
/// </summary>
[JsonConverter(typeof(TextEditConverter))]
public sealed class TextEdit : IEquatable<TextEdit>
{
    internal TextEdit(ImmutableArray<TextComponent> components)
    {
        Components = components;
        Start = components is [{ Kind: TextComponentKind.Keep } first, ..] ? first.Count : 0;
        foreach (TextComponent component in components)
        {
            if (component.Kind == TextComponentKind.Insert)
                Inserted += component.Count;
            else
                Reach = checked(Reach + component.Count);
            if (component.Kind == TextComponentKind.Delete)
                Deleted += component.Count;
        }
    }

    /// <summary>The edit that changes nothing.</summary>
    public static TextEdit Empty { get; } = new([]);

    /// <summary>The components, in normal form.</summary>
    public ImmutableArray<TextComponent> Components { get; }

    /// <summary>True if the edit changes nothing.</summary>
    public bool IsEmpty => Components.IsEmpty;

    /// <summary>How many code points it leaves alone before its first insert or delete.</summary>
    public int Start { get; }

    /// <summary>How many code points a text must at least have for this edit to apply to it.</summary>
    public int Reach { get; }

    /// <summary>How many code points it inserts.</summary>
    public int Inserted { get; }

    /// <summary>How many code points it deletes.</summary>
    public int Deleted { get; }

    /// <summary>The edit of these components, brought into normal form.</summary>
    public static TextEdit From(params ReadOnlySpan<TextComponent> components)
    {
        var builder = new TextEditBuilder();
        foreach (TextComponent component in components)
            builder.Append(component);
        return builder.ToEdit();
    }

    /// <summary>Inserts <paramref name="text"/> after <paramref name="position"/> code points.</summary>
    public static TextEdit InsertAt(int position, string text) => new TextEditBuilder().Keep(position).Insert(text).ToEdit();

    /// <summary>Deletes <paramref name="count"/> code points after <paramref name="position"/>.</summary>
    public static TextEdit DeleteAt(int position, int count) => new TextEditBuilder().Keep(position).Delete(count).ToEdit();

    /// <summary>Makes the first text the second by one replacement of what lies between their common start and end.</summary>
    public static TextEdit Between(string before, string after) => TextDifference.Of(before, after);

    /// <summary>
    /// Reads an edit as it stands on the wire. Refuses what is not in normal form, unclean text, and numbers that are not
    /// whole and positive; <paramref name="error"/> then says what is wrong, without quoting any of it.
    /// </summary>
    public static bool TryRead(JsonElement json, [NotNullWhen(true)] out TextEdit? edit, [NotNullWhen(false)] out string? error) =>
        TextEditReader.TryRead(json, out edit, out error);

    /// <summary>Writes the edit as it stands on the wire.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (TextComponent component in Components)
        {
            switch (component.Kind)
            {
                case TextComponentKind.Keep:
                    writer.WriteNumberValue(component.Count);
                    break;
                case TextComponentKind.Insert:
                    writer.WriteStringValue(component.Text);
                    break;
                default:
                    writer.WriteStartObject();
                    writer.WriteNumber("d"u8, component.Count);
                    writer.WriteEndObject();
                    break;
            }
        }
        writer.WriteEndArray();
    }

    /// <inheritdoc/>
    public bool Equals(TextEdit? other) => other is not null && Components.AsSpan().SequenceEqual(other.Components.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TextEdit);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (TextComponent component in Components)
            hash.Add(component);
        return hash.ToHashCode();
    }

    /// <summary>The shape of the edit without its content, so that it may stand in a log.</summary>
    public override string ToString() => $"TextEdit({Components.Length} components, +{Inserted} -{Deleted})";
}
