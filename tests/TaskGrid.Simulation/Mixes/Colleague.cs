using System.Collections.Immutable;

namespace TaskGrid.Simulation;

/// <summary>Somebody of the team.</summary>
/// <param name="Person">The account.</param>
/// <param name="Zone">Hours from UTC.</param>
/// <param name="Computer">The device for most of the work.</param>
/// <param name="Phone">The one for some of it, where there is one.</param>
/// <param name="Projects">The projects that are theirs.</param>
internal sealed record Colleague(Person Person, double Zone, Device Computer, Device? Phone, ImmutableArray<string> Projects)
{
    /// <summary>All devices.</summary>
    public IEnumerable<Device> Devices => Phone is null ? [Computer] : [Computer, Phone];
}
