using System.Text;

namespace TaskGrid.Contracts.Search;

/// <summary>
/// A filter of SPEC part IV. The server translates it for its database, clients ask <see cref="Matches"/>; both go by what
/// <see cref="Bind"/> makes of it.
/// </summary>
public sealed class TaskFilter
{
    private const int MaxBytes = 4 * 1024;

    private TaskFilter(FilterNode? root) => Root = root;

    /// <summary>What was asked; null for everything that is not deleted.</summary>
    public FilterNode? Root { get; }

    /// <summary>The filter that asks for nothing.</summary>
    public static TaskFilter Everything { get; } = new(null);

    /// <summary>Reads a filter; null is the empty one.</summary>
    public static FilterReading Parse(string? filter)
    {
        if (filter is null) return new FilterReading.Read(Everything);
        if (!CanonicalJson.IsClean(filter)) return new FilterReading.Invalid(0, "it holds U+0000 or a lone surrogate");
        if (Encoding.UTF8.GetByteCount(filter) > MaxBytes) return new FilterReading.Invalid(0, $"it is longer than {MaxBytes} bytes");
        try
        {
            return new FilterReading.Read(new TaskFilter(FilterParser.Parse(filter)));
        }
        catch (FilterFault fault)
        {
            return new FilterReading.Invalid(fault.Position, fault.Message);
        }
    }

    /// <summary>The test that a task must pass: names found, dates counted, <c>me</c> known. <paramref name="words"/> is the full text looked for beside the filter.</summary>
    public TaskTest Bind(FilterContext context, string? words = null)
    {
        var test = Root is null ? TaskTest.Always : FilterBinder.Bind(Root, context);
        if (words is not null) test = new TaskTest.All([test, new TaskTest.HasWords([.. TaskWords.Of(words)])]);
        // [SE7]
        return Root is not null && MentionsDeleted(Root) ? test : new TaskTest.All([test, new TaskTest.Not(new TaskTest.IsDeleted())]);
    }

    /// <summary>True if the task is among what the filter asks for. Who asks of many tasks binds once.</summary>
    public bool Matches(TaskLine task, FilterContext context) => TaskMatcher.Passes(task, Bind(context));

    private static bool MentionsDeleted(FilterNode node) => node switch
    {
        FilterNode.Deleted => true,
        FilterNode.And and => and.Nodes.Any(MentionsDeleted),
        FilterNode.Or or => or.Nodes.Any(MentionsDeleted),
        FilterNode.Not not => MentionsDeleted(not.Node),
        _ => false,
    };
}

/// <summary>What became of reading a filter.</summary>
public abstract record FilterReading
{
    private FilterReading() { }

    /// <summary>It is of the grammar.</summary>
    /// <param name="Filter">The filter.</param>
    public sealed record Read(TaskFilter Filter) : FilterReading;

    /// <summary>It is not.</summary>
    /// <param name="Position">Where the offending token begins, in code points.</param>
    /// <param name="Detail">What is wrong, for a person.</param>
    public sealed record Invalid(int Position, string Detail) : FilterReading;
}
