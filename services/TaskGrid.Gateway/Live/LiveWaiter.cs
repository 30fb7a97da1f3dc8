namespace TaskGrid.Gateway.Live;

/// <summary>A pull that waits for changes.</summary>
internal sealed class LiveWaiter(long since, LiveOrganization organization) : IDisposable
{
    private readonly TaskCompletionSource woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when there are changes.</summary>
    public Task Woken => woken.Task;

    public void Wake() => woken.TrySetResult();

    public void WakeIf(long head)
    {
        if (head > since) Wake();
    }

    public void Dispose() => organization.Leave(this);
}
