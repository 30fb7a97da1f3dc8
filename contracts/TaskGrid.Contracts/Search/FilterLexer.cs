using System.Text;

namespace TaskGrid.Contracts.Search;

/// <summary>What a piece of a filter is.</summary>
internal enum FilterTokenKind
{
    Word,
    String,
    Operator,
    Open,
    Close,
    Comma,
    End,
    Bad,
}

/// <summary>A piece of a filter.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A word, the content of a string, or the sign.</param>
/// <param name="Position">Where it begins, in code points.</param>
/// <param name="IsGlued">Nothing stands between it and the piece before it.</param>
internal sealed record FilterToken(FilterTokenKind Kind, string Text, int Position, bool IsGlued);

/// <summary>Cuts a filter into pieces [SE1].</summary>
internal sealed class FilterLexer(string filter)
{
    private const string Signs = "(),\"=!<>~";
    private int at;
    private int position;

    public FilterToken Next()
    {
        var start = at;
        while (at < filter.Length && filter[at] is ' ' or '\t' or '\r' or '\n') Advance();
        var glued = start == at && at > 0;
        if (at == filter.Length) return new(FilterTokenKind.End, "", position, glued);
        var begin = position;
        var (kind, text) = filter[at] switch
        {
            '(' => Sign(FilterTokenKind.Open, 1),
            ')' => Sign(FilterTokenKind.Close, 1),
            ',' => Sign(FilterTokenKind.Comma, 1),
            '"' => Quoted(),
            '=' or '~' => Sign(FilterTokenKind.Operator, 1),
            '<' or '>' => Sign(FilterTokenKind.Operator, IsEqualAt(at + 1) ? 2 : 1),
            '!' => IsEqualAt(at + 1) ? Sign(FilterTokenKind.Operator, 2) : Sign(FilterTokenKind.Bad, 1),
            _ => Word(),
        };
        return new(kind, text, begin, glued);
    }

    private bool IsEqualAt(int index) => index < filter.Length && filter[index] == '=';

    private (FilterTokenKind, string) Sign(FilterTokenKind kind, int length)
    {
        var text = filter.Substring(at, length);
        for (var i = 0; i < length; i++) Advance();
        return (kind, text);
    }

    private (FilterTokenKind, string) Word()
    {
        var start = at;
        while (at < filter.Length && filter[at] is not (' ' or '\t' or '\r' or '\n') && !Signs.Contains(filter[at])) Advance();
        return (FilterTokenKind.Word, filter[start..at]);
    }

    private (FilterTokenKind, string) Quoted()
    {
        var content = new StringBuilder();
        Advance();
        while (at < filter.Length)
        {
            var c = filter[at];
            Advance();
            if (c == '"') return (FilterTokenKind.String, content.ToString());
            if (c == '\\')
            {
                if (at == filter.Length || filter[at] is not ('"' or '\\')) break;
                c = filter[at];
                Advance();
            }
            content.Append(c);
        }
        return (FilterTokenKind.Bad, "");
    }

    // Positions count code points: the second half of a pair is none.
    private void Advance()
    {
        if (!char.IsLowSurrogate(filter[at])) position++;
        at++;
    }
}
