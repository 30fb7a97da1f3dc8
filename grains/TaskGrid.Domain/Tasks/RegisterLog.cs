using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Domain.Tasks;

/// <summary>A register with all its steps, as the events of its task tell it.</summary>
public static class RegisterLog
{
    /// <summary>Folds a task's events as far as they write the field.</summary>
    public static Register Of(IEnumerable<TaskEvent> events, string field)
    {
        var register = Register.Empty;
        foreach (var e in events)
            if (Writes(e, field, out var value)) register = TaskEvolver.Written(register, e.Meta, value);
        return register;
    }

    private static bool Writes(TaskEvent e, string field, out FieldValue? value)
    {
        (var writes, value) = e switch
        {
            TaskEvent.Created created => (created.Values.Registers.ContainsKey(field), created.Values.Registers.GetValueOrDefault(field)),
            TaskEvent.FieldSet set => (set.Field == field && !set.Loop, set.Value),
            TaskEvent.ConflictResolved { Write: { } write } => (write.Field == field, write.Value),
            _ => (false, null),
        };
        return writes;
    }
}
