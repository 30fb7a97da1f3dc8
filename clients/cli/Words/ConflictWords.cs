using TaskGrid.Client;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Cli;

/// <summary>A conflict in words.</summary>
internal sealed class ConflictWords(Wording say, ConflictNote note)
{
    /// <summary>The end of its id, as lists show it.</summary>
    public static string Short(ConflictNote note) => note.Id.ToString()[^6..];

    /// <summary>What it is about.</summary>
    public static string Subject(ConflictNote note) => note.Kind switch
    {
        ConflictKinds.DeletedEdited => "whether it stays deleted",
        ConflictKinds.Orphaned or ConflictKinds.Cycle => "where it stands",
        ConflictKinds.Reassigned => "who has it",
        _ => $"the {FieldWords.Name(note.Field ?? "")}",
    };

    /// <summary>A decision, told to the one who made it.</summary>
    public string Decision(string title, long? choice, FieldValue? value) => note.Kind switch
    {
        ConflictKinds.DeletedEdited => $"{title}: {Choice(choice, value)}",
        ConflictKinds.Reassigned => $"{title}, assignee: {Choice(choice, value)}",
        _ => $"{title}, {FieldWords.Name(note.Field ?? "")}: {Choice(choice, value)}",
    };

    /// <summary>Who came into conflict, and how.</summary>
    public string Headline()
    {
        var users = note.Versions.Select(version => version.User).Distinct().ToList();
        var names = users.Count == 1 ? $"{say.Cast.Name(users[0])}, on two devices," : say.Cast.Names(users);
        if (note.Versions.All(version => version.Op == "resolve")) return $"{names} decided {Subject(note)} differently";
        return note.Kind switch
        {
            ConflictKinds.Reassigned => $"{names} assigned it differently",
            ConflictKinds.TextOverlap => $"{names} edited the same words of the {note.Field}",
            ConflictKinds.DeletedEdited => $"{Deleters()} deleted it while {Editors()} worked on it",
            ConflictKinds.Orphaned => $"{say.Cast.Names(users)} moved it {Value(note.Versions[^1].Value)}, which was deleted meanwhile",
            ConflictKinds.Cycle => $"{say.Cast.Names(users)} moved it {Value(note.Versions[^1].Value)}, which had been moved under it",
            _ => $"{names} set the {FieldWords.Name(note.Field ?? "")} differently",
        };
    }

    /// <summary>What a version did or wanted.</summary>
    public string Version(ConflictVersion version) => note.Kind switch
    {
        ConflictKinds.DeletedEdited => version.Op == "delete" ? "deleted it" : Edit(version),
        ConflictKinds.TextOverlap => FieldWords.Quoted(version.Value?.AsText() ?? ""),
        _ => Value(version.Value),
    };

    /// <summary>What a decision takes.</summary>
    public string Choice(long? choice, FieldValue? value)
    {
        var chosen = note.Versions.FirstOrDefault(version => version.Seq == choice);
        if (note.Kind == ConflictKinds.DeletedEdited)
            return (chosen is null ? value?.Json == "true" : chosen.Op == "delete") ? "it stays deleted" : "it is back";
        var what = Value(chosen is null ? value : chosen.Value);
        return chosen is null ? what : $"{what} ({say.Cast.Owner(chosen.User)} version)";
    }

    /// <summary>Why it was decided as it was.</summary>
    public string Rule() => note.Rule switch
    {
        ConflictRules.LaterStamp => $"{(note.Versions.Length == 2 ? "Neither had seen the other's change" : "None of these had seen the others")}, so by the rule the latest one stands: {say.Cast.Whose(Latest.User)}.",
        ConflictRules.Transformed => $"Both edits were merged into one text; what each of them typed is in it.{(note.Open ? " More than half of the words that one changed were deleted by the other, so somebody should read it." : "")}",
        ConflictRules.StaysDeleted => "A deleted task stays deleted. What others did to it meanwhile is kept on it, and is there when it comes back.",
        ConflictRules.ToTop => "A task cannot stand under a deleted one, so it went to the top level.",
        ConflictRules.FirstMoveStands => "Both moves together would make a loop, so the one that came first stands and this one had no effect.",
        _ => $"It was decided by a rule that this version does not know ({note.Rule}).",
    };

