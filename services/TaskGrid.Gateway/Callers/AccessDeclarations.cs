using TaskGrid.Contracts;

namespace TaskGrid.Gateway.Callers;

/// <summary>Declares and enforces <see cref="Access"/>.</summary>
internal static class AccessDeclarations
{
    public const string OperatorPolicy = "operator";

    public static TBuilder For<TBuilder>(this TBuilder endpoint, Access access) where TBuilder : IEndpointConventionBuilder
    {
        endpoint.WithMetadata(access);
        _ = access switch
        {
            Access.Anybody => endpoint.AllowAnonymous(),
            Access.Operator => endpoint.RequireAuthorization(OperatorPolicy),
            _ => endpoint.RequireAuthorization(),
        };
        return endpoint;
    }

    public static RouteHandlerBuilder ForMembers(this RouteHandlerBuilder endpoint, NamedIn named, Role least = Role.Viewer)
    {
        endpoint.For(new Access.Member(least, named));
        return named == NamedIn.Body ? endpoint : endpoint.AddEndpointFilter<MembershipFilter>();
    }
}
