using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Contracts.Search;

namespace TaskGrid.EventStore.Tests.Search;

public sealed class FilterVectorTests
{
    public static TheoryData<string> Names => [.. Vectors().Select(vector => vector.GetProperty("name").GetString()!)];

    [Theory(DisplayName = "[SE1] [SE2] [SE3] [SE4] A filter reads as the vectors say, or is refused at the token that they name")]
    [MemberData(nameof(Names))]
    public void Reads(string name)
    {
        var vector = Vectors().Single(v => v.GetProperty("name").GetString() == name);

        var reading = TaskFilter.Parse(vector.GetProperty("filter").GetString());

        if (vector.TryGetProperty("position", out var position))
            Assert.Equal(position.GetInt32(), Assert.IsType<FilterReading.Invalid>(reading).Position);
        else
            Assert.Equal(CanonicalJson.From(vector.GetProperty("tree")),
                CanonicalJson.From(JsonSerializer.Serialize(TreeOf(Assert.IsType<FilterReading.Read>(reading).Filter.Root))));
    }

    [Fact(DisplayName = "[SE4] A filter with U+0000 or half a pair is refused")]
    public void Unclean()
    {
        Assert.IsType<FilterReading.Invalid>(TaskFilter.Parse("title = \"a\0b\""));
        Assert.IsType<FilterReading.Invalid>(TaskFilter.Parse("title = \"\ud800\""));
    }

    private static IEnumerable<JsonElement> Vectors() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "filters.json"))).RootElement.EnumerateArray();

    private static object? TreeOf(FilterNode? node) => node switch
    {
        null => null,
        FilterNode.And and => (object[])["and", .. and.Nodes.Select(TreeOf)!],
        FilterNode.Or or => (object[])["or", .. or.Nodes.Select(TreeOf)!],
        FilterNode.Not not => (object[])["not", TreeOf(not.Node)!],
        FilterNode.Deleted => (object[])["deleted"],
        FilterNode.Empty empty => (object[])["empty", empty.Field.Name],
        FilterNode.In among => (object[])["in", among.Field.Name, among.Values.Select(ValueOf)],
        FilterNode.Comparison c => (object[])[SignOf(c.Operator), c.Field.Name, ValueOf(c.Value)],
        _ => throw new InvalidOperationException(node.GetType().Name),
    };

    private static object ValueOf(FilterValue value) => value.IsWord ? new Dictionary<string, string> { ["word"] = value.Text } : value.Text;

    private static string SignOf(FilterOperator op) => op switch
    {
        FilterOperator.Equal => "=",
        FilterOperator.NotEqual => "!=",
        FilterOperator.Less => "<",
        FilterOperator.LessOrEqual => "<=",
        FilterOperator.Greater => ">",
        FilterOperator.GreaterOrEqual => ">=",
        _ => "~",
    };
}
