using System.Text;
using TaskGrid.Contracts;
using TaskGrid.Sync;
using static TaskGrid.Domain.Tests.ReferenceLog;

namespace TaskGrid.Domain.Tests.Tasks;

/// <summary>Texts through the decider: two people edit one without seeing each other, on texts that are easily got wrong.</summary>
public class TextTests
{
    private const string Family = "👩\u200D👩\u200D👧\u200D👦";

    [Theory(DisplayName = "[TX7] what both typed stands in the text, whatever characters it is made of")]
    [InlineData("surrogate pairs", "😀😁😂", "[1,\"🙂\"]", "[2,{\"d\":1},\"🚀\"]", "😀🙂😁🚀")]
    [InlineData("a combining mark of its own", "Cafe\u0301", "[4,{\"d\":1}]", "[5,\"s\"]", "Cafes")]
    [InlineData("a mark between letter and mark", "e\u0301", "[1,\"\u0323\"]", "[2,\"!\"]", "e\u0323\u0301!")]
    [InlineData("a family cut by an edit inside it", Family, "[4,{\"d\":2}]", "[7,\"!\"]", "👩\u200D👩\u200D👦!")]
    [InlineData("a family cut by both", Family, "[2,{\"d\":2}]", "[4,\"🧓\u200D\"]", "👩\u200D🧓\u200D👧\u200D👦")]
    [InlineData("CRLF", "one\r\ntwo\r\n", "[3,\" and a half\"]", "[5,{\"d\":3},\"2\"]", "one and a half\r\n2\r\n")]
    [InlineData("CRLF cut in two", "a\r\nb", "[2,\"x\"]", "[1,{\"d\":1}]", "ax\nb")]
    [InlineData("an empty text", "", "[\"hers\"]", "[\"his\"]", "hershis")]
    [InlineData("all of it deleted by both", "gone", "[{\"d\":4}]", "[{\"d\":4}]", "")]
    [InlineData("mixed normal forms", "\u00E9e\u0301\u1E9B\u0323", "[1,\"e\u0301\"]", "[3,{\"d\":1},\"\u1E61\"]", "\u00E9e\u0301e\u0301\u1E61\u0323")]
    public void Characters(string what, string before, string hers, string his, string after)
    {
        var (log, ana, ben) = Two();
        var task = Described(log, ana, ben, before);

        Assert.Equal(ChangeStatus.Accepted, Says(ana, task, Edit(hers)));
        Says(ben, task, Edit(his));

        Assert.True(after == log[task].Line.Description, $"{what}: {log[task].Line.Description}");
        Assert.Equal(after, Folded(log, task));
    }

    [Fact(DisplayName = "[TX7] an edit of nothing is taken in, also of an empty text")]
    public void NothingOfNothing()
    {
        var (log, ana, ben) = Two();
        var task = Described(log, ana, ben, "");

        Assert.Equal(ChangeStatus.Accepted, Says(ana, task, TextEdit.Empty));
        Assert.Equal(ChangeStatus.Accepted, Says(ben, task, TextEdit.Empty));

        Assert.Equal("", log[task].Line.Description);
    }

    [Theory(DisplayName = "[TX2] an edit that reaches past the end of what its author saw is invalid, though the text is longer by now")]
    [InlineData("abc", "[4,\"x\"]", "[3,{\"d\":1}]")]
    [InlineData("", "[1,\"x\"]", "[{\"d\":1}]")]
    [InlineData("😀", "[2,\"x\"]", "[1,{\"d\":1}]")]
    public void PastTheEnd(string before, params string[] edits)
    {
        var (log, ana, ben) = Two();
        var task = Described(log, ana, ben, before);
        Says(ana, task, Edit("[\"much more text than there was\"]"));

        foreach (var edit in edits) Assert.Equal(ChangeStatus.Rejected, Says(ben, task, Edit(edit)));

        Assert.Equal("much more text than there was" + before, log[task].Line.Description);
    }

    [Theory(DisplayName = "[OP10] a text limit is reached and not passed, in bytes of UTF-8, by what the author saw plus the edit")]
    [InlineData(Fields.Title, Limits.Title)]
    [InlineData(Fields.Description, Limits.Description)]
    public void Limit(string field, int limit)
    {
        var (log, ana, _) = Two();
        var task = Task(1);
        ana.Does(new ChangeBody.Create(task, TaskValues.Titled(""))).Sync();

        Assert.Equal(ChangeStatus.Accepted, Says(ana, task, TextEdit.InsertAt(0, new string('a', limit - 4)), field));
        ana.Sync();
        Assert.Equal(ChangeStatus.Rejected, Says(ana, task, TextEdit.InsertAt(7, "😀b"), field));
        Assert.Equal(ChangeStatus.Accepted, Says(ana, task, TextEdit.InsertAt(7, "😀"), field));
        ana.Sync();
        Assert.Equal(ChangeStatus.Rejected, Says(ana, task, TextEdit.InsertAt(0, "c"), field));
        Assert.Equal(ChangeStatus.Accepted, Says(ana, task, Edit("[7,{\"d\":1},\"cdef\"]"), field));

        Assert.Equal(limit, Encoding.UTF8.GetByteCount(log[task].Line.TextOf(field)));
    }

