using System.Diagnostics;
using System.Globalization;
using TaskGrid.Simulation;

// tests/simulate [--real] --seeds N [--start S] [--seconds T]: see tests/simulate --help.
if (!SimulateOptions.TryParse(args, out var options, out var problem))
{
    Console.Error.WriteLine(problem);
    return 2;
}
if (options.Real) return await RealRun.PlayAsync(options);

var watch = Stopwatch.StartNew();
var campaign = new Campaign(options.Start, options.Seeds, options.Patience) { LogFile = options.Log };
campaign.Run(enough: 25, (seed, finding) =>
{
    Console.WriteLine($"seed {seed}: {finding.Check}: {finding.What}");
    Console.WriteLine($"  again: tests/simulate --seeds 1 --start {seed}");
});
var played = campaign.Counts[Count.Seeds];
foreach (var count in Enum.GetValues<Count>())
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,-22} {campaign.Counts[count],12:N0}"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"took {watch.Elapsed.TotalSeconds:F0} s"));
var little = Minima.Missed(campaign.Counts);
foreach (var missed in little) Console.WriteLine($"too little of something to prove anything: {missed}");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{played} seeds, {campaign.Findings.Count} findings"));
return campaign.Findings.Count == 0 && played > 0 && little.Count == 0 ? 0 : 1;
