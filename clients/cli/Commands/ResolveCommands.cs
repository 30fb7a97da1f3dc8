using System.CommandLine;
using System.Text.Json.Nodes;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>conflicts resolve and flip: a person decides, offline like any other change, as often as it takes.</summary>
internal static class ResolveCommands
{
    private static readonly Option<string?> Keep = new("--keep", "--choice") { Description = "What to keep: a version by its letter, mine, theirs; or now, to leave it as it stands and close it" };
    private static readonly Option<string?> Value = new("--value") { Description = "Something else: a value of the field; deleted or restored; a task, or none for the top level" };
    private static readonly Option<bool> Edit = new("--edit") { Description = "Write the text yourself, in $EDITOR, beginning with what stands now" };

    public static void AddTo(Command conflicts, TimeProvider time)
    {
        conflicts.Add("resolve", "Decide one, decided before or not", time, [ConflictCommands.Which, Keep, Value, Edit], Resolve);
        conflicts.Add("flip", "Take the other one of two versions", time, [ConflictCommands.Which], Flip);
    }

    private static int Resolve(Invocation run)
    {
        var ways = new[] { run.Has(Keep), run.Has(Value), run.Get(Edit) }.Count(way => way);
        if (ways == 0 && Ask(run) is { } asked) return Decide(run, (reading, shown) => Kept(reading, shown, asked));
        if (ways != 1) throw new CommandStopped("usage", "Give one of --keep, --value and --edit. See: taskgrid conflicts resolve --help", ExitCodes.Usage);
        var written = run.Get(Edit) ? Written(run) : null;
        return Decide(run, (reading, shown) =>
            written is not null ? new ChangeBody.Resolve(shown.Note.Id, null, FieldValue.Of(written))
            : run.Get(Keep) is { } keep ? Kept(reading, shown, keep)
            : new ChangeBody.Resolve(shown.Note.Id, null, ConflictValues.Read(run, reading, shown.Note, run.Get(Value)!)));
    }

    private static int Flip(Invocation run) => Decide(run, (_, shown) => shown.Other is { } other
        ? new ChangeBody.Resolve(shown.Note.Id, other.Seq, null)
        : throw new CommandStopped("ambiguous", $"There is no one other version to take. Say which: taskgrid conflicts resolve {ConflictWords.Short(shown.Note)} --keep A"));

    private static int Decide(Invocation run, Func<IReplicaReading, ShownConflict, ChangeBody.Resolve> decide)
    {
        var (note, sentence) = ((ConflictNote?)null, "");
        Verb.Written(run.Workspace.Replica.Write(reading =>
        {
            var shown = ShownConflict.Of(reading, ConflictReferences.Find(reading, run.Workspace.LastConflicts, run.Get(ConflictCommands.Which)!));
            var body = decide(reading, shown);
            note = shown.Note;
            sentence = Sentence(Wording.Of(reading, run.Workspace.Time), shown, body);
            return [body];
        }));
        run.Screen.Answer(new JsonObject { ["conflict"] = note!.Id.ToString() }, $"{sentence} The others see it after the next sync.");
        return ExitCodes.Done;
    }

    private static string Sentence(Wording say, ShownConflict shown, ChangeBody.Resolve body)
    {
        var words = new ConflictWords(say, shown.Note);
        var title = FieldWords.Quoted(shown.Task?.Title ?? "");
        var what = Sentences.Ended($"Decided. {words.Decision(title, body.Choice, body.Value)}");
        var again = shown.Note.ResolvedBy is { } before ? $" {Sentences.Capital(say.Cast.Name(before.User))} had decided: {Sentences.Ended(words.Choice(before.Choice, before.Value))}" : "";
        var later = shown.Note.Kind == ConflictKinds.TextOverlap ? " The text changes here, too, once that is sent." : "";
        return $"{what}{again}{later}";
    }

    /// <summary>A version, or what stands now.</summary>
    private static ChangeBody.Resolve Kept(IReplicaReading reading, ShownConflict shown, string keep)
    {
        var note = shown.Note;
        if (keep.ToLowerInvariant() is not ("now" or "merged" or "="))
            return new ChangeBody.Resolve(note.Id, ConflictReferences.Version(note, keep, reading.Mark.User).Seq, null);
        if (keep is "merged" or "=" && note.Merged is { } merged) return new ChangeBody.Resolve(note.Id, null, merged);
        if (shown.Task is not { } task) throw new CommandStopped(Codes.Unknown, "The task is not on this device, so nobody knows how it stands. Run: taskgrid sync");
        if (shown.Standing is { } standing) return new ChangeBody.Resolve(note.Id, standing.Seq, null);
        var value = note.Kind == ConflictKinds.DeletedEdited ? ConflictValues.Restored : ShownConflict.ValueOf(task, note.Field!);
        return new ChangeBody.Resolve(note.Id, null, value);
    }

    /// <summary>Shows it and asks what to keep; null where nobody is there to answer.</summary>
    private static string? Ask(Invocation run)
    {
        if (run.Screen.Json || Console.IsInputRedirected || Console.IsOutputRedirected) return null;
        foreach (var (indent, line) in run.Workspace.Store.Read(reading => new ConflictScreen(Wording.Of(reading, run.Workspace.Time),
            ShownConflict.Of(reading, ConflictReferences.Find(reading, run.Workspace.LastConflicts, run.Get(ConflictCommands.Which)!))).Lines().ToList()))
            run.Screen.Say(indent, line);
        Console.Error.Write("\nKeep which (a letter, now; nothing: decide later)? ");
        return Console.ReadLine()?.Trim() is { Length: > 0 } answer ? answer : throw new CommandStopped("undecided", "Nothing was decided.");
    }

    private static string Written(Invocation run)
    {
        var shown = run.Workspace.Store.Read(reading => ShownConflict.Of(reading, ConflictReferences.Find(reading, run.Workspace.LastConflicts, run.Get(ConflictCommands.Which)!)));
        if (shown.Note is not { Kind: ConflictKinds.TextOverlap, Field: { } field } || shown.Task is not { } task)
            throw new CommandStopped(Codes.Invalid, "Only a text is edited. Give --value.");
        return TextEditor.Edit(run.Workspace, $"{field}-{ConflictWords.Short(shown.Note)}", task.TextOf(field));
    }
}
