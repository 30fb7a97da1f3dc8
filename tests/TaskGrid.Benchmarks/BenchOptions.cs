using System.Globalization;

namespace TaskGrid.Benchmarks;

/// <summary>Options as <c>--name value</c>.</summary>
internal sealed class BenchOptions
{
    private readonly Dictionary<string, string> values = [];

    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions();
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) throw new ArgumentException($"'{args[i]}' is no option");
            options.values[args[i][2..]] = args[i + 1];
        }
        return args.Length % 2 == 0 ? options : throw new ArgumentException($"'{args[^1]}' has no value");
    }

    public int Number(string name, int otherwise) =>
        values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public bool Has(string name) => values.ContainsKey(name);

    public string Text(string name) => values.GetValueOrDefault(name) ?? throw new ArgumentException($"--{name} is missing");
}
