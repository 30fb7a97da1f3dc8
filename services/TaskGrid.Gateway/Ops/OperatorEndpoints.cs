using Orleans.Dashboard;
using TaskGrid.Gateway.Callers;
using TaskGrid.ServiceDefaults;

namespace TaskGrid.Gateway.Ops;

/// <summary>The operators' pages. The dashboard can show grains' state, so it is for nobody else.</summary>
internal static class OperatorEndpoints
{
    public const string Dashboard = "/ops/orleans";

    public static void MapOperators(this IEndpointRouteBuilder routes)
    {
        routes.MapOrleansDashboard(Dashboard).For(new Access.Operator());
        routes.MapTaskGridMetrics().For(new Access.Operator());
    }
}
