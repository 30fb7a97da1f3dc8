namespace TaskGrid.Simulation;

/// <summary>Chance that is always in a hurry: an engine that waits by it comes back soon, and a history fits into seconds.</summary>
internal sealed class ShortWaits(int seed) : Random(seed)
{
    private const double Hurry = 0.1;

    public override double NextDouble() => base.NextDouble() * Hurry;
}
