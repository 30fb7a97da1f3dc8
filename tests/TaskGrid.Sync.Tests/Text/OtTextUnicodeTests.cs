using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

/// <summary>
/// Edit for edit the same as the npm package, asked while the test runs: a random case by chance, from a seed that is printed and can be
/// given as TASKGRID_SEED. A case that differs becomes a vector first.
/// </summary>
public sealed class OtTextUnicodeTests(OtTextUnicode package, ITestOutputHelper output) : IClassFixture<OtTextUnicode>
{
    [Fact(DisplayName = "[TX4] apply, compose and transform give what the package gives, in 4,000 random cases")]
    [Trait("tier", "gate")]
    public Task Pairs() => ComparePairs(4_000);

    [Fact(DisplayName = "[TX4] apply, compose and transform give what the package gives, in 100,000 random cases")]
    [Trait("tier", "full")]
    public Task ManyPairs() => ComparePairs(100_000);

    [Fact(DisplayName = "[TX5] whole logs have the canonical edits that the package gives square by square, in 60 random logs")]
    [Trait("tier", "gate")]
    public Task Logs() => CompareLogs(60);

    [Fact(DisplayName = "[TX5] whole logs have the canonical edits that the package gives square by square, in 2,000 random logs")]
    [Trait("tier", "full")]
    public Task ManyLogs() => CompareLogs(2_000);

    [Fact(DisplayName = "[TX4] the hand-made cases of the vectors are what the package gives")]
    [Trait("tier", "gate")]
    public async Task HandMade()
    {
        List<Pair> pairs = [.. VectorFile.Cases("text.json").Where(vector => !vector.Name().StartsWith("random", StringComparison.Ordinal)).Select(Pair.Of)];
        Assert.True(pairs.Count > 12);
        Compare(pairs, await package.AskAsync([.. pairs.Select(pair => pair.Json)]));
    }

    private async Task ComparePairs(int count)
    {
        Random random = Seeded();
        const int atOnce = 2_000;
        for (int done = 0; done < count; done += atOnce)
        {
            List<Pair> pairs = [.. Enumerable.Range(0, Math.Min(atOnce, count - done)).Select(_ => Pair.Random(random))];
            Compare(pairs, await package.AskAsync([.. pairs.Select(pair => pair.Json)]));
        }
    }

    private static void Compare(List<Pair> pairs, List<JsonElement> answers)
    {
        foreach ((Pair pair, JsonElement answer) in pairs.Zip(answers))
        {
            string mine = CanonicalJson.From(pair.Answer());
            Assert.True(mine == CanonicalJson.From(answer.GetRawText()), $"{pair.Json}\nours    {mine}\npackage {answer.GetRawText()}");
        }
    }

    private async Task CompareLogs(int count)
    {
        Random random = Seeded();
        int edits = 0;
        int forks = 0;
        for (; count > 0; count--)
        {
            var simulation = new TextSimulation(random.Next());
            simulation.Run(authors: random.Next(2, 5), steps: random.Next(20, 160));
            string asked = $$"""{"log":[{{string.Join(',', simulation.Log.Select(Line))}}]}""";
            JsonElement answer = (await package.AskAsync([asked]))[0];
            Assert.True(
                answer.EnumerateArray().Select(edit => TextEditTests.Read(edit.GetRawText())).SequenceEqual(simulation.Log.Select(entry => entry.Applied)),
                $"{asked}\npackage {answer.GetRawText()}");
            edits += simulation.Log.Count;
            forks += simulation.Log.Count(entry => !entry.Clock.Replicas.IsEmpty);
        }
        output.WriteLine($"{edits} edits, {forks} of them after a fork");
        Assert.True(forks > 0, "no log has a fork");
    }

    private static string Line(TextLogEntry entry) =>
        $$"""{"seq":{{entry.Seq}},"replica":{{(entry.Origin is { } o ? $"\"{o.Replica}\"" : "null")}},"n":{{entry.Origin?.N ?? 0}},"clock":{{JsonSerializer.Serialize(entry.Clock)}},"sent":{{TextEditTests.Json(entry.Sent)}}}""";

    private Random Seeded()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("TASKGRID_SEED"), out int given) ? given : Random.Shared.Next();
        output.WriteLine($"TASKGRID_SEED={seed}");
        return new Random(seed);
    }

    /// <summary>Two edits of one text, and an edit of the text after the left one.</summary>
    private sealed record Pair(string Text, TextEdit Left, TextEdit Right, TextEdit Next)
    {
        public string Json { get; } =
            $$"""{"text":{{JsonSerializer.Serialize(Text)}},"left":{{TextEditTests.Json(Left)}},"right":{{TextEditTests.Json(Right)}},"next":{{TextEditTests.Json(Next)}}}""";

        public static Pair Of(JsonElement vector) => new(
            vector.GetProperty("text").GetString()!, Edit(vector, "left"), Edit(vector, "right"), Edit(vector, "next"));

        /// <summary>Mostly short ones, where edits meet; one of eight is long and has many places.</summary>
        public static Pair Random(Random random)
        {
            bool wide = random.Next(8) == 0;
            int places = wide ? 40 : random.Next(1, 5);
            string text = EditGen.TextOf(random, random.Next(wide ? 400 : 16));
            TextEdit left = EditGen.For(text, random.Next(), places);
            return new(text, left, EditGen.For(text, random.Next(), places), EditGen.For(TextEdits.Apply(text, left), random.Next(), places));
        }

        public string Answer()
        {
            string applied = TextEdits.Apply(Text, Left);
            return $$"""
                {"applied":{{JsonSerializer.Serialize(applied)}},"after":{{JsonSerializer.Serialize(TextEdits.Apply(applied, Next))}},
                "composed":{{TextEditTests.Json(TextEdits.Compose(Left, Next))}},
                "leftOverRight":[{{TextEditTests.Json(TextEdits.Transform(Left, Right, Side.Left))}},{{TextEditTests.Json(TextEdits.Transform(Left, Right, Side.Right))}}],
                "rightOverLeft":[{{TextEditTests.Json(TextEdits.Transform(Right, Left, Side.Left))}},{{TextEditTests.Json(TextEdits.Transform(Right, Left, Side.Right))}}]}
                """;
        }

        private static TextEdit Edit(JsonElement vector, string name) => TextEditTests.Read(vector.GetProperty(name).GetRawText());
    }
}
