using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TaskGrid.Simulation;

/// <summary>What the command line asks for where it begins with <c>--mix</c>.</summary>
/// <param name="Mix">Which team.</param>
/// <param name="Weeks">How many weeks.</param>
/// <param name="Start">The seed of the first one.</param>
internal sealed record MixOptions(Mix Mix, int Weeks, int Start)
{
    private const string Usage = "usage: tests/simulate --mix typical|harsh [--weeks N] [--start S]";

    public static bool TryParse(string[] args, [NotNullWhen(true)] out MixOptions? options, [NotNullWhen(false)] out string? problem)
    {
        (options, problem) = (null, Usage);
        Mix? mix = args.ElementAtOrDefault(1) switch { "typical" => Mix.Typical, "harsh" => Mix.Harsh, _ => null };
        if (mix is null || args.Length % 2 != 0) return false;
        var read = new MixOptions(mix, Weeks: 10, Start: 1);
        for (var i = 2; i < args.Length; i += 2)
        {
            if (!int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
            if (args[i] is not ("--weeks" or "--start")) return false;
            read = args[i] == "--weeks" ? read with { Weeks = number } : read with { Start = number };
        }
        options = read;
        return true;
    }
}
