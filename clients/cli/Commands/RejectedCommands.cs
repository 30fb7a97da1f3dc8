using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>rejected: the changes that the server refused. Nothing is dropped until its user says so. Works offline.</summary>
internal static class RejectedCommands
{
    private static readonly Argument<long> One = new("id") { Description = "Its id in the list" };
    private static readonly Argument<FileInfo?> File = new("file") { Arity = ArgumentArity.ZeroOrOne, Description = "Where to write it; standard output without one" };
    private static readonly Option<bool> Unsent = new("--unsent") { Description = "Also the changes that are not sent yet" };

    public static void AddTo(Command root, TimeProvider time)
    {
        var rejected = new Command("rejected", "Changes that the server refused");
        root.Subcommands.Add(rejected);
        rejected.Add("list", "List them, with the reason", time, [Unsent], List);
        rejected.Add("show", "Show one: what it would have done, why it was refused, what it holds", time, [One], Show);
        rejected.Add("copy", "Print what one holds and nothing else, for a pipe or the clipboard", time, [One], Copy);
        rejected.Add("export", "Write them as JSON", time, [File, Unsent], Export);
        RejectedEndings.AddTo(rejected, time);
    }

    private static int List(Invocation run)
    {
        var (json, rows) = run.Workspace.Store.Read(reading =>
        {
            var words = new RejectionWords(Wording.Of(reading, run.Workspace.Time), reading);
            var moments = Wording.Of(reading, run.Workspace.Time).Moments;
            var all = reading.Rejected();
            List<IReadOnlyList<string>> rows = [.. all.Select(change => (IReadOnlyList<string>)
            [
                change.Id.ToString(CultureInfo.InvariantCulture), moments.Ago(change.Time), words.Task(change.Change.Body), words.Deed(change.Change.Body), RejectionWords.Reason(change),
            ])];
            if (run.Get(Unsent))
                rows.AddRange(Waiting(reading).Select(change => (IReadOnlyList<string>)["", moments.Ago(change.Change.At.Time), words.Task(change.Change.Body), words.Deed(change.Change.Body), "not sent yet"]));
            return (All(reading, run.Get(Unsent), words), rows);
        });
        if (run.Screen.Json) run.Screen.Write(json);
        else if (rows.Count > 0) run.Screen.Table(["Id", "When", "Task", "What", "Why it was refused"], rows);
        else run.Screen.Note("Nothing was refused.");
        if (rows.Any(row => row[0].Length > 0) && !run.Screen.Json) run.Screen.Note("To try again: taskgrid rejected retry. More: taskgrid rejected show <id>");
        return ExitCodes.Done;
    }

    private static int Show(Invocation run)
    {
        var change = Find(run, run.Get(One));
        var (words, json) = run.Workspace.Store.Read(reading =>
        {
            var (say, told) = (Wording.Of(reading, run.Workspace.Time), new RejectionWords(Wording.Of(reading, run.Workspace.Time), reading));
            return (new[]
            {
                $"{told.Task(change.Change.Body)}: {told.Deed(change.Change.Body)}".TrimStart(':', ' '),
                $"Made {say.Moments.At(change.Change.At.Time)}, refused {say.Moments.At(change.Time)}: {RejectionWords.Reason(change)}.",
                RejectionWords.Advice(change), told.Content(change.Change.Body),
            }, Json(change, told));
        });
        if (run.Screen.Json)
        {
            run.Screen.Write(json);
            return ExitCodes.Done;
        }
        run.Screen.Say(0, new Ink(words[0], Tone.Strong));
        foreach (var sentence in words[1..3]) run.Screen.Say(0, sentence);
        if (words[3].Length > 0) run.Screen.Say(2, "\n", words[3]);
        run.Screen.Say(0, "");
        foreach (var (what, verb) in new[] { ("To try it again", "retry"), ("To print only what it holds", "copy"), ("To forget it", "forget") })
            run.Screen.Say(4, new Ink($"{what}: ", Tone.Faint), string.Create(CultureInfo.InvariantCulture, $"taskgrid rejected {verb} {change.Id}"));
        return ExitCodes.Done;
    }

    private static int Copy(Invocation run)
    {
        var change = Find(run, run.Get(One));
        var content = run.Workspace.Store.Read(reading => new RejectionWords(Wording.Of(reading, run.Workspace.Time), reading).Content(change.Change.Body));
        if (run.Screen.Json) run.Screen.Write(new JsonObject { ["content"] = content });
        else run.Screen.Line(content);
        return ExitCodes.Done;
    }

    private static int Export(Invocation run)
    {
        var all = run.Workspace.Store.Read(reading => All(reading, run.Get(Unsent), new RejectionWords(Wording.Of(reading, run.Workspace.Time), reading)));
        if (run.Get(File) is not { } file)
        {
            run.Screen.Write(all);
            return ExitCodes.Done;
        }
        System.IO.File.WriteAllText(file.FullName, Screen.Indented(all) + "\n");
        run.Screen.Answer(new JsonObject { ["file"] = file.FullName, ["changes"] = all.Count }, $"Wrote {Moments.Many(all.Count, "change")} to {file.FullName}");
        return ExitCodes.Done;
    }

    private static RejectedChange Find(Invocation run, long id) =>
        run.Workspace.Store.Read(reading => reading.Rejected()).FirstOrDefault(change => change.Id == id) ?? throw NotThere();

    /// <summary>Names an id that is not there.</summary>
    public static CommandStopped NotThere() => new(Codes.Unknown, "There is no such id in the list. See: taskgrid rejected list");

    private static IEnumerable<OutboxChange> Waiting(IReplicaReading reading) => reading.Pending().Where(change => change.State < OutboxState.Answered);

    private static JsonArray All(IReplicaReading reading, bool unsent, RejectionWords words)
    {
        var all = new JsonArray([.. reading.Rejected().Select(change => Json(change, words))]);
        if (unsent) foreach (var change in Waiting(reading)) all.Add(new JsonObject { ["replica"] = change.Origin.Replica.ToString(), ["change"] = Json(change.Change) });
        return all;
    }

    private static JsonNode Json(RejectedChange change, RejectionWords words) => new JsonObject
    {
        ["id"] = change.Id, ["code"] = change.Code, ["detail"] = change.Detail, ["reason"] = RejectionWords.Reason(change), ["time"] = WireTime.Format(change.Time),
        ["content"] = words.Content(change.Change.Body), ["replica"] = change.Origin.Replica.ToString(), ["change"] = Json(change.Change),
    };

    private static JsonNode Json(Change change) => JsonNode.Parse(JsonSerializer.Serialize(change, ContractsJson.Default.Change))!;
}
