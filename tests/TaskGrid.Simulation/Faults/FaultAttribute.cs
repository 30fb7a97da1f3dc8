namespace TaskGrid.Simulation;

/// <summary>Marks a class as a planted fault: a mistake that somebody could have made, and that the simulator must find.</summary>
/// <param name="name">How the command line calls it.</param>
/// <param name="says">What is wrong.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class FaultAttribute(string name, string says) : Attribute
{
    public string Name => name;

    public string Says => says;
}

/// <summary>
/// Marks a static method that is called instead of one of the product's, which it may itself call. It takes what that takes, the object
/// first where there is one, and answers what that answers; a constructor counts as a method that answers the object.
/// </summary>
/// <param name="type">The full name of the type that has the method.</param>
/// <param name="method">The method.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InsteadOfAttribute(string type, string method) : Attribute
{
    public string Type => type;

    public string Method => method;

    /// <summary>Only where this type calls it, by its full name; everywhere in the product if null.</summary>
    public string? CalledBy { get; init; }

    /// <summary>Only where this method of <see cref="CalledBy"/> calls it.</summary>
    public string? In { get; init; }
}
