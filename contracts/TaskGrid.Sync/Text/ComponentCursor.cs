using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>Walks the components of an edit and hands them out whole or in parts. Past the end an edit keeps for ever.</summary>
internal ref struct ComponentCursor
{
    private readonly ReadOnlySpan<TextComponent> _components;
    private int _index;
    private int _taken;      // code points of the current component that were handed out
    private int _takenUnits; // the same in UTF-16 units, for an insert

    public ComponentCursor(TextEdit edit) => _components = edit.Components.AsSpan();

    public readonly bool AtEnd => _index == _components.Length;

    public readonly TextComponentKind Kind => _components[_index].Kind;

    /// <summary>Hands at most <paramref name="most"/> code points of the current component to <paramref name="target"/> and says how many.</summary>
    public int MoveTo(TextEditBuilder? target, int most)
    {
        TextComponent component = _components[_index];
        int count = Math.Min(most, component.Count - _taken);
        if (component.Kind == TextComponentKind.Insert)
            MoveInsert(target, component, count);
        else if (component.Kind == TextComponentKind.Delete)
            target?.Delete(count);
        else
            target?.Keep(count);
        Advance(component, count);
        return count;
    }

    /// <summary>Hands all that is left of the current component to <paramref name="target"/>.</summary>
    public void MoveTo(TextEditBuilder? target) => MoveTo(target, int.MaxValue);

    /// <summary>Hands everything that is left to <paramref name="target"/>.</summary>
    public void MoveRest(TextEditBuilder target)
    {
        while (!AtEnd)
            MoveTo(target);
    }

    /// <summary>Skips at most <paramref name="most"/> code points of the current keep or delete and says how many.</summary>
    public int Skip(int most)
    {
        TextComponent component = _components[_index];
        int count = Math.Min(most, component.Count - _taken);
        Advance(component, count);
        return count;
    }

    private void MoveInsert(TextEditBuilder? target, TextComponent component, int count)
    {
        if (_taken == 0 && count == component.Count)
        {
            target?.Append(component);
            return;
        }
        ReadOnlySpan<char> rest = component.Text.AsSpan(_takenUnits);
        int units = _taken + count == component.Count ? rest.Length : CodePoints.Utf16Length(rest, count);
        target?.InsertPart(rest[..units], count);
        _takenUnits += units;
    }

    private void Advance(TextComponent component, int count)
    {
        _taken += count;
        if (_taken < component.Count)
            return;
        _index++;
        _taken = 0;
        _takenUnits = 0;
    }
}
