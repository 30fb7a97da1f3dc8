namespace TaskGrid.Architecture.Tests;

internal static class Breaches
{
    /// <summary>Fails with the list of what breaks the rule, all of it at once.</summary>
    public static void None<T>(IEnumerable<T> breaches)
    {
        var found = breaches.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
