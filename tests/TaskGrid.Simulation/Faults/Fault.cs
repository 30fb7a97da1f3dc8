using System.Collections.Immutable;
using System.Reflection;

namespace TaskGrid.Simulation;

/// <summary>A planted fault.</summary>
/// <param name="Name">How the command line calls it.</param>
/// <param name="Says">What is wrong.</param>
/// <param name="Redirects">How it is made.</param>
internal sealed record Fault(string Name, string Says, ImmutableArray<Redirect> Redirects)
{
    private const BindingFlags Methods = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>All of them, by name.</summary>
    public static ImmutableArray<Fault> All { get; } =
    [
        .. typeof(Fault).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(FaultAttribute)))
            .Select(Of)
            .OrderBy(fault => fault.Name, StringComparer.Ordinal),
    ];

    private static Fault Of(Type type)
    {
        var marked = type.GetCustomAttribute<FaultAttribute>()!;
        var redirects = type.GetMethods(Methods)
            .Select(method => (Method: method, Place: method.GetCustomAttribute<InsteadOfAttribute>()))
            .Where(pair => pair.Place is not null)
            .Select(pair => new Redirect(pair.Place!.Type, pair.Place.Method, pair.Place.CalledBy, pair.Place.In, pair.Method));
        return new Fault(marked.Name, marked.Says, [.. redirects]);
    }
}

/// <summary>Calls of one method that go to another one.</summary>
/// <param name="Type">The full name of the type that has the method.</param>
/// <param name="Method">The method.</param>
/// <param name="CalledBy">Only calls by this type, nested ones included; all if null.</param>
/// <param name="In">Only calls in this method of it, its lambdas and continuations included; all if null.</param>
/// <param name="To">Where they go.</param>
internal sealed record Redirect(string Type, string Method, string? CalledBy, string? In, MethodInfo To)
{
    public override string ToString() => $"{Type}.{Method}{(CalledBy is null ? "" : $" in {CalledBy}{(In is null ? "" : $".{In}")}")}";
}
