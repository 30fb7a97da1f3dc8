using System.Collections.Immutable;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>A row that cannot be imported.</summary>
internal sealed record ImportFault(int Row, string Detail);

/// <summary>What an import will write: projects that are missing, then tasks, parents before their subtasks.</summary>
internal sealed record ImportPlan(IReadOnlyList<ChangeBody> Changes, int Tasks, int Projects, int Existing, IReadOnlyList<ImportFault> Faults)
{
    public static ImportPlan Make(IReplicaReading reading, IReadOnlyList<ImportRow> rows, Workspace workspace)
    {
        var maker = new Maker(reading, workspace);
        foreach (var row in rows) maker.Name(row);
        foreach (var row in rows) maker.Take(row);
        return maker.End();
    }

    private sealed class Maker(IReplicaReading reading, Workspace workspace)
    {
        private readonly Dictionary<string, TaskId> ids = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, DefinitionId> projects = new(StringComparer.OrdinalIgnoreCase);
        private readonly IReadOnlyList<DefinitionLine> definitions = ReplicaView.Definitions(reading);
        private readonly Dictionary<string, UserId> people = new(StringComparer.OrdinalIgnoreCase);
        private readonly List<ChangeBody> defined = [];
        private readonly Dictionary<TaskId, (int Row, ChangeBody.Create Create)> creates = [];
        private readonly List<ImportFault> faults = [];
        private int existing;

        /// <summary>Ids first, so that a subtask may stand before its parent.</summary>
        public void Name(ImportRow row)
        {
            if (row["id"] is { Length: > 0 } key && !ids.TryAdd(key, IdText.TryParse<TaskId>(key.ToLowerInvariant(), out var known) ? known : TaskId.From(workspace.NewId())))
                faults.Add(new ImportFault(row.Number, $"the id '{key}' stands twice in the file"));
        }

        public void Take(ImportRow row)
        {
            try
            {
                var task = row["id"] is { Length: > 0 } key ? ids[key] : TaskId.From(workspace.NewId());
                if (row["id"].Length > 0 && ReplicaView.Task(reading, task) is not null)
                {
                    existing++;
                    return;
                }
                if (row[Fields.Title].Trim().Length == 0) throw new CommandStopped(Codes.Invalid, "it has no title");
                creates.TryAdd(task, (row.Number, new ChangeBody.Create(task, new TaskValues(row[Fields.Title], row[Fields.Description], Registers(row), Labels(row), []))));
            }
            catch (CommandStopped fault)
            {
                faults.Add(new ImportFault(row.Number, fault.Message));
            }
        }

        public ImportPlan End()
        {
            var ordered = new ImportOrder(creates).ParentsFirst(faults);
            var check = Replica.Check(reading);
            foreach (var (row, create) in ordered)
                if (check(create) is { } fault) faults.Add(new ImportFault(row, fault));
            return new ImportPlan([.. defined, .. ordered.Select(item => item.Create)], ordered.Count, defined.Count, existing, [.. faults.OrderBy(fault => fault.Row)]);
        }

        private ImmutableSortedDictionary<string, FieldValue> Registers(ImportRow row)
        {
            var registers = Ordinal.Empty<FieldValue>();
            foreach (var (column, cell) in row.Cells)
            {
                if (cell.Length == 0 || Fields.KindOf(column) != FieldKind.Register) continue;
                registers = registers.SetItem(column, column switch
                {
                    Fields.Assignee => FieldValue.Of(Person(cell).ToString()),
                    Fields.Project => FieldValue.Of(Project(cell).ToString()),
                    Fields.Parent => FieldValue.Of(Parent(cell).ToString()),
                    Fields.DueDate => FieldValue.Of(FieldOptions.Day(cell, workspace.Time)),
                    _ when Fields.IsCustom(column) => FieldOptions.JsonOrText(cell) ?? FieldValue.Of(cell),
                    _ => FieldValue.Of(cell),
                });
            }
            return registers;
        }

        private UserId Person(string cell) => people.TryGetValue(cell, out var known) ? known : people[cell] = People.Find(reading, cell);

        private TaskId Parent(string cell) => ids.TryGetValue(cell, out var known)
            ? known
            : IdText.TryParse<TaskId>(cell, out var task) && ReplicaView.Task(reading, task) is not null
                ? task
                : throw new CommandStopped(Codes.Unknown, $"its parent '{cell}' is neither in the file nor a task");

        private DefinitionId Project(string cell)
        {
            if (projects.TryGetValue(cell, out var known)) return known;
            if (Things.FindOrNull(definitions, "project", cell) is { } line) return projects[cell] = line.Id;
            var id = projects[cell] = DefinitionId.From(workspace.NewId());
            defined.Add(new ChangeBody.Define("project", id, Ordinal.Empty<FieldValue?>().SetItem("name", FieldValue.Of(cell))));
            return id;
        }

        private static ImmutableArray<string> Labels(ImportRow row) =>
            [.. row[Fields.Labels].Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Order(Utf8Order.Instance)];
    }
}
