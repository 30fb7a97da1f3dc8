using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Serialization;
using TaskGrid.Contracts;
using TaskGrid.Domain.Tasks;

namespace TaskGrid.Grains;

/// <summary>Wires what grains need beside their ports.</summary>
public static class GrainsRegistration
{
    /// <summary>
    /// Adds what grains need. The ports (<see cref="Ports.IEventCommitter"/>, <see cref="Ports.IStateReader"/>,
    /// <see cref="Ports.IChangeBell"/>) come from the host.
    /// </summary>
    public static IServiceCollection AddTaskGridGrains(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddContractsSerialization();
        return services.AddSerializer(builder => builder.AddJsonSerializer(type => type.Assembly == typeof(TaskEvent).Assembly, BetweenSilos()));
    }

    /// <summary>How domain types travel between silos of one version; what is stored has names of its own.</summary>
    private static JsonSerializerOptions BetweenSilos() => new(JsonSerializerDefaults.Web)
    {
        Converters = { new WireTimeJsonConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(NameFamilies),
    };

    /// <summary>A closed family is an abstract record with its members nested in it: that says all that polymorphism needs to know.</summary>
    private static void NameFamilies(JsonTypeInfo type)
    {
        var family = type.Type;
        if (!family.IsAbstract || family.Assembly != typeof(TaskEvent).Assembly) return;
        var members = family.GetNestedTypes()
            .Select(nested => nested.IsGenericTypeDefinition ? nested.MakeGenericType(family.GetGenericArguments()) : nested)
            .Where(family.IsAssignableFrom)
            .Select(member => new JsonDerivedType(member, member.Name))
            .ToList();
        if (members.Count == 0) return;
        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "$" };
        members.ForEach(type.PolymorphismOptions.DerivedTypes.Add);
    }
}
