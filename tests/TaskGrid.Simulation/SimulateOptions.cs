using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TaskGrid.Simulation;

/// <summary>What the command line asks for.</summary>
/// <param name="Seeds">How many seeds.</param>
/// <param name="Start">The first one.</param>
/// <param name="Patience">After this no further seed is begun.</param>
/// <param name="Log">A file for the log of a single seed.</param>
/// <param name="Real">Against the real server.</param>
internal sealed record SimulateOptions(int Seeds, int Start, TimeSpan Patience, string? Log, bool Real = false)
{
    public static bool TryParse(string[] args, [NotNullWhen(true)] out SimulateOptions? options, [NotNullWhen(false)] out string? problem)
    {
        (options, problem) = (null, null);
        var read = new SimulateOptions(100, 1, TimeSpan.FromHours(4), null);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (args[i] == "--real")
            {
                (read, i) = (read with { Real = true }, i - 1);
                continue;
            }
            if (args[i] == "--log" && i + 1 < args.Length)
            {
                read = read with { Log = args[i + 1] };
                continue;
            }
            if (i + 1 >= args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                problem = $"{args[i]} wants a whole number";
                return false;
            }
            switch (args[i])
            {
                case "--seeds":
                    read = read with { Seeds = number };
                    break;
                case "--start":
                    read = read with { Start = number };
                    break;
                case "--seconds":
                    read = read with { Patience = TimeSpan.FromSeconds(number) };
                    break;
                default:
                    problem = $"unknown option {args[i]}";
                    return false;
            }
        }
        options = read;
        return true;
    }
}
