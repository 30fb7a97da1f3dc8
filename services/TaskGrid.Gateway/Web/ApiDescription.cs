using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TaskGrid.Contracts;
using TaskGrid.Gateway.Callers;

namespace TaskGrid.Gateway.Web;

/// <summary>OpenAPI 3.1 of all routes: who may call them, what they take, what they answer.</summary>
internal static class ApiDescription
{
    private const string Bearer = "bearer";

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            Introduce(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            foreach (var parameter in metadata.OfType<QueryParameter>()) Add(operation, parameter);
            foreach (var name in PathParameters(context.Description.RelativePath)) AddPath(operation, name);
            if (metadata.OfType<Access>().LastOrDefault() is { } access) Say(operation, access, context.Document);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Shape(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
    }

    private static void Introduce(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "TaskGrid",
            Version = "1",
            Description = "Offline-first tasks. Accounts and organizations are plain HTTP; everything else is the sync protocol, whose specification is contracts/protocol/SPEC.md.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Bearer, BearerFormat = "JWT", Description = "The access token of a session." },
        };
    }

    private static void Add(OpenApiOperation operation, QueryParameter parameter) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Required = parameter.Required,
        Description = parameter.What,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    });

    private static void AddPath(OpenApiOperation operation, string name)
    {
        if (operation.Parameters?.Any(known => known.Name == name) == true) return;
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Path,
            Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
        });
    }

    private static IEnumerable<string> PathParameters(string? path) =>
        (path ?? "").Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}'));

    private static void Say(OpenApiOperation operation, Access access, OpenApiDocument? document)
    {
        var who = access switch
        {
            Access.Anybody => "anybody",
            Access.SignedIn => "whoever is signed in",
            Access.Member member => $"members of the organization, from {Roles.Word(member.Least)} up",
            Access.Operator => "operators",
            _ => throw new System.Diagnostics.UnreachableException(access.GetType().Name),
        };
        operation.Description = $"{operation.Description}\n\nFor {who}.".Trim();
        if (access is not Access.Anybody) operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
    }

    private static void Shape(OpenApiSchema schema, Type type)
    {
        if (type.GetInterfaces().Any(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IId<>)))
            (schema.Type, schema.Format, schema.Properties) = (JsonSchemaType.String, "uuid", null);
        else if (type == typeof(Stamp))
            (schema.Type, schema.Description, schema.Properties) = (JsonSchemaType.String, "A stamp: 2026-11-23T10:15:30.123Z/0004", null);
        else if (type == typeof(Change) || type == typeof(CanonicalChange) || type == typeof(ConflictNote) || type == typeof(TaskLine))
            (schema.Type, schema.Description) = (JsonSchemaType.Object, "As the protocol's specification and schemas say.");
    }
}
