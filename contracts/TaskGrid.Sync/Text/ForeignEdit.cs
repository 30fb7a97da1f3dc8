using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>
/// A foreign edit as it stands after what an author had seen and did. Most edits lie apart from each other and only shift: the shift
/// is kept as a number beside the edit, so that such a step makes no new edit.
/// </summary>
/// <param name="Seq">Its place in the log.</param>
/// <param name="Edit">The edit, before the shift.</param>
/// <param name="Shift">What its first place moves by.</param>
/// <param name="Removed">What it takes out of the text, if known.</param>
internal readonly record struct ForeignEdit(long Seq, TextEdit Edit, int Shift, string? Removed)
{
    public TextEdit Placed => Shifted(Edit, Shift);

    public static TextEdit Shifted(TextEdit edit, int shift)
    {
        if (shift == 0 || edit.IsEmpty)
            return edit;
        var builder = new TextEditBuilder().Keep(edit.Start + shift);
        ReadOnlySpan<TextComponent> components = edit.Components.AsSpan();
        foreach (TextComponent component in components[(edit.Start > 0 ? 1 : 0)..])
            builder.Append(component);
        return builder.ToEdit();
    }
}
