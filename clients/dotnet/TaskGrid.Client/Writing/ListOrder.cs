using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Client;

/// <summary>
/// Lists that people order by hand. A task gets a key between those of its neighbours; where there is no room between them (two people gave
/// the same key, or never any) or keys have grown long, some neighbours get new keys too, as ordinary changes.
/// </summary>
public static class ListOrder
{
    // New keys leave room for as many moves again.
    private const int Short = OrderKey.Comfortable / 2;

    /// <summary>Tasks as a list shows them: by key, between equal ones by id, those without a key last.</summary>
    public static IEnumerable<TaskLine> Sorted(IEnumerable<TaskLine> tasks) => tasks
        .OrderBy(task => KeyOf(task) is null)
        .ThenBy(KeyOf, StringComparer.Ordinal)
        .ThenBy(task => task.Id);

    /// <summary>The changes that bring a task to a place: one, and where there is no room a few more.</summary>
    /// <param name="list">The others, as the list shows them (<see cref="Sorted"/>).</param>
    /// <param name="task">The task.</param>
    /// <param name="index">How many of the others stand before it then.</param>
    public static IReadOnlyList<ChangeBody> Place(IReadOnlyList<TaskLine> list, TaskId task, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, list.Count);
        // A task with a key stands before all without: what stands before it must have one.
        var from = Enumerable.Range(0, index).FirstOrDefault(i => KeyOf(list[i]) is null, index);
        var to = index;
        for (var step = 1; ; step *= 2)
        {
            var (before, after) = (KeyAt(list, from - 1), KeyAt(list, to));
            var isAll = from == 0 && to == list.Count;
            if (isAll || OrderKey.HasRoom(before, after))
            {
                var keys = OrderKey.Spread(to - from + 1, isAll ? null : before, isAll ? null : after);
                if (isAll || keys.All(key => key.Length <= (from == to ? OrderKey.Comfortable : Short))) return Changes(list, task, from, index, keys);
            }
            (from, to) = (Math.Max(0, from - step), Math.Min(list.Count, to + step));
        }
    }

    private static List<ChangeBody> Changes(IReadOnlyList<TaskLine> list, TaskId task, int from, int index, IReadOnlyList<string> keys)
    {
        var changes = new List<ChangeBody>(keys.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            var at = from + i;
            var (placed, known) = at == index ? (task, null) : at < index ? (list[at].Id, KeyOf(list[at])) : (list[at - 1].Id, KeyOf(list[at - 1]));
            if (known != keys[i]) changes.Add(new ChangeBody.Set(placed, Fields.Order, FieldValue.Of(keys[i])));
        }
        return changes;
    }

    private static string? KeyAt(IReadOnlyList<TaskLine> list, int index) => index >= 0 && index < list.Count ? KeyOf(list[index]) : null;

    private static string? KeyOf(TaskLine task) => task[Fields.Order]?.AsText();
}
