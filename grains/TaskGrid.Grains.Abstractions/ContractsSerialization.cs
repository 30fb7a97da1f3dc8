using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using TaskGrid.Contracts;

namespace TaskGrid.Grains;

/// <summary>Contracts know no framework: between processes they travel in their wire form.</summary>
public static class ContractsSerialization
{
    /// <summary>Lets grains and their callers exchange types of <c>TaskGrid.Contracts</c>.</summary>
    public static IServiceCollection AddContractsSerialization(this IServiceCollection services) =>
        services.AddSerializer(builder => builder.AddJsonSerializer(
            type => type.Assembly == typeof(Change).Assembly,
            new JsonSerializerOptions(ContractsJson.Default.Options)));
}
