using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Serialization;
using TaskGrid.Contracts;
using TaskGrid.Domain.Tasks;

namespace TaskGrid.Grains;

/// <summary>Wires what grains need beside their ports.</summary>
public static class GrainsRegistration
{
    /// <summary>Adds what grains need. The ports (<see cref="Ports.IEventCommitter"/>, <see cref="Ports.IStateReader"/>, <see cref="Ports.IChangeBell"/>) come from the host.</summary>
    public static IServiceCollection AddTaskGridGrains(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddContractsSerialization();
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { AllowOutOfOrderMetadataProperties = true };
        options.Converters.Add(new WireTimeJsonConverter());
        return services.AddSerializer(builder => builder.AddJsonSerializer(type => type.Assembly == typeof(TaskEvent).Assembly, options));
    }
}
