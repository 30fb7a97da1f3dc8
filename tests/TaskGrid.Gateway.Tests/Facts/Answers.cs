using System.Text.Json.Nodes;

namespace TaskGrid.Gateway.Tests.Facts;

/// <summary>What tests look for in answers.</summary>
internal static class Answers
{
    public static void IsProblem(JsonNode? answer, string code, int status)
    {
        Assert.NotNull(answer);
        Assert.Equal(code, (string?)answer["code"]);
        Assert.Equal(status, (int?)answer["status"]);
        Assert.Equal("urn:taskgrid:problem:" + code, (string?)answer["type"]);
        Assert.Contains(status, Specification.StatusesOf(code));
        Assert.False(string.IsNullOrEmpty((string?)answer["title"]));
    }

    public static void IsRejected(JsonNode? answer, int index, string code)
    {
        var result = answer!["results"]![index]!;
        Assert.Equal("rejected", (string?)result["status"]);
        Assert.Equal(code, (string?)result["code"]);
        Assert.Null(result["seq"]);
    }
}
