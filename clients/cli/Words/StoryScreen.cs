using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>A task's story, day by day, in the order in which things came in.</summary>
internal sealed class StoryScreen(Wording say, TaskStory story, TaskLine shown, bool devices)
{
    private readonly StoryWords words = new(say, story, devices);

    /// <summary>One step without its time.</summary>
    public string Sentence(StoryStep step) => Inks.Drawn(words.Sentence(step), colour: false);

    /// <summary>Lines of ink, each with the indent of what follows its first line.</summary>
    public IEnumerable<(int Indent, IReadOnlyList<Ink> Line)> Lines()
    {
        yield return (0, [new Ink(shown.Title, Tone.Strong), new Ink(shown.Deleted ? "  (deleted)" : "", Tone.Faint)]);
        DateTimeOffset? day = null;
        foreach (var step in story.Steps.Where(step => !step.Pending))
        {
            if (step.Gap) yield return Missing();
            if (day is not { } known || !say.Moments.SameDay(known, step.Change.Time))
            {
                yield return (0, []);
                yield return (0, [new Ink(say.Moments.Day(step.Change.Time), Tone.Strong)]);
            }
            day = step.Change.Time;
            yield return Line(step);
        }
        if (!story.Whole && !story.Steps.Any(step => step.Gap)) yield return Missing();
        var pending = story.Steps.Where(step => step.Pending).ToList();
        if (pending.Count == 0) yield break;
        yield return (0, []);
        yield return (0, [new Ink("Not sent yet", Tone.Loud)]);
        foreach (var step in pending) yield return Line(step);
    }

    private (int, IReadOnlyList<Ink>) Line(StoryStep step) => (9, [new Ink($"  {say.Moments.Clock(step.Change.Time)}  ", Tone.Faint), .. words.Sentence(step)]);

    private static (int, IReadOnlyList<Ink>) Missing() => (2, [new Ink("  … what happened here is not on this device …", Tone.Faint)]);
}
