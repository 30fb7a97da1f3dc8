namespace TaskGrid.Simulation;

/// <summary>All that must hold once everything is quiet.</summary>
internal static class Promises
{
    private static readonly Check[] All =
    [
        new("all replicas agree", Agreement.ReplicasAgree),
        new("engines catch up by themselves", Agreement.EnginesCatchUp),
        new("conflicts are known to all", Agreement.ConflictsAreKnown),
        new("the log is sound", Agreement.LogIsSound),
        new("the tree is sound", Agreement.TreeIsSound),
        new("acknowledged changes are there", Keeping.AcknowledgedIsThere),
        new("what was made is somewhere", Keeping.MadeIsSomewhere),
        new("every number is accounted for", Keeping.NumbersAreSomewhere),
        new("typed text stands", Keeping.TypedTextStands),
        new("edits come back as shown", Keeping.EditsComeBackAsShown),
        new("refusals are explained", Keeping.RefusalsAreExplained),
        new("lost access keeps unsent work only", Keeping.OutsideKeepsItsWorkOnly),
        new("last writers stand", Intent.LastWritersStand),
        new("sets keep what was not removed", Intent.SetsKeepWhatWasNotRemoved),
        new("clocks are as made", Intent.ClocksAreAsMade),
        new("stamps are held", Restraint.StampsAreHeld),
        new("deletes take what was seen", Restraint.DeletesTakeWhatWasSeen),
        new("rivals are recorded", Recording.RivalsAreRecorded),
        new("records are true", Recording.RecordsAreTrue),
    ];

    /// <summary>What breaks a promise; at most a few of each, for one fault shows in many places.</summary>
    public static IReadOnlyList<Finding> Broken(Outcome outcome) =>
        [.. All.SelectMany(check => check.Find(outcome).Take(3).Select(what => new Finding(check.Name, what)))];
}
