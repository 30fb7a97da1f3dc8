using TaskGrid.Contracts;

namespace TaskGrid.Client.Tests;

/// <summary>
/// Several devices of two people do things at random, on a network that drops requests and answers, with restarts and refusals; then everything
/// drains. All replicas agree with the log, every change is in it or on its user's list, and what was typed stands in the text or was deleted.
/// </summary>
public sealed class SimulationTests
{
    private const int Steps = 120;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_happens_all_replicas_agree_once_it_drains(int seed)
    {
        using var world = new World();
        var run = new Run(world, new Random(seed));
        for (var step = 0; step < Steps; step++) await run.StepAsync();
        await run.DrainAsync();

        await world.ConvergeAsync();

        Assert.True(world.Server.Head > Steps / 4, $"seed {seed}: hardly anything happened");
        run.EveryChangeIsAccountedFor();
    }

    /// <summary>Pinned seeds, and as many fresh ones as TASKGRID_SEEDS says; a failure names its seed.</summary>
    public static TheoryData<int> Seeds()
    {
        var fresh = int.TryParse(Environment.GetEnvironmentVariable("TASKGRID_SEEDS"), out var count) ? count : 3;
        return [1, 2, 3, 4, 5, .. Enumerable.Range(0, fresh).Select(_ => Random.Shared.Next())];
    }

    private sealed class Run
    {
        private readonly World world;
        private readonly Random random;
        private readonly List<Device> devices;
        private readonly HashSet<Origin> made = [];
        private readonly List<string> typed = [];
        private int word;

        public Run(World world, Random random)
        {
            (this.world, this.random) = (world, random);
            devices = [world.DeviceOf(world.Ana), world.DeviceOf(world.Ana), world.DeviceOf(world.Ben)];
            world.Server.Refuses = change => change.Body is ChangeBody.Text or ChangeBody.Set && change.At.Counter % 23 == 7 ? (Codes.Forbidden, "by chance") : null;
        }

        public async Task StepAsync()
        {
            var device = devices[random.Next(devices.Count)];
            world.Server.AnswersStates = random.Next(3) == 0;
            switch (random.Next(14))
            {
                case 10:
                    // What a flipped bit would do: the digest differs at the next sync, and the whole state is fetched anew.
                    device.Store.Write(writing =>
                    {
                        writing.Put(writing.Mark with { Digest = writing.Mark.Digest + 1, ResyncedAt = 0 });
                        return true;
                    });
                    break;
                case < 6:
                    Change(device);
                    break;
                case 6:
                    device.Restart();
                    break;
                case 7:
                    Live(device);
                    break;
                case > 10:
                    Change(device);
                    Change(device);
                    // Sent, and the answer lost: what was sent comes back live, beside what others did.
                    (device.Transport.CutAt, device.Transport.How) = (device.Transport.Requests + 1, Cut.AnswerLost);
                    await device.SyncAsync();
                    Live(device);
                    break;
                default:
                    (device.Transport.CutAt, device.Transport.How) = (device.Transport.Requests + random.Next(1, 4), (Cut)random.Next(3));
                    device.Transport.DuringPush = random.Next(3) == 0 ? () => ChangeOnce(device) : null;
                    await device.SyncAsync();
                    device.Transport.DuringPush = null;
                    break;
            }
        }

        public async Task DrainAsync()
        {
            foreach (var device in devices)
            {
                (device.Transport.CutAt, device.Transport.DuringPush) = (0, null);
                device.Store.Write(writing =>
                {
                    writing.Put(writing.Mark with { ResyncedAt = 0 });
                    return true;
                });
            }
            for (var round = 0; round < 2; round++)
                foreach (var device in devices) await device.SyncAsync();
        }

        public void EveryChangeIsAccountedFor()
        {
            var logged = world.Server.Log.Select(change => change.Origin).OfType<Origin>().ToHashSet();
            var refused = devices.SelectMany(device => device.Rejected).Select(change => change.Origin).ToHashSet();
            Assert.Empty(made.Except(logged).Except(refused));
            // What was typed stands in a text, or its change was refused.
            var inserted = world.Server.Log.Select(change => change.Body).OfType<ChangeBody.Text>()
                .SelectMany(text => text.Edit.Components).Select(component => component.Text ?? "").ToList();
            var parked = devices.SelectMany(device => device.Rejected).Select(change => change.Change.Body).OfType<ChangeBody.Text>()
                .SelectMany(text => text.Edit.Components).Select(component => component.Text ?? "").ToList();
            foreach (var text in typed) Assert.Contains(inserted.Concat(parked), component => component.Contains(text, StringComparison.Ordinal));
        }

        /// <summary>
        /// Some of the log comes live, one change at a time. An own edit that comes back must be what its author was shown all along: that is
        /// what moving pending text over foreign edits is for.
        /// </summary>
        private void Live(Device device)
        {
            var (held, head) = (device.Mark.Base, world.Server.Head);
            if (device.Mark.History is null || held == head) return;
            foreach (var change in world.Server.Log.Skip((int)held).Take(random.Next(1, 60)))
            {
                var own = change.Origin is { } origin ? device.Store.Read(reading => reading.Find(origin)) : null;
                if (change.Body is ChangeBody.Text text && own is { State: < OutboxState.Done })
                    Assert.Equal(text.Edit, own.Shown);
                Assert.True(device.Exchange.TakeLive(new LiveFrame.Changes(change.Seq - 1, change.Seq, [change])));
            }
        }

        /// <summary>What its user does while the push is under way; only then, or the pushes would never end.</summary>
        private void ChangeOnce(Device device)
        {
            device.Transport.DuringPush = null;
            Change(device);
        }

        private void Change(Device device)
        {
            var tasks = device.Store.Read(ReplicaView.Tasks);
            if (tasks.Count == 0 || random.Next(8) == 0)
            {
                device.Create($"task {++word}");
                return;
            }
            var task = tasks[random.Next(tasks.Count)].Line;
            made.Add(device.Write(random.Next(6) switch
            {
                0 => new ChangeBody.Set(task.Id, Fields.Status, FieldValue.Of($"s{++word}")),
                1 => new ChangeBody.Add(task.Id, Fields.Labels, $"l{random.Next(4)}"),
                2 => new ChangeBody.Remove(task.Id, Fields.Labels, $"l{random.Next(4)}"),
                3 => new ChangeBody.Comment(task.Id, CommentId.From(Guid.CreateVersion7()), $"c{++word}", null),
                _ => new ChangeBody.Text(task.Id, Fields.Title, Edit(task.Title)),
            }));
        }

        private TextEdit Edit(string text)
        {
            var points = text.EnumerateRunes().Select(rune => rune.ToString()).ToList();
            // Words are neither cut nor deleted, so that they can be looked for.
            var open = new List<int> { 0 };
            for (int i = 0, depth = 0; i < points.Count; i++)
                if ((depth += points[i] == "<" ? 1 : points[i] == ">" ? -1 : 0) == 0) open.Add(i + 1);
            var at = open[random.Next(open.Count)];
            if (random.Next(4) == 0 && at < points.Count && points[at] != "<") return TextEdit.DeleteAt(at, 1);
            var inserted = $"<{++word}🙂>";
            typed.Add(inserted);
            return TextEdit.InsertAt(at, inserted);
        }
    }
}
