using TaskGrid.Contracts;

namespace TaskGrid.Simulation.Tests.EdgeCases;

/// <summary>Ana's push of five changes of all sorts, and what Ben does to the same task until it has arrived.</summary>
internal sealed class Story
{
    /// <summary>So many changes has Ana's push.</summary>
    public const int Changes = 5;

    private readonly Stage stage;
    private readonly Device ana;
    private readonly Device ben;
    private readonly TaskId task;
    private readonly TaskId made;
    private readonly CommentId comment;

    private Story(Stage stage, Device ana, Device ben, TaskId task) =>
        (this.stage, this.ana, this.ben, this.task, made, comment) = (stage, ana, ben, task, stage.NewTask(), stage.NewComment());

    public static async Task<Story> BeginAsync(Stage stage, Device ana, Device ben)
    {
        var task = await stage.CreateAsync(ben, "Paint the fence");
        await ana.SyncAsync();
        return new Story(stage, ana, ben, task);
    }

    public void AnaWrites()
    {
        ana.Type(task, Fields.Title, "Paint the garden fence");
        ana.Set(task, Fields.Status, "doing");
        ana.Comment(task, comment, "Green?");
        ana.Do(new ChangeBody.Add(task, Fields.Labels, "garden"));
        ana.Do(new ChangeBody.Create(made, TaskValues.Titled("Buy paint")));
    }

    public void AnaSeesHers()
    {
        var shown = ana.Shown(task);
        Assert.Contains("garden", shown.Title, StringComparison.Ordinal);
        Assert.Equal(("Green?", "Buy paint"), (Assert.Single(shown.Comments).Body, ana.Shown(made).Title));
        Assert.Equal(("doing", "garden"), (ana.Value(task, Fields.Status), Assert.Single(shown.Labels)));
    }

    /// <summary>Ben has seen none of it, or all of it: whatever has arrived by now.</summary>
    public async Task BenWritesAsync()
    {
        stage.Time.Pass(TimeSpan.FromMinutes(1));
        ben.Type(task, Fields.Title, "Paint the fence blue");
        ben.Set(task, Fields.Status, "done");
        await ben.SyncAsync();
    }

    /// <param name="arrivedFirst">Whether Ana's changes stand before Ben's in the log; null where that may be either way.</param>
    public void AllIsThereOnce(bool? arrivedFirst)
    {
        var anas = stage.Log.Where(change => change.User == stage.Ana.Id && change.Origin is not null).ToList();
        Assert.Equal(["text", "set", "comment", "add", "create"], anas.Select(change => change.Body.Op));
        Assert.Equal(Enumerable.Range(1, Changes).Select(n => (long)n), anas.Select(change => change.Origin!.Value.N));
        var bens = stage.Log.Last(change => change.User == stage.Ben.Id);
        if (arrivedFirst is { } first) Assert.Equal(first, anas[^1].Seq < bens.Seq);
        foreach (var device in (Device[])[ana, ben])
        {
            var shown = device.Shown(task);
            Assert.Equal(("Paint the garden fence blue", "Buy paint"), (shown.Title, device.Shown(made).Title));
            Assert.Equal(("done", "garden"), (device.Value(task, Fields.Status), Assert.Single(shown.Labels)));
            Assert.Equal("Green?", Assert.Single(shown.Comments).Body);
            Assert.Empty(device.Pending);
            Assert.Empty(device.Refused);
        }
        Assert.Equal((ConflictKinds.Register, false), Assert.Single(stage.Conflicts.Select(note => (note.Kind, note.Open))));
    }
}
