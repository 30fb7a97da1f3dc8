using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Client.Tests;

/// <summary>
/// Ana types into two texts while Ben edits them, on a network that drops requests and answers. Beside her client runs a book of what [TX8]
/// allows: edits of one text become one as long as they follow on each other, had seen the same, and none was in a request.
/// </summary>
internal sealed class TypingRun(World world, Random random)
{
    private readonly Device ana = world.DeviceOf(world.Ana);
    private readonly Device ben = world.DeviceOf(world.Ben);
    private readonly List<Expected> book = [];
    private readonly Dictionary<Origin, string> sent = [];
    private TaskId[] tasks = [];

    public async Task RunAsync()
    {
        tasks = [ana.Create("one", "some text"), ana.Create("two", "😀")];
        await ana.SyncAsync();
        await ben.SyncAsync();
        for (var step = 0; step < 60; step++)
        {
            if (random.Next(4) > 0) Type();
            else if (random.Next(2) == 0) await BenAsync();
            else await SyncAsync();
        }
        ana.Transport.CutAt = 0;
        for (var round = 0; round < 2; round++)
        {
            await ana.SyncAsync();
            await ben.SyncAsync();
        }
        NothingSentAltered();
        Assert.True(book.Count(expected => expected.Keystrokes.Count > 1) > 1, "hardly anything was composed");
        // What the server took in is, edit for edit, what the book says was sent, at the clock at which it was typed.
        foreach (var expected in book)
        {
            var change = sent[expected.Origin];
            var read = ((ChangeReading.Read)ChangeReader.Read(System.Text.Json.JsonDocument.Parse(change).RootElement)).Change;
            Assert.Equal(expected.Edit, ((ChangeBody.Text)read.Body).Edit);
            Assert.Equal(expected.Sees, read.Clock);
        }
        foreach (var task in tasks) Assert.Equal(world.Server.Tasks[task].Description, ana.Shown(task)!.Description);
    }

    private void Type()
    {
        var task = tasks[random.Next(8) == 0 ? 1 : 0];
        var before = ana.Shown(task)!.Description;
        var edit = Keystrokes.Next(random, before);
        var sees = ana.Mark.Sees;
        var origin = ana.Write(new ChangeBody.Text(task, Fields.Description, edit));

        // Composed or not, what is shown is what was typed.
        Assert.Equal(TextEdits.Apply(before, edit), ana.Shown(task)!.Description);
        var goesOn = book.Count > 0 && book[^1] is var last && last.Task == task && last.Sees.Equals(sees) && !sent.ContainsKey(last.Origin)
            && last.Origin.N == ana.Mark.NextN - 1;
        if (goesOn) book[^1] = book[^1] with { Keystrokes = book[^1].Keystrokes.Add(edit) };
        else book.Add(new Expected(origin, task, sees, [edit]));
        Assert.Equal(book[^1].Origin, origin);
    }

    private async Task BenAsync()
    {
        var task = tasks[random.Next(2)];
        ben.Write(new ChangeBody.Text(task, Fields.Description, Keystrokes.Next(random, ben.Shown(task)!.Description)));
        await ben.SyncAsync();
        // It may come to her live, while hers waits.
        if (random.Next(2) == 0 || ana.Mark.Base == world.Server.Head) return;
        var coming = world.Server.Log.Skip((int)ana.Mark.Base).ToImmutableArray();
        Assert.True(ana.Exchange.TakeLive(new LiveFrame.Changes(ana.Mark.Base, coming[^1].Seq, coming)));
    }

    private async Task SyncAsync()
    {
        (ana.Transport.CutAt, ana.Transport.How) = (ana.Transport.Requests + random.Next(1, 3), (Cut)random.Next(3));
        ana.Transport.DuringPush = random.Next(3) > 0 ? null : () =>
        {
            ana.Transport.DuringPush = null;
            NothingSentAltered();
            Type();
        };
        await ana.SyncAsync();
        ana.Transport.DuringPush = null;
        NothingSentAltered();
    }

    /// <summary>Every change that was ever in a request was in all of them with the same bytes, and stands so in the outbox.</summary>
    private void NothingSentAltered()
    {
        foreach (var request in ana.Transport.Pushes)
            foreach (var raw in request.Changes)
            {
                var n = System.Text.Json.JsonDocument.Parse(raw).RootElement.GetProperty("n").GetInt64();
                var origin = new Origin(request.Replica, n);
                Assert.Equal(sent.GetValueOrDefault(origin, raw), raw);
                sent[origin] = raw;
            }
        foreach (var row in ana.Store.Read(reading => reading.From(reading.Mark.Replica, 1)))
            if (sent.TryGetValue(row.Origin, out var raw)) Assert.Equal(raw, row.Raw);
    }

    private sealed record Expected(Origin Origin, TaskId Task, CausalClock Sees, ImmutableList<TextEdit> Keystrokes)
    {
        public TextEdit Edit => Keystrokes.Aggregate(TextEdits.Compose);
    }
}