    [Fact(DisplayName = "[OP10] what others wrote meanwhile counts against nobody: two edits that fill a text of 1 MiB both stand")]
    public void BothFill()
    {
        var (log, ana, ben) = Two();
        var task = Described(log, ana, ben, new string('m', Limits.Description / 2));
        var half = new string('h', Limits.Description / 2);

        Assert.Equal(ChangeStatus.Accepted, Says(ana, task, TextEdit.InsertAt(1000, half)));
        Assert.NotEqual(ChangeStatus.Rejected, Says(ben, task, TextEdit.InsertAt(1000, half)));

        Assert.Equal(3 * (Limits.Description / 2), log[task].Line.Description.Length);
        // Whoever sees it can only make it shorter now.
        ana.Sync();
        Assert.Equal(ChangeStatus.Rejected, Says(ana, task, TextEdit.InsertAt(0, "x")));
        Assert.Equal(ChangeStatus.Accepted, Says(ana, task, TextEdit.DeleteAt(0, Limits.Description / 2)));
    }

    [Fact(DisplayName = "[OP10] what others deleted meanwhile does not make room: the author did not see it go")]
    public void NoRoomFromOthers()
    {
        var (log, ana, ben) = Two();
        var task = Described(log, ana, ben, new string('m', Limits.Description));
        Assert.Equal(ChangeStatus.Accepted, Says(ana, task, TextEdit.DeleteAt(0, Limits.Description)));

        Assert.Equal(ChangeStatus.Rejected, Says(ben, task, TextEdit.InsertAt(5, "x")));

        Assert.Equal("", log[task].Line.Description);
    }

    [Fact(DisplayName = "[OP10] a text of 1 MiB that two people edit in many places is merged edit by edit")]
    public void Large()
    {
        var (log, ana, ben) = Two();
        var before = string.Concat(Enumerable.Repeat("one 😀 two\r\n", Limits.Description / 14 - 4000));
        var task = Described(log, ana, ben, before);
        var random = new Random(7);
        var (hers, his) = (Places(random, before, 500, "ANA"), Places(random, before, 500, "BEN"));

        Says(ana, task, hers);
        Says(ben, task, his);

        Assert.Equal(TextEdits.Apply(TextEdits.Apply(before, hers), TextEdits.Transform(his, hers, Side.Right)), log[task].Line.Description);
        Assert.Equal(log[task].Line.Description, Folded(log, task));
    }

    [Fact(DisplayName = "[OP10] the hard stop: a merge that would be longer than 16 MiB is invalid, one that just reaches it stands")]
    public void HardStop()
    {
        var (log, ana, _) = Two();
        var task = Task(1);
        ana.Does(new ChangeBody.Create(task, TaskValues.Titled("long"))).Sync();
        // Seventeen devices, none of which sees another's.
        var devices = Enumerable.Range(10, 17).Select(i => new Device(log, log.Owner, i)).ToList();
        var mebibyte = TextEdit.InsertAt(0, new string('x', Limits.Description));

        foreach (var device in devices[..16]) Assert.NotEqual(ChangeStatus.Rejected, Says(device, task, mebibyte));
        Assert.Equal(Limits.MergedText, log[task].Line.Description.Length);
        Assert.Equal(ChangeStatus.Rejected, Says(devices[16], task, TextEdit.InsertAt(0, "y")));
        ana.Sync();
        Assert.Equal(ChangeStatus.Accepted, Says(ana, task, TextEdit.DeleteAt(0, Limits.MergedText)));
        Assert.NotEqual(ChangeStatus.Rejected, Says(devices[16], task, TextEdit.InsertAt(0, "y")));

        Assert.Equal("y", log[task].Line.Description);
    }

    private static (ReferenceLog Log, Device Ana, Device Ben) Two()
    {
        var log = new ReferenceLog();
        return (log, new Device(log, log.Owner, 1), new Device(log, log.Owner, 2));
    }

    /// <summary>A task that both have seen.</summary>
    private static TaskId Described(ReferenceLog log, Device ana, Device ben, string description)
    {
        ana.Does(new ChangeBody.Create(Task(1), TaskValues.Titled("text") with { Description = description })).Sync();
        ben.Sync();
        return Task(1);
    }

    /// <summary>Sends an edit and does not look at the log after it.</summary>
    private static ChangeStatus Says(Device device, TaskId task, TextEdit edit, string field = Fields.Description)
    {
        var seen = device.Base;
        var result = Assert.Single(device.Does(new ChangeBody.Text(task, field, edit)).Sync());
        device.Base = seen;
        Assert.True(result.Code is null or Codes.Invalid, result.Detail);
        return result.Status;
    }

    private static string Folded(ReferenceLog log, TaskId task) =>
        log.Feed.Aggregate((TaskLine?)null, (line, change) => TaskFold.Apply(line, change, task))!.Description;

    private static TextEdit Edit(string json) => System.Text.Json.JsonSerializer.Deserialize<TextEdit>(json)!;

    /// <summary>Inserts a word and deletes a little at places all over a text.</summary>
    private static TextEdit Places(Random random, string text, int count, string word)
    {
        var stride = CodePoints.Count(text) / count;
        var edit = new TextEditBuilder();
        for (var i = 0; i < count; i++)
        {
            var at = random.Next(stride - 6);
            edit.Keep(at).Insert(word).Delete(random.Next(6)).Keep(0);
            edit.Keep(stride - at - 6);
        }
        return edit.ToEdit();
    }
}
