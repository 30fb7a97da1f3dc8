using System.Collections.Immutable;
using System.Text;

namespace TaskGrid.Contracts;

/// <summary>Gathers components into an edit in normal form: drops empty ones, joins neighbours of one kind, trims a last keep.</summary>
/// <remarks>Takes texts as spans, so that a long insert cut into many pieces is copied once. Not reusable while an edit grows in it.</remarks>
public sealed class TextEditBuilder
{
    private readonly ImmutableArray<TextComponent>.Builder _components = ImmutableArray.CreateBuilder<TextComponent>(4);
    private TextComponentKind _kind;
    private int _count;
    private string? _text;          // the growing insert while it is one whole piece
    private StringBuilder? _joined; // the growing insert once it has several pieces

    /// <summary>Appends a component.</summary>
    public TextEditBuilder Append(TextComponent component) => component.Kind switch
    {
        TextComponentKind.Keep => Keep(component.Count),
        TextComponentKind.Delete => Delete(component.Count),
        _ => InsertCounted(component.Text!, component.Count),
    };

    /// <summary>Appends a keep; nothing if <paramref name="count"/> is 0.</summary>
    public TextEditBuilder Keep(int count) => Step(TextComponentKind.Keep, count);

    /// <summary>Appends a delete; nothing if <paramref name="count"/> is 0.</summary>
    public TextEditBuilder Delete(int count) => Step(TextComponentKind.Delete, count);

    /// <summary>Appends an insert of clean text; nothing if it is empty.</summary>
    public TextEditBuilder Insert(string text) =>
        text.Length == 0 ? this : Append(TextComponent.Insert(text));

    /// <summary>Appends a piece of an insert that was checked before and has <paramref name="count"/> code points.</summary>
    public TextEditBuilder InsertPart(ReadOnlySpan<char> text, int count)
    {
        if (count == 0)
            return this;
        if (_count == 0 || _kind != TextComponentKind.Insert)
            return InsertCounted(text.ToString(), count);
        Joined().Append(text);
        _count += count;
        return this;
    }

    /// <summary>The edit in normal form. The builder is empty afterwards.</summary>
    public TextEdit ToEdit()
    {
        if (_kind != TextComponentKind.Keep)
            Flush();
        _count = 0;
        if (_components.Count == 0)
            return TextEdit.Empty;
        return new TextEdit(_components.DrainToImmutable());
    }

    private TextEditBuilder InsertCounted(string text, int count)
    {
        if (_count > 0 && _kind == TextComponentKind.Insert)
        {
            Joined().Append(text);
            _count += count;
            return this;
        }
        Flush();
        (_kind, _count, _text) = (TextComponentKind.Insert, count, text);
        return this;
    }

    private TextEditBuilder Step(TextComponentKind kind, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
            return this;
        if (_kind != kind)
            Flush();
        _kind = kind;
        _count = checked(_count + count);
        return this;
    }

    private StringBuilder Joined()
    {
        if (_text is null)
            return _joined!;
        _joined ??= new StringBuilder();
        _joined.Append(_text);
        _text = null;
        return _joined;
    }

    private void Flush()
    {
        if (_count == 0)
            return;
        _components.Add(_kind switch
        {
            TextComponentKind.Keep => TextComponent.Keep(_count),
            TextComponentKind.Delete => TextComponent.Delete(_count),
            _ => TextComponent.InsertCounted(_text ?? _joined!.ToString(), _count),
        });
        _count = 0;
        _text = null;
        _joined?.Clear();
    }
}
