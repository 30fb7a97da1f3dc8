using TaskGrid.Benchmarks;
using TaskGrid.Benchmarks.Merge;
using TaskGrid.Benchmarks.Traces;

// tests/bench <what> [--name value …]: runs against the server as people run it, on a durable PostgreSQL of its own.
var what = args.FirstOrDefault() ?? "help";
var options = BenchOptions.Parse(args.Skip(1).ToArray());
switch (what)
{
    case "seed":
        await SeedCommand.RunAsync(options);
        return 0;
    case "push":
        return await PushBench.RunAsync(options);
    case "snapshot":
        return await SnapshotBench.RunAsync(options);
    case "load":
        return await TaskGrid.Benchmarks.Load.LoadCommand.RunAsync(options);
    case "propagation":
        return await PropagationBench.RunAsync(options);
    case "merge":
        return await MergeBench.RunAsync(options);
    case MergeBench.InnerCommand:
        return MergeBench.Inner(options);
    case "traces":
        return await TraceBench.RunAsync(options);
    case TraceBench.InnerCommand:
        return TraceBench.Inner(options);
    default:
        Console.WriteLine("""
            tests/bench seed        --url URL --email E --password P   the reference organization, into a running server
            tests/bench push        [--clients 8 --changes 500 --rounds 5 --tasks 10000]
            tests/bench snapshot    [--rounds 5 --tasks 10000]
            tests/bench propagation [--connections 50 --rate 20 --seconds 20]
            tests/bench merge       [--edits 10000 --rounds 7]
            tests/bench traces      [--folder FOLDER --rounds 5]           public editing traces, in ../shared/traces if not said
            tests/load --help      the same engine, many clients, a running cluster
            """);
        return what == "help" ? 0 : 2;
}
