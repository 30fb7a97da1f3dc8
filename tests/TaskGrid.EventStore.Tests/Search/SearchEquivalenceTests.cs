using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using TaskGrid.Contracts;
using TaskGrid.Contracts.Search;
using TaskGrid.EventStore.Marten.Queries;
using TaskGrid.EventStore.Tests.Facts;

namespace TaskGrid.EventStore.Tests.Search;

/// <summary>For any tasks and any filter, the database finds what the evaluator finds: a client offline and a script see the same.</summary>
public sealed class SearchEquivalenceTests(ADatabase database) : IClassFixture<ADatabase>
{
    private const int Tasks = 150;
    private const int Filters = 600;

    private static readonly UserId Me = new(Guid.Parse("0199a6a0-0000-7000-8000-000000000901"));
    private static readonly UserId Ben = new(Guid.Parse("0199a6a0-0000-7000-8000-000000000902"));
    private static readonly DefinitionId Bug = new(Guid.Parse("0199a6a0-0000-7000-8000-000000000701"));
    private static readonly DefinitionId Website = new(Guid.Parse("0199a6a0-0000-7000-8000-000000000801"));
    private static readonly DateOnly Today = new(2026, 11, 23);

    private static readonly string[] Texts =
        ["", "a", "A", "Fence", "fence paint", "ÄRGER", "straße", "İstanbul", "漢字のテスト", "😀 Invoice-draft E42", "a%b_c", "back\\slash 'quote' \"q\"", "ᾈδης", "x\u0301y", "ǅ"];

    private static readonly string[] Dates =
        ["2026-11-22", "2026-11-23", "2026-11-24", "2026-11-22T23:30:00-01:00", "2026-11-24T00:00:00Z", "2026-11-23T10:15:30.123Z", "0001-01-01", "9999-12-31"];

