using System.Collections.Immutable;

namespace TaskGrid.Contracts.Search;

/// <summary>A test of a task, with nothing left to look up: a closed family, translated for a database or asked of a line.</summary>
public abstract record TaskTest
{
    private TaskTest() { }

    /// <summary>Every task passes.</summary>
    public static TaskTest Always { get; } = new All([]);

    /// <summary>No task passes.</summary>
    public static TaskTest Never { get; } = new Any([]);

    /// <summary>Passes all of these.</summary>
    /// <param name="Tests">None: always.</param>
    public sealed record All(ImmutableArray<TaskTest> Tests) : TaskTest;

    /// <summary>Passes any of these.</summary>
    /// <param name="Tests">None: never.</param>
    public sealed record Any(ImmutableArray<TaskTest> Tests) : TaskTest;

    /// <summary>Does not pass this.</summary>
    /// <param name="Test">The other test.</param>
    public sealed record Not(TaskTest Test) : TaskTest;

    /// <summary>Is a tombstone.</summary>
    public sealed record IsDeleted : TaskTest;

    /// <summary>A string member, or any value of a set, equals any of these.</summary>
    /// <param name="Field">Of a kind that holds strings.</param>
    /// <param name="Values">None: never.</param>
    public sealed record Equal(FilterField Field, ImmutableArray<string> Values) : TaskTest;

    /// <summary>A string member, or any value of a set, contains this in lower case; or a label is one of these.</summary>
    /// <param name="Field">A string or the labels.</param>
    /// <param name="Lower">In lower case.</param>
    /// <param name="Labels">Ids of labels whose name contains it.</param>
    public sealed record Contains(FilterField Field, string Lower, ImmutableArray<string> Labels) : TaskTest;

    /// <summary>Has no value.</summary>
    /// <param name="Field">The field.</param>
    public sealed record IsEmpty(FilterField Field) : TaskTest;

    /// <summary>A date is not before the one and before the other instant.</summary>
    /// <param name="Field">A date.</param>
    /// <param name="From">Null: from ever.</param>
    /// <param name="Before">Null: for ever.</param>
    public sealed record Within(FilterField Field, DateTimeOffset? From, DateTimeOffset? Before) : TaskTest;

    /// <summary>The priority's rank is within these, both included.</summary>
    /// <param name="Lowest">The lowest.</param>
    /// <param name="Highest">The highest.</param>
    public sealed record Ranked(int Lowest, int Highest) : TaskTest;

    /// <summary>Every one of these is the beginning of some word.</summary>
    /// <param name="Beginnings">None: always.</param>
    public sealed record HasWords(ImmutableArray<string> Beginnings) : TaskTest;

    /// <summary>A custom field compares with a value [SE11].</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Operator">Not <see cref="FilterOperator.NotEqual"/>: that is the opposite of equal.</param>
    /// <param name="Value">The value; in lower case where it is to be contained.</param>
    public sealed record Custom(string Name, FilterOperator Operator, CustomOperand Value) : TaskTest;
}

/// <summary>What a custom field is compared with.</summary>
/// <param name="Text">As a string.</param>
/// <param name="Number">As a number, where it is a bare JSON number.</param>
/// <param name="Truth">As true or false, where it is one of these words.</param>
public sealed record CustomOperand(string Text, double? Number, bool? Truth);
