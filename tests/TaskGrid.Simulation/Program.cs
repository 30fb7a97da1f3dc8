using System.Diagnostics;
using System.Globalization;
using TaskGrid.Simulation;

// tests/simulate [--real] --seeds N [--start S] [--seconds T]: see tests/simulate --help.
if (!SimulateOptions.TryParse(args, out var options, out var problem))
{
    Console.Error.WriteLine(problem);
    return 2;
}

var watch = Stopwatch.StartNew();
await using var machines = options.Real ? await Machines.StartAsync() : null;
var campaign = new Campaign(options.Start, options.Seeds, options.Patience) { LogFile = options.Log };
if (machines is not null) campaign = campaign.On(machines);
campaign.Run(enough: 25, (seed, finding) =>
{
    Console.WriteLine($"seed {seed}: {finding.Check}: {finding.What}");
    Console.WriteLine($"  again: tests/simulate {(options.Real ? "--real " : "")}--seeds 1 --start {seed}");
});
var differences = machines is null ? [] : await machines.DifferencesAsync();
foreach (var difference in differences) Console.WriteLine(difference);
if (machines is not null) campaign.Counts.Add(machines.Counts);
var (played, findings) = (campaign.Counts[Count.Seeds], campaign.Findings.Count + differences.Count);
foreach (var count in Enum.GetValues<Count>())
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,-22} {campaign.Counts[count],12:N0}"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"took {watch.Elapsed.TotalSeconds:F0} s"));
var little = Minima.Missed(campaign.Counts);
foreach (var missed in little) Console.WriteLine($"too little of something to prove anything: {missed}");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{played} seeds, {findings} findings"));
return findings == 0 && played > 0 && little.Count == 0 ? 0 : 1;
