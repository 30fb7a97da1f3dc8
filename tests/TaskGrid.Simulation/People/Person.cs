using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>A user.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">The name that others see.</param>
internal sealed record Person(UserId Id, string Name);
