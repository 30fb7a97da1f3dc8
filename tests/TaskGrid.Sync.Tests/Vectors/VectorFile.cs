using System.Text.Json;

namespace TaskGrid.Sync.Tests;

/// <summary>A file of contracts/protocol/vectors, as both languages read it.</summary>
public static class VectorFile
{
    public static JsonElement Read(string name)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", name));
        using JsonDocument document = JsonDocument.Parse(bytes);
        return document.RootElement.Clone();
    }

    /// <summary>The cases of a file of named cases; fails if there are none, so that an emptied file is no passed test.</summary>
    public static IReadOnlyList<JsonElement> Cases(string name)
    {
        List<JsonElement> cases = [.. Read(name).EnumerateArray()];
        Assert.NotEmpty(cases);
        return cases;
    }

    /// <summary>The cases as tests of their own, each named by its rule and its name. The argument is the name.</summary>
    public static IEnumerable<TheoryDataRow<string>> Tests(string file) => Cases(file).Select(vector =>
        new TheoryDataRow<string>(vector.Name()) { TestDisplayName = $"[{vector.GetProperty("rule").GetString()}] {vector.Name()}", Label = "" });

    /// <summary>The case of this name.</summary>
    public static JsonElement Case(string file, string name) => Cases(file).Single(vector => vector.Name() == name);

    public static string Name(this JsonElement vector) => vector.GetProperty("name").GetString()!;
}
