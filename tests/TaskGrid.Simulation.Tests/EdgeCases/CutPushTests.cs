using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation.Tests.EdgeCases;

public sealed class CutPushTests
{
    /// <summary>Everything between a push and its answer that can be cut off.</summary>
    public enum Where
    {
        RequestLost,
        ServerDiesBeforeTheCommit,
        ConnectionToTheLogBreaksBeforeTheCommit,
        ConnectionToTheLogBreaksAfterTheCommit,
        ServerDiesAfterTheCommit,
        AnswerLost,
        RequestLostThreeTimesThenAnswerLost,
    }

    [Theory(DisplayName = "Edge case 5: a push fails in the middle, on the way or at the server: sent again it counts once, with what others did meanwhile")]
    [InlineData(Where.RequestLost)]
    [InlineData(Where.ServerDiesBeforeTheCommit)]
    [InlineData(Where.ConnectionToTheLogBreaksBeforeTheCommit)]
    [InlineData(Where.ConnectionToTheLogBreaksAfterTheCommit)]
    [InlineData(Where.ServerDiesAfterTheCommit)]
    [InlineData(Where.AnswerLost)]
    [InlineData(Where.RequestLostThreeTimesThenAnswerLost)]
    public void On_the_way(Where where) => Stage.Play(async stage =>
    {
        var ben = await stage.DeviceOf(stage.Ben);
        CutNetwork? network = null;
        var ana = await stage.DeviceOf(stage.Ana, server => network = new CutNetwork(server));
        var story = await Story.BeginAsync(stage, ana, ben);
        story.AnaWrites();
        CutAt(where, stage, network!);
        // Where only the server's own connection broke, the server looks what became of it and answers.
        var answered = where is Where.ConnectionToTheLogBreaksBeforeTheCommit or Where.ConnectionToTheLogBreaksAfterTheCommit;
        Assert.IsType(answered ? typeof(SyncOutcome.UpToDate) : typeof(SyncOutcome.NotNow), await ana.SyncedAsync());
        // Ana's screen shows her work all along, and whether it is sent.
        story.AnaSeesHers();
        Assert.Equal(answered ? 0 : Story.Changes, ana.Pending.Count);
        await story.BenWritesAsync();
        while (await ana.SyncedAsync() is SyncOutcome.NotNow) Assert.InRange(network!.Requests, 1, 20);
        await stage.FallQuietAsync();

        // What was in a request never alters a byte.
        var first = network!.Pushes.First(push => push.Changes.Count > 0);
        Assert.All(network.Pushes.Where(push => push.Changes.Count > 0), push => Assert.Equal(first.Changes, push.Changes));
        story.AllIsThereOnce(arrivedFirst: where switch
        {
            // What the dying process had begun may still reach the log.
            Where.ServerDiesBeforeTheCommit => null,
            Where.ServerDiesAfterTheCommit or Where.AnswerLost => true,
            _ => answered,
        });
    });

    [Theory(DisplayName = "Edge case 5: the program dies at any of its own writes around a push: started again it has lost nothing and does nothing twice")]
    [InlineData(DiskFault.DiesBefore)]
    [InlineData(DiskFault.DiesAfter)]
    public void On_the_device(DiskFault how)
    {
        var (at, died) = (0, true);
        while (died)
        {
            at++;
            Stage.Play(async stage =>
            {
                var (ana, ben) = (await stage.DeviceOf(stage.Ana), await stage.DeviceOf(stage.Ben));
                var story = await Story.BeginAsync(stage, ana, ben);
                story.AnaWrites();
                var left = at;
                ana.Store.NextFault = () => --left == 0 ? how : DiskFault.None;
                await ana.SyncAsync();
                died = left <= 0;
                story.AnaSeesHers();
                await story.BenWritesAsync();
                await stage.FallQuietAsync();
                story.AllIsThereOnce(arrivedFirst: null);
            });
        }
        // Marking as sent, the answer, the end: there is something to die at.
        Assert.InRange(at, 4, 20);
    }

    private static void CutAt(Where where, Stage stage, CutNetwork network)
    {
        switch (where)
        {
            case Where.RequestLost:
                network.LoseRequests = 1;
                break;
            case Where.ServerDiesBeforeTheCommit:
                stage.Server.DieAtNext(CommitCut.Before);
                break;
            case Where.ConnectionToTheLogBreaksBeforeTheCommit:
                stage.Server.CutNext(CommitCut.Before);
                break;
            case Where.ConnectionToTheLogBreaksAfterTheCommit:
                stage.Server.CutNext(CommitCut.After);
                break;
            case Where.ServerDiesAfterTheCommit:
                stage.Server.DieAtNext(CommitCut.After);
                break;
            case Where.AnswerLost:
                network.LoseAnswers = 1;
                break;
            default:
                (network.LoseRequests, network.LoseAnswers) = (3, 4);
                break;
        }
    }
}
