using TaskGrid.Simulation;

// tests/simulate [--seeds N] [--start S] [--seconds T] [--fault NAME] [--log FILE] [--record PAGE]: see tests/simulate --help.
if (!SimulateOptions.TryParse(args, out var options, out var problem))
{
    Console.Error.WriteLine($"error: {problem}");
    return 2;
}
return options.Fault is null ? SimulationRun.Play(options) : FaultRun.Play(options);
