namespace TaskGrid.Gateway.Web;

/// <summary>A query parameter, for the description of the API.</summary>
/// <param name="Name">Its name.</param>
/// <param name="What">What it means and may be.</param>
/// <param name="Required">Whether it must be there.</param>
internal sealed record QueryParameter(string Name, string What, bool Required = false)
{
    public static readonly QueryParameter Organization = new("org", "The organization.", true);
    public static readonly QueryParameter Replica = new("replica", "The store that asks.", true);
    public static readonly QueryParameter Task = new("task", "The task.", true);
    public static readonly QueryParameter After = new("after", "A former page's `next`.");
}
