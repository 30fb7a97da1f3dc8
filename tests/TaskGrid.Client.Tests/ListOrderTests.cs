using System.Globalization;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Client.Tests;

public sealed class ListOrderTests : IDisposable
{
    private readonly World world = new();
    private readonly Dictionary<TaskId, TaskLine> tasks = [];

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_the_keys_are_a_task_comes_to_stand_where_it_was_put(int seed)
    {
        var random = new Random(seed);
        string?[] keys = [null, null, "V", "V", "V0", "a", "a0", "0", "00", "z", new string('z', 64), new string('a', 64), new string('a', 63) + "b", "zz1", "001"];
        for (var round = 0; round < 2000; round++)
        {
            tasks.Clear();
            for (var i = random.Next(1, 9); i > 0; i--) Add(keys[random.Next(keys.Length)]);
            Move(random, random.Next(4));
        }
    }

    [Fact]
    public void Ten_thousand_moves_leave_short_keys_and_cost_few_changes()
    {
        TestContext.Current.TestOutputHelper?.WriteLine("seed 1");
        var random = new Random(1);
        for (var i = 0; i < 50; i++) Add(null);
        var changes = 0;
        for (var move = 0; move < 10_000; move++) changes += Move(random, 1);
        Assert.InRange(changes, 10_000, 12_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(25)]
    [InlineData(49)]
    public void The_last_moved_to_one_place_over_and_over_costs_few_changes(int place)
    {
        for (var i = 0; i < 50; i++) Add(null);
        var changes = 0;
        for (var move = 0; move < 5_000; move++) changes += Move(ListOrder.Sorted(tasks.Values).Last().Id, place);
        Assert.InRange(changes, 5_000, 7_500);
    }

    [Fact]
    public async Task Two_who_order_a_list_offline_see_the_same_after_and_who_goes_on_finds_room_between_equal_keys()
    {
        var (ana, ben) = (world.DeviceOf(world.Ana), world.DeviceOf(world.Ben));
        for (var i = 0; i < 6; i++) ana.Create(i.ToString(CultureInfo.InvariantCulture));
        await world.ConvergeAsync();
        // Both put another task to the same place, and give it the same key.
        PutFirst(ana, Shown(ana)[4]);
        PutFirst(ben, Shown(ben)[5]);
        await world.ConvergeAsync();
        Assert.Equal(Shown(ana).Select(task => task.Id), Shown(ben).Select(task => task.Id));
        Assert.Equal(Shown(ana)[0][Fields.Order], Shown(ana)[1][Fields.Order]);

        var third = Shown(ana)[5];
        ana.Replica.Write(reading => ListOrder.Place([.. ListOrder.Sorted(reading.Tasks()).Where(task => task.Id != third.Id)], third.Id, 1));
        await world.ConvergeAsync();

        Assert.Equal(third.Id, Shown(ben)[1].Id);
        Assert.Empty(ben.Store.Read(reading => reading.Conflicts(openOnly: false)));
    }

    private static void PutFirst(Device device, TaskLine task) => Assert.IsType<WriteOutcome.Written>(
        device.Replica.Write(reading => ListOrder.Place([.. ListOrder.Sorted(reading.Tasks()).Where(other => other.Id != task.Id)], task.Id, 0)));

    private static List<TaskLine> Shown(Device device) => [.. ListOrder.Sorted(device.Confirmed)];

    private int Move(Random random, int moves)
    {
        var changes = 0;
        for (; moves > 0; moves--) changes += Move(tasks.Keys.ElementAt(random.Next(tasks.Count)), random.Next(tasks.Count));
        return changes;
    }

    /// <summary>Moves a task, and holds that the list then stands as wanted, with keys that are short and that the server takes.</summary>
    private int Move(TaskId task, int index)
    {
        List<TaskLine> others = [.. ListOrder.Sorted(tasks.Values).Where(other => other.Id != task)];
        var changes = ListOrder.Place(others, task, index);
        foreach (var set in changes.Cast<ChangeBody.Set>())
        {
            Assert.Null(FieldRules.Fault(set.Field, set.Value));
            Assert.InRange(set.Value!.AsText()!.Length, 1, OrderKey.Comfortable);
            tasks[set.Task] = tasks[set.Task].WithRegister(Fields.Order, set.Value);
        }
        List<TaskId> wanted = [.. others.Select(other => other.Id)];
        wanted.Insert(index, task);
        Assert.Equal(wanted, ListOrder.Sorted(tasks.Values).Select(line => line.Id));
        return changes.Count;
    }

    private void Add(string? key)
    {
        var task = TaskId.From(Guid.CreateVersion7());
        var line = new TaskLine { Id = task, Seq = 1, CreatedBy = world.Ana, CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch };
        tasks[task] = key is null ? line : line.WithRegister(Fields.Order, FieldValue.Of(key));
    }
}
