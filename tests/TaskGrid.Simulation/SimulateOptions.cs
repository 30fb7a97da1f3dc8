using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TaskGrid.Simulation;

/// <summary>What the command line asks for.</summary>
/// <param name="Seeds">How many seeds.</param>
/// <param name="Start">The first one.</param>
/// <param name="Patience">After this no further seed is begun.</param>
internal sealed record SimulateOptions(int Seeds, int Start, TimeSpan Patience)
{
    /// <summary>Asks for every planted fault, one after the other.</summary>
    public const string AllFaults = "all";

    /// <summary>A file for the log of a single seed.</summary>
    public string? Log { get; init; }

    /// <summary>The planted fault to look for.</summary>
    public string? Fault { get; init; }

    /// <summary>A page that the figures of the run are written into.</summary>
    public string? Record { get; init; }

    /// <summary>What the checkout calls itself, for the page.</summary>
    public string Commit { get; init; } = "unknown";

    public static bool TryParse(string[] args, [NotNullWhen(true)] out SimulateOptions? options, [NotNullWhen(false)] out string? problem)
    {
        options = null;
        var read = new SimulateOptions(100, 1, TimeSpan.FromHours(4));
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : null;
            (read, problem) = With(read, args[i], value);
            if (problem is not null) return false;
        }
        problem = Contradiction(read);
        if (problem is not null) return false;
        options = read;
        return true;
    }

    private static (SimulateOptions Options, string? Problem) With(SimulateOptions read, string name, string? value) => name switch
    {
        "--log" or "--fault" or "--record" or "--commit" when string.IsNullOrWhiteSpace(value) => (read, $"{name} wants a value"),
        "--log" => (read with { Log = value }, null),
        "--fault" => (read with { Fault = value }, null),
        "--record" => (read with { Record = value }, null),
        "--commit" => (read with { Commit = value! }, null),
        "--seeds" or "--start" or "--seconds" when !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0 =>
            (read, $"{name} wants a whole number above 0, not '{value}'"),
        "--seeds" => (read with { Seeds = Number(value) }, null),
        "--start" => (read with { Start = Number(value) }, null),
        "--seconds" => (read with { Patience = TimeSpan.FromSeconds(Number(value)) }, null),
        _ => (read, $"there is no option '{name}'"),
    };

    private static string? Contradiction(SimulateOptions read)
    {
        if (read.Start > int.MaxValue - read.Seeds) return $"seeds end at {int.MaxValue}";
        if (read.Log is not null && (read.Seeds != 1 || read.Fault is not null)) return "--log goes with --seeds 1, and without --fault";
        if (read.Record is { } page && !File.Exists(page)) return $"there is no page {page}";
        if (read.Record is not null && read.Fault is not null) return "--record goes without --fault";
        return read.Fault is null or AllFaults || TaskGrid.Simulation.Fault.All.Any(fault => fault.Name == read.Fault)
            ? null : $"there is no fault '{read.Fault}', but {string.Join(", ", TaskGrid.Simulation.Fault.All.Select(fault => fault.Name))} and {AllFaults}";
    }

    private static int Number(string? text) => int.Parse(text!, CultureInfo.InvariantCulture);
}
