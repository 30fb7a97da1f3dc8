using System.Collections.Immutable;

namespace TaskGrid.Simulation;

/// <summary>
/// What a team does in a working week, and how well it is connected: assumptions, told in words in docs/conflict-mixes.md and committed
/// before anything was measured with them. They are not turned to make a figure come out.
/// </summary>
internal sealed record Mix
{
    public required string Name { get; init; }

    /// <summary>The part of the conflicts that must be decided without a person, at least.</summary>
    public required double Goal { get; init; }

    /// <summary>Everybody's offset from UTC, in hours; so many people there are.</summary>
    public required ImmutableArray<double> Zones { get; init; }

    /// <summary>So many of them carry a phone beside their computer.</summary>
    public required int Phones { get; init; }

    /// <summary>The part of a phone owner's sittings that is on the phone.</summary>
    public double PhoneShare { get; init; } = 0.25;

    /// <summary>Tasks at the beginning of the week, and in how many projects; each project has three people on average.</summary>
    public required (int Tasks, int Projects) Start { get; init; }

    /// <summary>Times that somebody takes a task up on a working day, and changes that each then makes on average.</summary>
    public required (int Sittings, double Changes) Day { get; init; }

    /// <summary>What a change is, in tenths of a percent.</summary>
    public required ImmutableArray<(Act Act, int PerMille)> Acts { get; init; }

    /// <summary>Which task a sitting is about: one that everybody looks at this week, one of an own project, else one of one's own.</summary>
    public required (double Hot, double Project) Popularity { get; init; }

    /// <summary>How many tasks everybody looks at.</summary>
    public required int HotTasks { get; init; }

    /// <summary>The part of the deletes that takes back an own task of the last day: a mistake, a duplicate. The others hit what sittings hit.</summary>
    public required double DeletesOfOwnFresh { get; init; }

    /// <summary>The part of the edits of a description that writes a whole sentence anew.</summary>
    public required double Rewrites { get; init; }

    /// <summary>Times without a network within a working day, for each device: how likely one is, and its length in minutes.</summary>
    public required ImmutableArray<(double Chance, int Least, int Most)> Gaps { get; init; }

    /// <summary>How likely a device has no network for a whole working day.</summary>
    public required double DayWithout { get; init; }

    /// <summary>So many people lose and find the network together: one train, one site.</summary>
    public required int Crew { get; init; }

    /// <summary>Times a week that four people write one description together, for twenty minutes.</summary>
    public int Meetings { get; init; } = 2;

    /// <summary>How far clocks are off, in seconds; each device takes one of them.</summary>
    public required ImmutableArray<int> Skews { get; init; }

    /// <summary>How likely somebody who is a side of an open conflict decides it at the next sitting.</summary>
    public double Resolves { get; init; } = 0.5;

    /// <summary>A product team: three places, offices and homes, mostly connected.</summary>
    public static Mix Typical { get; } = new()
    {
        Name = "typical",
        Goal = 0.97,
        Zones = [1, 1, 1, 1, 1, 1, -5, -5, -5, 5.5, 5.5, 5.5],
        Phones = 6,
        Start = (600, 8),
        Day = (16, 2.5),
        Acts =
        [
            (Act.Status, 240), (Act.Comment, 185), (Act.Order, 120), (Act.Description, 100), (Act.Label, 70), (Act.Create, 60), (Act.Priority, 40),
            (Act.DueDate, 40), (Act.Assignee, 30), (Act.Title, 30), (Act.Watcher, 30), (Act.Effort, 30), (Act.EditComment, 10), (Act.Parent, 7), (Act.Project, 5), (Act.Delete, 3),
        ],
        Popularity = (Hot: 0.20, Project: 0.30),
        HotTasks = 10,
        DeletesOfOwnFresh = 0.8,
        Rewrites = 0.05,
        Gaps = [(0.30, 20, 180), (0.5, 1, 10)],
        DayWithout = 0.02,
        Crew = 1,
        Skews = [0, 0, 1, -1, 2],
    };

    /// <summary>A crew in the field: one place, bad networks, everybody at the same tasks, and who no longer needs a task deletes it.</summary>
    public static Mix Harsh { get; } = new()
    {
        Name = "harsh",
        Goal = 0.95,
        Zones = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
        Phones = 8,
        Start = (300, 4),
        Day = (20, 3),
        Acts =
        [
            (Act.Status, 220), (Act.Description, 150), (Act.Comment, 130), (Act.Order, 80), (Act.Label, 70), (Act.Create, 60), (Act.Title, 60), (Act.Priority, 60),
            (Act.DueDate, 50), (Act.Assignee, 40), (Act.Effort, 20), (Act.Delete, 30), (Act.Watcher, 10), (Act.EditComment, 5), (Act.Parent, 10), (Act.Project, 5),
        ],
        Popularity = (Hot: 0.50, Project: 0.35),
        HotTasks = 25,
        DeletesOfOwnFresh = 0,
        Rewrites = 0.15,
        Gaps = [(0.9, 120, 360), (0.5, 60, 120), (1, 1, 15)],
        DayWithout = 0.10,
        Crew = 3,
        Skews = [0, 2, -2, 45, -7200, 240],
    };
}

/// <summary>What a person does to a task.</summary>
internal enum Act
{
    Status,
    Comment,
    Order,
    Description,
    Label,
    Create,
    Priority,
    DueDate,
    Assignee,
    Title,
    Watcher,
    Effort,
    EditComment,
    Parent,
    Project,
    Delete,
}
