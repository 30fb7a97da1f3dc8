namespace TaskGrid.Benchmarks.Traces;

/// <summary>
/// The steps of a concurrent trace as the log of a server that takes them in, in an order that the trace allows:
/// <code>
///   steps:  1:a   2:a   3:b(1)   4:a   5:b(3, 2)   6:a(4, 3)        (parents)
///   base:    0     0     1        0     2           3               a has seen 1, 2, 4 anyway: they are his own
/// </code>
/// An agent is a replica; a step with a parent of somebody else's is a pull up to it, so its base is the last seq of another agent's among
/// all that is before it. Base and own edits say the same as the parents if these hold every earlier step of the agent's own, and every
/// step of others up to that base. Both are checked; a trace for which it is not so is refused.
/// </summary>
internal sealed class TraceLog
{
    private readonly Trace trace;
    private readonly int agents;
    private readonly int[][] seen;    // of each step: how many steps of each agent are before it, itself included
    private readonly int[] own;       // of each step: which of its agent's it is, from 1 on
    private readonly List<int>[] of;  // the steps of each agent

    public TraceLog(Trace trace)
    {
        this.trace = trace;
        agents = trace.Steps.Max(step => step.Agent) + 1;
        of = [.. Enumerable.Range(0, agents).Select(_ => new List<int>())];
        (seen, own) = (new int[trace.Steps.Count][], new int[trace.Steps.Count]);
        for (var i = 0; i < seen.Length; i++)
        {
            var step = trace.Steps[i];
            seen[i] = [.. Enumerable.Range(0, agents).Select(a => step.Parents!.Select(parent => seen[parent][a]).DefaultIfEmpty().Max())];
            if (seen[i][step.Agent] != of[step.Agent].Count) throw new InvalidOperationException($"step {i} has not seen an earlier one of its own agent");
            of[step.Agent].Add(i);
            own[i] = ++seen[i][step.Agent];
        }
    }

    public int Agents => agents;

    /// <summary>As the file has them.</summary>
    public IReadOnlyList<TracedChange> InOrderOfFile() => Sequenced([.. Enumerable.Range(0, seen.Length)]);

    /// <summary>
    /// The first agent as far as it comes without what it had seen of others, then the next one, and so on, round and round: another
    /// order in which the same steps might have reached the server.
    /// </summary>
    public IReadOnlyList<TracedChange> AgentByAgent(IReadOnlyList<int> preferred)
    {
        var (taken, order) = (new int[agents], new List<int>(seen.Length));
        while (order.Count < seen.Length)
        {
            var agent = preferred.First(a => taken[a] < of[a].Count && IsReady(of[a][taken[a]], taken));
            order.Add(of[agent][taken[agent]++]);
        }
        return Sequenced(order);
    }

    private bool IsReady(int step, int[] taken) =>
        Enumerable.Range(0, agents).All(a => taken[a] >= (a == trace.Steps[step].Agent ? own[step] - 1 : seen[step][a]));

    private List<TracedChange> Sequenced(List<int> order)
    {
        var seqOf = new long[seen.Length];
        foreach (var (i, step) in order.Index()) seqOf[step] = i + 1;
        return [.. order.Select(i => new TracedChange(trace.Steps[i].Agent, own[i], BaseOf(i, seqOf), TracedChange.EditOf(trace.Steps[i])))];
    }

    private long BaseOf(int step, long[] seqOf)
    {
        var others = Enumerable.Range(0, agents).Where(a => a != trace.Steps[step].Agent).ToList();
        var @base = others.Max(a => seen[step][a] == 0 ? 0 : seqOf[of[a][seen[step][a] - 1]]);
        if (others.Any(a => seen[step][a] < of[a].Count && seqOf[of[a][seen[step][a]]] <= @base))
            throw new InvalidOperationException($"step {step} has seen a later step of others, but not an earlier one");
        return @base;
    }
}
