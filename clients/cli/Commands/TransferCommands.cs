using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Spectre.Console;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>import and export. Both work offline.</summary>
internal static class TransferCommands
{
    private const int Batch = 500;
    private const int FaultsShown = 20;
    private static readonly Argument<string> From = new("file") { Description = "A CSV or JSON file; - reads standard input" };
    private static readonly Argument<string?> To = new("file") { Arity = ArgumentArity.ZeroOrOne, Description = "Where to; without one, standard output" };
    private static readonly Option<string?> Format = new Option<string?>("--format") { Description = "csv or json (default: by the file's name, else json)" }.AcceptOnlyFromAmong("csv", "json");
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Check everything and write nothing" };
    private static readonly Option<bool> Digest = new("--digest") { Description = "Only print the digest of the synced state" };

    public static void AddTo(Command root, TimeProvider time)
    {
        root.Add("import", $"Add the tasks of a file: all of it, or, where a row is wrong, nothing. Columns: {string.Join(", ", ImportColumns.Known)}, custom.<name>",
            time, [From, Format, DryRun], Import);
        root.Add("export", "Write everything out. The JSON of two devices that are in sync is the same, byte for byte", time, [To, Format, Digest], Export);
    }

    private static int Import(Invocation run)
    {
        var file = run.Get(From)!;
        var rows = Rows(file, run.Get(Format) ?? (file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? "json" : "csv"));
        var plan = run.Workspace.Store.Read(reading => ImportPlan.Make(reading, rows, run.Workspace));
        if (plan.Faults.Count > 0) return Refused(run, plan);
        if (!run.Get(DryRun)) Write(run, plan);
        run.Screen.Answer(new JsonObject { ["tasks"] = plan.Tasks, ["projects"] = plan.Projects, ["existing"] = plan.Existing, ["dryRun"] = run.Get(DryRun) },
            $"{(run.Get(DryRun) ? "Would import" : "Imported")} {plan.Tasks} tasks{(plan.Projects > 0 ? $" and {plan.Projects} new projects" : "")}"
            + $"{(plan.Existing > 0 ? $"; {plan.Existing} were there already" : "")}.");
        return ExitCodes.Done;
    }

    private static IReadOnlyList<ImportRow> Rows(string file, string format)
    {
        try
        {
            using var reader = file == "-" ? Console.In : new StreamReader(file, Encoding.UTF8);
            return format == "json" ? ImportRow.ReadJson(reader.ReadToEnd()) : ImportRow.ReadCsv(reader);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandStopped("not_found", $"There is no file {file}.");
        }
    }

    private static int Refused(Invocation run, ImportPlan plan)
    {
        if (run.Screen.Json)
            run.Screen.Write(new JsonObject { ["tasks"] = 0, ["faults"] = new JsonArray([.. plan.Faults.Select(fault => (JsonNode)new JsonObject { ["row"] = fault.Row, ["detail"] = fault.Detail })]) });
        foreach (var fault in plan.Faults.Take(FaultsShown)) run.Screen.Note($"Row {fault.Row}: {fault.Detail}");
        if (plan.Faults.Count > FaultsShown) run.Screen.Note($"… and {plan.Faults.Count - FaultsShown} more; with --json all of them.");
        run.Screen.Error(Codes.Invalid, $"{plan.Faults.Count} rows are wrong; nothing was imported.");
        return ExitCodes.Refused;
    }

    private static void Write(Invocation run, ImportPlan plan)
    {
        if (!run.Screen.Lively)
        {
            foreach (var part in plan.Changes.Chunk(Batch)) Verb.Written(run.Workspace.Replica.Write(part));
            return;
        }
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Progress().AutoClear(true).Start(context =>
        {
            var bar = context.AddTask("Importing", maxValue: plan.Changes.Count);
            foreach (var part in plan.Changes.Chunk(Batch))
            {
                Verb.Written(run.Workspace.Replica.Write(part));
                bar.Increment(part.Length);
            }
        });
    }

    private static int Export(Invocation run)
    {
        if (run.Get(Digest))
        {
            var digest = Sync.TaskDigest.Format(run.Workspace.Store.Read(reading => reading.Mark.Digest));
            run.Screen.Answer(new JsonObject { ["digest"] = digest }, digest);
            return ExitCodes.Done;
        }
        var file = run.Get(To);
        var csv = (run.Get(Format) ?? (file?.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) == true ? "csv" : "json")) == "csv";
        using var to = file is null ? new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) : new StreamWriter(file, append: false, new UTF8Encoding(false));
        to.NewLine = "\n";
        run.Workspace.Store.Read(reading =>
        {
            if (csv) ExportFile.Csv(reading, to);
            else ExportFile.Json(reading, to);
            return true;
        });
        return ExitCodes.Done;
    }
}
