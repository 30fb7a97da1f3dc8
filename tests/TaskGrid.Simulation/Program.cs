using TaskGrid.Simulation;

// tests/simulate --mix typical|harsh …, or [--real] [--seeds N] [--start S] [--seconds T] [--fault NAME] [--log FILE] [--record PAGE]: see tests/simulate --help.
if (args.FirstOrDefault() == "--mix")
{
    if (MixOptions.TryParse(args, out var mix, out var wrong)) return MixCommand.Run(mix);
    Console.Error.WriteLine($"error: {wrong}");
    return 2;
}

var real = args.FirstOrDefault() == "--real";
if (!SimulateOptions.TryParse(real ? args[1..] : args, out var options, out var problem))
{
    Console.Error.WriteLine($"error: {problem}");
    return 2;
}
if (real) return await RealRun.PlayAsync(options);
return options.Fault is null ? SimulationRun.Play(options) : FaultRun.Play(options);
