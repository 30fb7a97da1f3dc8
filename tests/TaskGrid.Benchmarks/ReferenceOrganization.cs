using System.Text;
using TaskGrid.Contracts;

namespace TaskGrid.Benchmarks;

/// <summary>
/// The reference organization (DESIGN §9), from a fixed seed: tasks, 60 projects, 50 members, descriptions of mean 400 and p99 8,000 code points in
/// English, CJK and emoji, 3 labels a task, 2 comments a task, 6 changes of history a task.
/// </summary>
internal sealed class ReferenceOrganization(int tasks)
{
    /// <summary>Its members, the owner among them.</summary>
    public const int People = 50;

    private const int Seed = 20261123;
    private static readonly string[] English =
        "the a of and to deploy review draft plan fix write ship server client report customer invoice design meeting release bug test search slow page login export budget team weekly sprint document offline merge conflict"
            .Split(' ');
    private static readonly string[] Chinese = ["设计", "会议", "发布", "测试", "客户", "报告", "文档", "同步", "离线", "合并"];
    private static readonly string[] Emoji = ["🚀", "👩‍💻", "✅", "🐛", "📦", "🎉"];
    private static readonly string[] Labels = ["bug", "feature", "urgent", "design", "backend", "frontend", "docs", "infra", "research", "sales"];
    private static readonly string[] Statuses = ["todo", "doing", "done", "cancelled"];
    private static readonly string[] Priorities = ["urgent", "high", "medium", "low"];
    private readonly Random random = new(Seed);

    public IReadOnlyList<TaskId> Tasks { get; private set; } = [];

    public IReadOnlyList<DefinitionId> Projects { get; private set; } = [];

    /// <summary>Everything in the order in which it happened.</summary>
    public IEnumerable<ChangeBody> Bodies()
    {
        Projects = [.. Enumerable.Range(0, 60).Select(_ => new DefinitionId(NewId()))];
        foreach (var (project, index) in Projects.Select((p, i) => (p, i)))
            yield return new ChangeBody.Define("project", project, Ordinal.Empty<FieldValue?>().Add("name", FieldValue.Of($"Project {index + 1}")));
        Tasks = [.. Enumerable.Range(0, tasks).Select(_ => new TaskId(NewId()))];
        foreach (var task in Tasks) yield return Create(task);
        for (var i = 0; i < tasks * 2; i++)
            yield return new ChangeBody.Comment(Tasks[random.Next(tasks)], new CommentId(NewId()), Words(random.Next(20, 200)), null);
        for (var i = 0; i < tasks * 3; i++) yield return Edit(Tasks[random.Next(tasks)]);
    }

    private ChangeBody Create(TaskId task) => new ChangeBody.Create(task, new TaskValues(
        Words(random.Next(15, 70)),
        Words(DescriptionLength()),
        Ordinal.Empty<FieldValue>()
            .Add(Fields.Status, FieldValue.Of(Pick(Statuses)))
            .Add(Fields.Priority, FieldValue.Of(Pick(Priorities)))
            .Add(Fields.Project, FieldValue.Of(Projects[random.Next(Projects.Count)].ToString()))
            .Add(Fields.DueDate, FieldValue.Of($"2026-{random.Next(1, 13):00}-{random.Next(1, 29):00}")),
        [.. Enumerable.Range(0, 3).Select(_ => Pick(Labels)).Distinct().Order(Utf8Order.Instance)],
        []));

    private ChangeBody Edit(TaskId task) => random.Next(4) switch
    {
        0 => new ChangeBody.Set(task, Fields.Status, FieldValue.Of(Pick(Statuses))),
        1 => new ChangeBody.Set(task, Fields.Priority, FieldValue.Of(Pick(Priorities))),
        2 => new ChangeBody.Text(task, Fields.Title, TextEdit.InsertAt(0, "· ")),
        _ => new ChangeBody.Add(task, Fields.Labels, Pick(Labels)),
    };

    /// <summary>Most are short (mean about 280), one in seventy is long (8,000 to 9,000): mean 400, p99 8,000.</summary>
    private int DescriptionLength() => random.NextDouble() < 1.0 / 70
        ? random.Next(8000, 9000)
        : (int)Math.Min(2000, -280 * Math.Log(1 - random.NextDouble()));

    private string Words(int codePoints)
    {
        var text = new StringBuilder();
        for (var length = 0; length < codePoints;)
        {
            var word = random.Next(20) switch { 0 => Pick(Emoji), < 5 => Pick(Chinese), _ => Pick(English) };
            if (length > 0) text.Append(' ');
            text.Append(word);
            length += word.EnumerateRunes().Count() + 1;
        }
        return text.ToString();
    }

    private string Pick(string[] from) => from[random.Next(from.Length)];

    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