    private static readonly string[] Numbers = ["0", "10", "-1.5", "1e21", "5e-324", "1.7976931348623157e308", "0.1", "1e1", "-0"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static FilterContext Context => new(Me, Today,
        [new MemberLine("member", Me, "Ana", Role.Owner), new MemberLine("member", Ben, "BEN Ólafsson", Role.Member)],
        [Definition("label", Bug, "Bug"), Definition("project", Website, "Website")]);

    [Fact(DisplayName = "[SE5] [SE6] [SE7] [SE8] [SE9] [SE10] [SE11] [SE12] [SE13] [SE14] [SE15] [SE16] [SE17] What the database finds is what the evaluator finds")]
    public async Task Equal()
    {
        const string seed = "0000KmSXvDq1";
        var lines = ImmutableArray.CreateBuilder<TaskLine>();
        Line.Array[Tasks].Sample(all => lines.AddRange(all.Select((line, i) => line with { Id = IdOf(i) })), seed: seed, iter: 1, threads: 1);
        var tasks = await SearchedTasks.StoredAsync(database, lines.ToImmutable(), Context, Token);
        var queries = new List<SearchQuery>();
        Query.Array[Filters].Sample(all => queries.AddRange(all), seed: seed, iter: 1, threads: 1);

        var matched = 0;
        foreach (var query in queries)
        {
            var expected = tasks.Evaluate(query);
            var found = await tasks.FindAsync(query, Token);
            Assert.True(expected.SequenceEqual(found),
                $"seed {seed}: {query.Filter} sorted by {query.Sort}\n expected {string.Join(", ", expected)}\n found    {string.Join(", ", found)}");
            if (!expected.IsEmpty && expected.Length < Tasks) matched++;
        }
        // A run in which most filters find nothing or everything would show little.
        Assert.True(matched > Filters / 3, $"only {matched} of {Filters} filters told tasks apart");
    }

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static TaskId IdOf(int i) => new(Guid.ParseExact($"0199a6a0-0000-7000-8000-{i:x12}", "D"));

    private static DefinitionLine Definition(string kind, DefinitionId id, string name) =>
        new(kind, id, 2, Ordinal.Empty<FieldValue>().Add("name", FieldValue.Of(name)));

    private static readonly Gen<string> Text = AnyOf(Texts);

    private static readonly Gen<FieldValue?> CustomValue = Gen.OneOf(
        Text.Select(text => JsonSerializer.Serialize(text)),
        AnyOf(Numbers),
        AnyOf("true", "false", "null", "{}", "[]", "{\"a\":1}", "[\"a\",10,true]", "[[\"a\"],{\"a\":1},null]", "[\"Fence\",-1.5]"))
        .Select(json => FieldValue.From(JsonDocument.Parse(json).RootElement));

    private static readonly Gen<TaskLine> Line =
        from title in Text
        from description in Text
        from registers in Gen.Select(
            AnyOf<string?>(null, "todo", "doing", "Done", "in"),
            AnyOf<string?>(null, "low", "medium", "high", "urgent", "someday"),
            AnyOf<string?>(null, Me.ToString(), Ben.ToString()),
            AnyOf(Dates),
            AnyOf<string?>(null, Website.ToString()),
            AnyOf<string?>(null, "V", "a", "Z0"),
            CustomValue)
        from hasDue in Gen.Bool
        from labels in AnyOf("bug", "Garden", Bug.ToString(), "ÄRGER").HashSet[0, 3]
        from times in Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5])
        from comment in Text
        from flags in Gen.Select(Gen.Bool, Gen.Int[0, 9])
        select new TaskLine
        {
            Id = default,
            Seq = 1,
            Title = title,
            Description = description,
            Registers = RegistersOf(registers.Item1, registers.Item2, registers.Item3, hasDue ? registers.Item4 : null, registers.Item5, registers.Item6, registers.Item7),
            Labels = [.. labels.Order(Utf8Order.Instance)],
            Watchers = flags.Item1 ? [Me.ToString()] : [],
            Comments = [new CommentLine(default, Me, flags.Item1 ? "" : comment, null, 1, false, flags.Item1)],
            CreatedBy = flags.Item1 ? Me : Ben,
            CreatedAt = ALog.Noon.AddDays(times.Item1 - 3),
            UpdatedAt = ALog.Noon.AddMilliseconds(times.Item2),
            Deleted = flags.Item2 == 0,
        };

    private static ImmutableSortedDictionary<string, FieldValue> RegistersOf(
        string? status, string? priority, string? assignee, string? due, string? project, string? order, FieldValue? custom)
    {
        var all = Ordinal.Empty<FieldValue>();
        void Add(string field, string? value) => all = value is null ? all : all.Add(field, FieldValue.Of(value));
        Add(Fields.Status, status);
        Add(Fields.Priority, priority);
        Add(Fields.Assignee, assignee);
        Add(Fields.DueDate, due);
        Add(Fields.Project, project);
        Add(Fields.Order, order);
        return custom is null ? all : all.Add("custom.x y", custom);
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static readonly Gen<string> QuotedText = Text.Select(Quoted);

    private static readonly Gen<string> DateValue = AnyOf([.. Dates, "today", "today+1d", "today-1w", "today+9999w"]);

    private static readonly Gen<string> Order = AnyOf("<", "<=", ">", ">=");

    private static readonly Gen<string> Term = Gen.OneOf(
        AnyOf("deleted", "status is empty", "assignee is empty", "due is not empty", "label is empty", "watcher is empty", "title is empty",
            "custom.\"x y\" is empty", "custom.nothing is empty", "creator is empty", "created is empty", "priority is empty", "parent is empty", "project is empty"),
        Gen.Select(AnyOf("status", "title", "label"), AnyOf("=", "!=", "~"), Gen.OneOf(QuotedText, AnyOf("todo", "done", "Done", "bug", "garden", "BUG", "o")))
            .Select(x => $"{x.Item1} {x.Item2} {x.Item3}"),
        Gen.Select(AnyOf("status", "label", "title"), QuotedText, AnyOf("todo", "bug", "Garden")).Select(x => $"{x.Item1} not in ({x.Item2}, {x.Item3})"),
        Gen.Select(AnyOf("assignee", "creator", "watcher"), AnyOf("=", "!="), AnyOf("me", "\"me\"", "\"ben ólafsson\"", Ben.ToString(), "nobody"))
            .Select(x => $"{x.Item1} {x.Item2} {x.Item3}"),
        AnyOf("project = website", "project != WEBSITE", "project = nothing", $"parent = {Me}"),
        Gen.Select(AnyOf("due", "created", "updated"), AnyOf("=", "!=", "<", "<=", ">", ">="), DateValue).Select(x => $"{x.Item1} {x.Item2} {x.Item3}"),
        Gen.Select(Order, AnyOf("low", "medium", "high", "urgent", "someday")).Select(x => $"priority {x.Item1} {x.Item2}"),
        QuotedText.Select(text => $"text ~ {text}"),
        Gen.Select(AnyOf("=", "!=", "<", "<=", ">", ">=", "~"), Gen.OneOf(QuotedText, AnyOf(Numbers), AnyOf("true", "false", "a", "\"10\"", "9")))
            .Select(x => $"custom.\"x y\" {x.Item1} {x.Item2}"));

    private static readonly Gen<string> Filter = Gen.Recursive<string>((depth, filter) => depth > 3
        ? Term
        : Gen.Frequency(
            (4, Term),
            (1, Gen.Select(filter, filter).Select(x => $"({x.Item1} and {x.Item2})")),
            (1, Gen.Select(filter, filter).Select(x => $"({x.Item1} or {x.Item2})")),
            (1, filter.Select(x => $"not {x}"))));

    private static readonly Gen<string?> Sort = AnyOf<string?>(null, "due", "-due", "title", "-title,due", "priority,-status", "-priority,order", "status,-created,title", "order", "-order", "updated", "-created");

    private static readonly Gen<SearchQuery> Query = Gen.Select(Filter, Sort, AnyOf(1, 7, 60, 500), Gen.Frequency((8, AnyOf<string?>([null])), (2, AnyOf<string?>(Texts))))
        .Select(x => new SearchQuery(Me, x.Item1, x.Item4, x.Item2, null, x.Item3 == 1 ? 3 : x.Item3) { Today = Today });
}
