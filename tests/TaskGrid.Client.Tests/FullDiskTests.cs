using TaskGrid.Client.Sqlite;
using TaskGrid.Contracts;

namespace TaskGrid.Client.Tests;

/// <summary>SQLite itself says that it is full: its file may have no more pages.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly World world = new();

    public void Dispose() => world.Dispose();

    [Fact(DisplayName = "Edge case 7: a store that is full, whatever it was at, says so, keeps all that was confirmed, and goes on when there is room")]
    public async Task A_full_store()
    {
        var (ana, ben) = (world.DeviceOf(world.Ana), world.DeviceOf(world.Ben));
        var task = ben.Create("Paint the fence");
        await world.ConvergeAsync();
        ana.Store.LimitRoom();
        var confirmed = new List<string>();
        var full = 0;
        for (var i = 0; full < 20; i++)
        {
            var body = $"comment {i}: {new string('x', 700)}";
            try
            {
                ana.Write(new ChangeBody.Comment(task, CommentId.From(Guid.CreateVersion7()), body, null));
                confirmed.Add(body);
            }
            catch (StorageFullException fault)
            {
                full++;
                Assert.Contains("no room", fault.Message, StringComparison.Ordinal);
            }
            Assert.Equal(confirmed, ana.Shown(task)!.Comments.Select(comment => comment.Body));
            Assert.Equal(confirmed.Count, ana.Mark.NextN - 1);
        }
        Assert.NotEmpty(confirmed);

        // A sync finds no room either, for what others wrote.
        ben.Write(new ChangeBody.Text(task, Fields.Description, TextEdit.InsertAt(0, new string('y', 100_000))));
        await ben.SyncAsync();
        await Assert.ThrowsAsync<StorageFullException>(ana.SyncAsync);
        Assert.Equal(confirmed, ana.Shown(task)!.Comments.Select(comment => comment.Body));

        ana.Store.GiveRoom();
        ana.Write(new ChangeBody.Comment(task, CommentId.From(Guid.CreateVersion7()), "there is room", null));
        await world.ConvergeAsync();
        Assert.Equal([.. confirmed, "there is room"], ben.Shown(task)!.Comments.Select(comment => comment.Body));
        Assert.Equal(100_000, ana.Shown(task)!.Description.Length);
        Assert.Empty(ana.Rejected);
    }
}
