using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>A scenario in virtual time: 3 to 6 devices of 2 to 4 people, against the real grains on the reference log.</summary>
internal static class Simulation
{
    private static readonly string[] Names = ["Ana", "Ben", "Cem", "Dia"];

    /// <summary>Plays one seed; answers with what must not be.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="total">Is told what happened.</param>
    /// <param name="logTo">A file for the log as it came out, a change a line.</param>
    public static IReadOnlyList<Finding> Play(int seed, Counts total, string? logTo = null)
    {
        IReadOnlyList<Finding> findings = [];
        try
        {
            SingleThread.Run(async () =>
            {
                var counts = new Counts();
                findings = await PlayAsync(new Random(seed), counts, logTo);
                total.Add(counts);
            });
        }
        catch (Exception fault)
        {
            findings = [new Finding("nothing throws", fault.ToString())];
        }
        return findings;
    }

    private static async Task<IReadOnlyList<Finding>> PlayAsync(Random random, Counts counts, string? logTo)
    {
        var time = new VirtualTime();
        var people = Enumerable.Range(0, random.Next(2, 5)).Select(i => new Person(UserId.From(Some(random)), Names[i])).ToList();
        var server = await SimulatedServer.FoundAsync(OrganizationId.From(Some(random)), people[0], time);
        foreach (var person in people.Skip(1)) await server.SetRoleAsync(person, random.Next(4) == 0 ? Role.Admin : Role.Member);
        var cast = new Cast(server, people, time, random, counts)
        {
            Log = () => (LogReading.Changes(server.Log, 0, server.Log.Head!.Seq), server.Log.Head.History),
            MayRestore = random.Next(3) == 0,
        };
        var devices = random.Next(Math.Max(3, people.Count), 7);
        for (var i = 0; i < devices; i++) cast.Equip(people[i % people.Count]);
        await new Scenario(cast, random).PlayAsync(random.Next(60, 140));
        await Quiet.FallAsync(cast);
        var outcome = new Outcome(cast, await server.TruthAsync());
        if (logTo is not null) File.WriteAllLines(logTo, outcome.Describe());
        Tally.Take(outcome, counts);
        return Promises.Broken(outcome);
    }

    private static Guid Some(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
