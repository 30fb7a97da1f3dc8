namespace TaskGrid.TestKit;

/// <summary>What to run: <c>ProcessPlan.Dotnet(Repository.ProgramOf("clients/cli")).With("list", "--json")</c>.</summary>
public sealed record ProcessPlan(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>Set beside what the test process has itself; null takes a variable away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Where it runs; the test's own folder when null.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>Where its output goes, appended; a file of its own when null.</summary>
    public string? LogFile { get; init; }

    /// <summary>A .NET assembly, run by the host that runs the test.</summary>
    public static ProcessPlan Dotnet(string assembly, params IReadOnlyList<string> arguments) =>
        new(System.Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet", [assembly, .. arguments]);

    /// <summary>The same with more arguments.</summary>
    public ProcessPlan With(params IReadOnlyList<string> arguments) => this with { Arguments = [.. Arguments, .. arguments] };

    /// <summary>The same with one more variable.</summary>
    public ProcessPlan WithVariable(string name, string? value) =>
        this with { Environment = new Dictionary<string, string?>(Environment) { [name] = value } };
}
