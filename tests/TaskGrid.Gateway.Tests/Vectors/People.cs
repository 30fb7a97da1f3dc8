using TaskGrid.Gateway.Tests.Facts;

namespace TaskGrid.Gateway.Tests.Vectors;

/// <summary>The people of the vectors, each with an account of the server's making.</summary>
public sealed class People(RunningServer server) : IAsyncLifetime
{
    private static readonly string[] Ids = [.. Enumerable.Range(1, 3).Select(i => $"0199bbbb-0000-7000-8000-{i:000000000000}")];
    private readonly Dictionary<string, Person> people = [];

    public async ValueTask InitializeAsync()
    {
        foreach (var id in Ids) people[id] = await Person.RegisteredAsync(server);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var person in people.Values) person.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The person with this account.</summary>
    public Person this[string account] => people.Values.Single(person => person.Id == account);

    /// <summary>A vector's text with the accounts that its people really have.</summary>
    public string Named(string vector) => people.Aggregate(vector, (text, pair) => text.Replace(pair.Key, pair.Value.Id, StringComparison.Ordinal));
}
