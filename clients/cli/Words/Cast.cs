using System.Globalization;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>What the people of a story, and their devices, are called by the one who reads it.</summary>
internal sealed class Cast(UserId reader, IReadOnlyList<KnownMember> members, IReadOnlyList<KnownDevice> devices)
{
    public bool IsReader(UserId user) => user == reader;

    public string Name(UserId user) => IsReader(user) ? "you" : Other(user);

    public string Whose(UserId user) => IsReader(user) ? "yours" : $"{Other(user)}'s";

    /// <summary>Before what belongs to somebody.</summary>
    public string Owner(UserId user) => IsReader(user) ? "your" : $"{Other(user)}'s";

    /// <summary>The name, and which device where the person is known to have several.</summary>
    public string Name(UserId user, ReplicaId replica) => Device(user, replica, evenThis: true) is { } device ? $"{Name(user)} ({device})" : Name(user);

    /// <summary>The name; which device only where it is another one than that at hand.</summary>
    public string Actor(UserId user, ReplicaId? replica) =>
        replica is { } from && Device(user, from, evenThis: false) is { } device ? $"{Name(user)} ({device})" : Name(user);

    /// <summary>What a device is called; null where the person is not known to have several.</summary>
    public string? Device(UserId user, ReplicaId replica, bool evenThis)
    {
        var theirs = devices.Where(device => device.User == user).ToList();
        var several = theirs.Count(device => !device.Own) + (theirs.Any(device => device.Own) ? 1 : 0) > 1;
        if (!several || theirs.FirstOrDefault(device => device.Replica == replica) is not { } known) return null;
        return !known.Own ? string.Create(CultureInfo.InvariantCulture, $"device {known.Number}") : evenThis ? "this device" : null;
    }

    /// <summary>Several names as one would say them; the reader first.</summary>
    public string Names(IEnumerable<UserId> users)
    {
        var names = users.Distinct().OrderBy(user => !IsReader(user)).Select(Name).ToList();
        return names is [.. var most, var last] && most.Count > 0 ? $"{string.Join(", ", most)} and {last}" : names.FirstOrDefault() ?? "nobody";
    }

    private string Other(UserId user) =>
        members.FirstOrDefault(member => member.Line.Member == user)?.Line.Name ?? $"a former member ({user.ToString()[^6..]})";
}
