using System.Globalization;
using System.Text;

namespace TaskGrid.Simulation;

/// <summary>Writes the figures of a run into a page, between two marks that the page has.</summary>
internal static class RunRecord
{
    private const string Begin = "<!-- run -->";
    private const string End = "<!-- end of run -->";

    public static void Write(string page, SimulateOptions options, Campaign campaign, TimeSpan time)
    {
        var text = File.ReadAllText(page);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (from < 0 || to < from) throw new InvalidDataException($"{page} has no place between '{Begin}' and '{End}'");
        File.WriteAllText(page, $"{text[..(from + Begin.Length)]}\n{Figures(options, campaign, time)}{text[to..]}");
    }

    private static string Figures(SimulateOptions options, Campaign campaign, TimeSpan time)
    {
        var seeds = campaign.Counts[Count.Seeds];
        var figures = new StringBuilder();
        figures.AppendLine(CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd}, commit {options.Commit}: **{seeds:N0} seeds from {options.Start}, {campaign.Findings.Count} findings**, in {time.TotalSeconds:F0} s on {Environment.ProcessorCount} cores.");
        figures.AppendLine().AppendLine("| what happened | in all | a seed | at least |").AppendLine("|---|--:|--:|--:|");
        foreach (var count in Counts.Simulated.Where(count => count != Count.Seeds))
            figures.AppendLine(CultureInfo.InvariantCulture, $"| {Words(count)} | {campaign.Counts[count]:N0} | {campaign.Counts[count] / Math.Max(1.0, seeds):0.###} | {Minima.Of(count):0.###} |");
        return figures.ToString();
    }

    private static string Words(Count count) =>
        string.Concat(count.ToString().Select((letter, i) => i > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
