namespace TaskGrid.Contracts;

/// <summary>Where a change came from: the <paramref name="N"/>th of <paramref name="Replica"/>. Unique in an organization for ever.</summary>
public readonly record struct Origin(ReplicaId Replica, long N);
