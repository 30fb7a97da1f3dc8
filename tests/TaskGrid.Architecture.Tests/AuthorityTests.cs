namespace TaskGrid.Architecture.Tests;

public sealed class AuthorityTests
{
    private static readonly IReadOnlyList<CompiledAssembly> Assemblies = [.. House.ProductAssemblies()];
    private static readonly IReadOnlyList<Call> Calls = [.. Assemblies.SelectMany(assembly => assembly.Calls())];

    [Fact]
    public void Decide_is_called_only_in_the_task_grain_and_the_organization_grain()
    {
        var deciding = Calls.Where(Authority.IsDeciding).ToList();
        Assert.NotEmpty(deciding);
        Breaches.None(deciding.Where(call => !Authority.MayDecide(call)));
    }

    [Fact]
    public void Only_the_committer_appends_events()
    {
        var committers = Assemblies.SelectMany(assembly => assembly.Implementers("IEventCommitter")).ToHashSet();
        var appending = Calls.Where(Authority.IsAppending).ToList();
        Assert.NotEmpty(appending);
        Breaches.None(appending.Where(call => !committers.Contains(call.Caller)));
    }

    [Fact]
    public void Nobody_writes_the_event_tables_past_the_session() =>
        Breaches.None(Assemblies.SelectMany(assembly => assembly.Strings()).Concat(Statements()).Where(Authority.WritesEventsBySql));

    [Theory]
    [InlineData("TaskGrid.Gateway", "TaskGrid.Gateway.Sync.PushEndpoint")]
    [InlineData("TaskGrid.Grains", "TaskGrid.Grains.Organizations.BatchRunner")]
    public void A_decision_elsewhere_is_found(string assembly, string caller)
    {
        var call = new Call(assembly, caller, "TaskGrid.Domain.Tasks.TaskDecider", "Decide");
        Assert.True(Authority.IsDeciding(call));
        Assert.False(Authority.MayDecide(call));
    }

    [Theory]
    [InlineData("Marten.Events.IEventStoreOperations", "Append")]
    [InlineData("JasperFx.Events.IEventOperations", "StartStream")]
    public void An_append_is_found(string target, string method) =>
        Assert.True(Authority.IsAppending(new Call("TaskGrid.Gateway", "TaskGrid.Gateway.Seed", target, method)));

    [Theory]
    [InlineData("insert into mt_events (seq_id) values (1)")]
    [InlineData("UPDATE taskgrid.mt_streams SET version = 1")]
    public void SQL_on_the_event_tables_is_found(string sql) => Assert.True(Authority.WritesEventsBySql(sql));

    [Fact]
    public void Calls_in_lambdas_and_async_methods_count_as_their_outermost_type()
    {
        var own = CompiledAssembly.Open("Tests", typeof(AuthorityTests).Assembly.Location);
        var calls = own.Calls().Where(call => call.Target == typeof(Sample).FullName && call.Method == nameof(Sample.Decide));
        Assert.Equal([typeof(Caller).FullName!, typeof(Caller).FullName!, typeof(Caller).FullName!], calls.Select(call => call.Caller));
        Assert.Contains("found by its text", own.Strings());
        Assert.Contains(typeof(Caller).FullName, own.Implementers(nameof(ISample)));
    }

    /// <summary>The statements of the SQL files of the product.</summary>
    private static IEnumerable<string> Statements() =>
        new[] { "grains", "services" }.SelectMany(room => House.FilesUnder(room, "*.sql")).SelectMany(path => File.ReadAllText(path).Split(';'));

}

internal interface ISample;

internal static class Sample
{
    public static string Decide() => "found by its text";
}

internal sealed class Caller : ISample
{
    private readonly Func<string> taken = Sample.Decide;

    /// <summary>Calls on a type without a name.</summary>
    public static int OnAnArray(int[,] table) => table[0, 0] + table.Length;

    public Func<int> InLambda(int times) => () => times + Sample.Decide().Length;

    public async Task<string> InAsync()
    {
        await Task.Yield();
        return Sample.Decide() + taken();
    }
}
