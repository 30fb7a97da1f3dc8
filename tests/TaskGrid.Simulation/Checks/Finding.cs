namespace TaskGrid.Simulation;

/// <summary>Something that must not be.</summary>
/// <param name="Check">Which promise it breaks.</param>
/// <param name="What">What was seen.</param>
internal sealed record Finding(string Check, string What);

/// <summary>A promise, held against everything that is known once a scenario has fallen quiet.</summary>
/// <param name="Name">The promise.</param>
/// <param name="Find">What breaks it.</param>
internal sealed record Check(string Name, Func<Outcome, IEnumerable<string>> Find);
