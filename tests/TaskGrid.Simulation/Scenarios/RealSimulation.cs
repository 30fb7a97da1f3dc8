using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>
/// A scenario in real time: 3 to 6 devices of 2 to 4 people against the server's own process. What people do follows from the seed; how it
/// meets does not, so a seed is played again with good hopes only.
/// </summary>
internal sealed class RealSimulation(Machines machines)
{
    /// <summary>Plays one seed; answers with what must not be.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="total">Is told what happened.</param>
    /// <param name="logTo">A file for what came out.</param>
    /// <param name="always">Whether it is written also where nothing was found: a seed that failed may not do so again.</param>
    public IReadOnlyList<Finding> Play(int seed, Counts total, string logTo, bool always)
    {
        try
        {
            var counts = new Counts();
            // One thing after the other, as the people of one scenario and their notes want it; several scenarios go on at once.
            var alone = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
            var playing = Task.Factory.StartNew(() => PlayAsync(new Random(seed), counts, logTo, always), CancellationToken.None, TaskCreationOptions.None, alone).Unwrap();
            var findings = playing.GetAwaiter().GetResult();
            total.Add(counts);
            return findings;
        }
        catch (Exception fault)
        {
            return [new Finding("nothing throws", fault.ToString())];
        }
    }

    private async Task<IReadOnlyList<Finding>> PlayAsync(Random random, Counts counts, string logTo, bool always)
    {
        var accounts = machines.People.Take(random.Next(2, 5)).ToImmutableArray();
        var server = await RealServer.FoundAsync(machines, OrganizationId.From(Some(random)), accounts);
        foreach (var account in accounts.Skip(1)) await server.AddAsync(account, random.Next(4) == 0 ? Role.Admin : Role.Member);
        var onFiles = random.Next(4) == 0;
        var cast = new Cast(server, [.. accounts.Select(account => account.Person)], TimeProvider.System, random, counts)
        {
            NewDisk = mark => onFiles ? new SqliteDisk(machines.Folder.FullPath, () => mark) : new MemoryReplicaStore(new MemoryState { Mark = mark }),
        };
        try
        {
            Equip(cast, random);
            await new Scenario(cast, random).PlayAsync(random.Next(60, 140));
            await Quiet.FallAsync(cast);
            var outcome = new Outcome(cast, await server.TruthAsync());
            Tally.Take(outcome, counts);
            var broken = Promises.Broken(outcome);
            if (always || broken.Count > 0) await File.WriteAllLinesAsync(logTo, outcome.Describe());
            return broken;
        }
        finally
        {
            foreach (var device in cast.Devices) device.Dispose();
        }
    }

    /// <summary>Those that run by themselves come last: when it falls quiet, the others have sent what they had.</summary>
    private static void Equip(Cast cast, Random random)
    {
        var devices = random.Next(Math.Max(3, cast.People.Count), 7);
        var live = random.Next(3);
        for (var i = 0; i < devices; i++)
        {
            var person = cast.People[i % cast.People.Count];
            if (i < devices - live) cast.Equip(person);
            else cast.EquipLive(person, random);
        }
    }

    private static Guid Some(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
