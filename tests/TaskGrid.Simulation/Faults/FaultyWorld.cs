using System.Reflection;
using System.Runtime.Loader;

namespace TaskGrid.Simulation;

/// <summary>
/// The product and this simulator once more, in the same process and apart from the sound ones, with a fault planted. What is not TaskGrid's
/// is shared.
/// </summary>
internal sealed class FaultyWorld : AssemblyLoadContext
{
    private readonly string folder = AppContext.BaseDirectory;
    private readonly IReadOnlyDictionary<string, byte[]> changed;
    private readonly Func<int, string[]> play;

    public FaultyWorld(Fault fault) : base(fault.Name)
    {
        changed = Planting.Plant(folder, fault);
        var twin = LoadFromAssemblyName(typeof(FaultyWorld).Assembly.GetName()).GetType(typeof(FaultyWorld).FullName!)!;
        play = twin.GetMethod(nameof(PlayHere), BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<Func<int, string[]>>();
    }

    /// <summary>Plays one seed in this world.</summary>
    public IReadOnlyList<Finding> Play(int seed) => [.. play(seed).Chunk(2).Select(pair => new Finding(pair[0], pair[1]))];

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not { } name || !name.StartsWith("TaskGrid.", StringComparison.Ordinal)) return null;
        return changed.TryGetValue(name, out var bytes) ? LoadFromStream(new MemoryStream(bytes)) : LoadFromAssemblyPath(Path.Combine(folder, $"{name}.dll"));
    }

    /// <summary>Two worlds share no types of ours, so findings cross as text.</summary>
    private static string[] PlayHere(int seed) => [.. Simulation.Play(seed, new Counts()).SelectMany(finding => (string[])[finding.Check, finding.What])];
}
