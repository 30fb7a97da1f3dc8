using System.Collections.Immutable;

namespace TaskGrid.Contracts.Search;

/// <summary>Reads a filter by the grammar of SPEC part IV, one method a production. The first fault ends it.</summary>
internal sealed class FilterParser
{
    private const int MaxTerms = 100;
    private const int MaxValues = 100;
    private const int MaxDepth = 32;

    private readonly FilterLexer lexer;
    private FilterToken token;
    private int terms;
    private int depth;

    private FilterParser(string filter)
    {
        lexer = new FilterLexer(filter);
        token = lexer.Next();
    }

    /// <summary>The tree; null for a filter that asks for nothing.</summary>
    /// <exception cref="FilterFault">It does not fit the grammar.</exception>
    public static FilterNode? Parse(string filter)
    {
        var parser = new FilterParser(filter);
        if (parser.token.Kind == FilterTokenKind.End) return null;
        var node = parser.Or();
        return parser.token.Kind == FilterTokenKind.End ? node : throw parser.Fault("expected 'and', 'or' or the end");
    }

    private FilterNode Or() => Joined("or", And, nodes => new FilterNode.Or(nodes));

    private FilterNode And() => Joined("and", Not, nodes => new FilterNode.And(nodes));

    private FilterNode Joined(string keyword, Func<FilterNode> part, Func<ImmutableArray<FilterNode>, FilterNode> join)
    {
        var nodes = ImmutableArray.Create(part());
        while (TakeKeyword(keyword)) nodes = nodes.Add(part());
        return nodes.Length == 1 ? nodes[0] : join(nodes);
    }

    private FilterNode Not()
    {
        if (!IsKeyword("not")) return Primary();
        Deepen();
        Take();
        var node = new FilterNode.Not(Not());
        depth--;
        return node;
    }

    private FilterNode Primary()
    {
        if (token.Kind != FilterTokenKind.Open) return Term();
        Deepen();
        Take();
        var node = Or();
        Expect(FilterTokenKind.Close, "expected ')'");
        depth--;
        return node;
    }

    private void Deepen()
    {
        if (++depth > MaxDepth) throw Fault($"nested deeper than {MaxDepth}");
    }

    private FilterNode Term()
    {
        if (token.Kind != FilterTokenKind.Word) throw Fault("expected a field");
        if (++terms > MaxTerms) throw Fault($"more than {MaxTerms} terms");
        if (TakeKeyword("deleted")) return new FilterNode.Deleted();
        var field = Field();
        if (token.Kind == FilterTokenKind.Operator) return Comparison(field);
        if (IsKeyword("is")) return Emptiness(field);
        if (IsKeyword("in") || IsKeyword("not")) return Membership(field);
        throw Fault("expected an operator");
    }

    private FilterField Field()
    {
        var start = token;
        var name = start.Text;
        Take();
        if (name.EndsWith('.') && token is { Kind: FilterTokenKind.String, IsGlued: true })
        {
            name += token.Text;
            Take();
        }
        return (IsReserved(start.Text) ? null : FilterField.Parse(name)) ?? throw new FilterFault(start.Position, "no such field");
    }

    private FilterNode.Comparison Comparison(FilterField field)
    {
        var op = token.Text switch
        {
            "=" => FilterOperator.Equal,
            "!=" => FilterOperator.NotEqual,
            "<" => FilterOperator.Less,
            "<=" => FilterOperator.LessOrEqual,
            ">" => FilterOperator.Greater,
            ">=" => FilterOperator.GreaterOrEqual,
            _ => FilterOperator.Contains,
        };
        RequireOperator(field, op);
        Take();
        return new FilterNode.Comparison(field, op, Value(field));
    }

    private FilterNode Emptiness(FilterField field)
    {
        RequireOperator(field, FilterOperator.Equal);
        Take();
        var negated = TakeKeyword("not");
        if (!TakeKeyword("empty")) throw Fault("expected 'empty'");
        return Maybe(negated, new FilterNode.Empty(field));
    }

    private FilterNode Membership(FilterField field)
    {
        RequireOperator(field, FilterOperator.Equal);
        var negated = TakeKeyword("not");
        if (!TakeKeyword("in")) throw Fault("expected 'in'");
        Expect(FilterTokenKind.Open, "expected '('");
        var values = ImmutableArray.CreateBuilder<FilterValue>();
        do
        {
            if (values.Count == MaxValues) throw Fault($"more than {MaxValues} values");
            values.Add(Value(field));
        }
        while (TakeComma());
        Expect(FilterTokenKind.Close, "expected ',' or ')'");
        return Maybe(negated, new FilterNode.In(field, values.ToImmutable()));
    }

    private FilterValue Value(FilterField field)
    {
        if (token.Kind is not (FilterTokenKind.Word or FilterTokenKind.String) || (token.Kind == FilterTokenKind.Word && IsReserved(token.Text)))
            throw Fault("expected a value");
        var value = new FilterValue(token.Text, token.Kind == FilterTokenKind.Word);
        if (!field.Admits(value)) throw Fault($"'{field.Name}' cannot hold this value");
        Take();
        return value;
    }

    private void RequireOperator(FilterField field, FilterOperator op)
    {
        if (!field.Has(op)) throw Fault($"'{field.Name}' has no such operator");
    }

    private static FilterNode Maybe(bool negated, FilterNode node) => negated ? new FilterNode.Not(node) : node;

    private static bool IsReserved(string word) => word.ToLowerInvariant() is "and" or "or" or "not" or "in" or "is" or "empty";

    private bool IsKeyword(string keyword) =>
        token.Kind == FilterTokenKind.Word && token.Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    private bool TakeKeyword(string keyword)
    {
        if (!IsKeyword(keyword)) return false;
        Take();
        return true;
    }

    private bool TakeComma()
    {
        if (token.Kind != FilterTokenKind.Comma) return false;
        Take();
        return true;
    }

    private void Expect(FilterTokenKind kind, string otherwise)
    {
        if (token.Kind != kind) throw Fault(otherwise);
        Take();
    }

    private void Take() => token = lexer.Next();

    private FilterFault Fault(string detail) => new(token.Position, detail);
}

/// <summary>Unwinds the parser; <see cref="TaskFilter.Parse"/> makes a value of it.</summary>
internal sealed class FilterFault(int position, string detail) : Exception(detail)
{
    public int Position { get; } = position;
}