    /// <summary>What a change met, told with the change.</summary>
    public string Met(CanonicalChange change)
    {
        var rival = note.Versions.Where(version => version.Seq != change.Seq).OrderBy(version => version.At).LastOrDefault();
        return note.Kind switch
        {
            ConflictKinds.Orphaned => "That had been deleted meanwhile, so it went to the top level.",
            ConflictKinds.Cycle => "Somebody had moved that under this one at the same time, so this move had no effect.",
            ConflictKinds.DeletedEdited when change.Body is ChangeBody.Delete =>
                $"Meanwhile {Meanwhile()}. It stays deleted, and that is kept on it.",
            ConflictKinds.DeletedEdited => $"{Sentences.Capital(Deleters())} had deleted it meanwhile; it stays deleted, and this is kept on it.",
            ConflictKinds.TextOverlap => $"{Sentences.Capital(Other(rival))} had edited the same words at the same time; both edits were merged{(note.Open ? ", and somebody should read it" : "")}.",
            ConflictKinds.Reassigned => $"{Sentences.Capital(Other(rival))} had {(rival?.Value is null ? "left it to nobody" : $"given it to {Value(rival.Value)}")} at the same time; {Winner(change)} is later and stands.",
            _ => $"{Sentences.Capital(Other(rival))} had set it to {Value(rival?.Value)} at the same time; {Winner(change)} is later and stands.",
        };
    }

    /// <summary>What came of two decisions that were made at once; nothing where the later one had seen the other.</summary>
    public string Rivalry(CanonicalChange before, CanonicalChange change, long? stands)
    {
        if (change is not { Clock: { } clock, Origin: { } origin } || before.Origin is not { } other || Causality.Covers(clock, origin, before.Seq, other)) return "";
        return $" Neither had seen the other's decision; {say.Cast.Whose((stands == before.Seq ? before : change).User)} is later and stands.";
    }

    private string Winner(CanonicalChange change) => Latest.Seq == change.Seq ? "this" : say.Cast.Whose(Latest.User);

    private ConflictVersion Latest => note.Versions.OrderBy(version => version.At).ThenBy(version => version.Replica.ToString(), StringComparer.Ordinal).Last();

    private string Other(ConflictVersion? version) => version is null ? "somebody"
        : note.Versions.All(other => other.User == version.User) ? say.Cast.Name(version.User, version.Replica)
        : say.Cast.IsReader(version.User) ? say.Cast.Actor(version.User, version.Replica) : say.Cast.Name(version.User);

    private string Meanwhile() => string.Join(", and ", note.Versions.Where(version => version.Op != "delete").Select(version => $"{Other(version)} {Edit(version)}"));

    private string Deleters() => say.Cast.Names(note.Versions.Where(version => version.Op == "delete").Select(version => version.User));

    private string Editors() => say.Cast.Names(note.Versions.Where(version => version.Op != "delete").Select(version => version.User));

    private string Value(FieldValue? value) => say.Fields.Value(note.Field ?? "", value);

    /// <summary>What the version of an edit holds: a field and what was written to it.</summary>
    private string Edit(ConflictVersion version)
    {
        using var json = System.Text.Json.JsonDocument.Parse(version.Value?.Json ?? "{}");
        if (!json.RootElement.TryGetProperty("field", out var field) || !json.RootElement.TryGetProperty("value", out var written)) return version.Op;
        var (name, value) = (field.GetString()!, FieldValue.From(written));
        var text = value?.AsText() ?? value?.Json ?? "";
        return version.Op switch
        {
            "create" => $"added it as {FieldWords.Quoted(text)}",
            "comment" => $"commented: {FieldWords.Quoted(text)}",
            "editComment" => $"wrote a comment anew: {FieldWords.Quoted(text)}",
            "deleteComment" => "deleted a comment",
            "attach" => "attached a file",
            "detach" => "took an attached file away",
            "resolve" => $"decided: {say.Fields.Value(name, value)}",
            "text" => text.Length == 0 ? $"took words out of the {name}" : $"wrote in the {name}: {FieldWords.Quoted(text)}",
            "add" => $"added the {(name == Fields.Labels ? "label" : "watcher")} {say.Fields.Value(name == Fields.Watchers ? Fields.Assignee : name, value)}",
            "remove" => $"took the {(name == Fields.Labels ? "label" : "watcher")} {say.Fields.Value(name == Fields.Watchers ? Fields.Assignee : name, value)} away",
            _ => $"set the {FieldWords.Name(name)} to {say.Fields.Value(name, value)}",
        };
    }
}
