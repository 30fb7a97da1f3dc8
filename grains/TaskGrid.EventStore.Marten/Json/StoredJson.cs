using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TaskGrid.Contracts;
using TaskGrid.Domain.Tasks;

namespace TaskGrid.EventStore.Marten.Json;

/// <summary>What is stored as JSON: the same value always gives the same bytes.</summary>
public static class StoredJson
{
    /// <summary>The one set of options; Marten and our own SQL share it, since rows written under other options read back as empty records.</summary>
    public static JsonSerializerOptions Options { get; } = NewOptions(DomainJson.Default);

    /// <summary>The same options with a fallback for what Marten itself stores.</summary>
    internal static JsonSerializerOptions ForMarten() =>
        NewOptions(JsonTypeInfoResolver.Combine(DomainJson.Default, new DefaultJsonTypeInfoResolver()));

    /// <summary>The JSON text of a value.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T)));

    /// <summary>The value of a JSON text.</summary>
    public static T Read<T>(string json) => JsonSerializer.Deserialize(json, (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T)))!;

    /// <summary>The value of a JSON text in UTF-8.</summary>
    public static T Read<T>(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T)))!;

    /// <summary>The JSON text of an event.</summary>
    public static string WriteEvent(object e) => JsonSerializer.Serialize(e, Options.GetTypeInfo(e.GetType()));

    /// <summary>The event of a stored name and JSON text.</summary>
    public static object ReadEvent(string name, string json) => JsonSerializer.Deserialize(json, Options.GetTypeInfo(EventNames.TypeOf(name)))!;

    private static JsonSerializerOptions NewOptions(IJsonTypeInfoResolver resolver) => new(DomainJson.Default.Options)
    {
        // Stored JSON never stands in HTML; escaping everything but ASCII would triple a Japanese description.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = resolver.WithAddedModifier(NameResolveEffects).WithAddedModifier(LeaveOutWhatFollows),
    };

    private static void NameResolveEffects(JsonTypeInfo type)
    {
        if (type.Type != typeof(ResolveEffect)) return;
        type.PolymorphismOptions = new JsonPolymorphismOptions
        {
            TypeDiscriminatorPropertyName = "did",
            DerivedTypes =
            {
                new JsonDerivedType(typeof(ResolveEffect.None), "none"),
                new JsonDerivedType(typeof(ResolveEffect.Wrote), "wrote"),
                new JsonDerivedType(typeof(ResolveEffect.Edited), "edited"),
                new JsonDerivedType(typeof(ResolveEffect.Deleted), "deleted"),
                new JsonDerivedType(typeof(ResolveEffect.Restored), "restored"),
            },
        };
    }

    // An op's name and task follow from the event that holds it.
    private static void LeaveOutWhatFollows(JsonTypeInfo type)
    {
        if (!typeof(ChangeBody).IsAssignableFrom(type.Type)) return;
        for (var i = type.Properties.Count - 1; i >= 0; i--)
            if (type.Properties[i].Name is "op" or "taskOf") type.Properties.RemoveAt(i);
    }
}
