using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>What is left of an edit where the text that it was made on is gone: what its author typed.</summary>
internal static class TextInserts
{
    /// <summary>The same inserts at the same places, as far as a text of this length has them; the others at its end. Nothing is deleted.</summary>
    public static TextEdit Only(TextEdit edit, int length)
    {
        var components = new List<TextComponent>();
        var left = length;
        foreach (var component in edit.Components)
        {
            if (component.Kind == TextComponentKind.Insert) components.Add(component);
            else if (Math.Min(component.Count, left) is > 0 and var kept)
            {
                components.Add(TextComponent.Keep(kept));
                left -= kept;
            }
        }
        return TextEdit.From([.. components]);
    }
}
