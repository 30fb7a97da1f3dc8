using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace TaskGrid.Architecture.Tests;

/// <summary>A call in compiled code: who calls (the outermost type, so that lambdas and async methods count as theirs) what.</summary>
internal sealed record Call(string Assembly, string Caller, string Target, string Method);

/// <summary>A compiled project, read as data: nothing of it is loaded or run.</summary>
internal sealed class CompiledAssembly
{
    private readonly PEReader file;
    private readonly MetadataReader metadata;

    private CompiledAssembly(string name, PEReader file)
    {
        Name = name;
        this.file = file;
        metadata = file.GetMetadataReader();
    }

    public string Name { get; }

    public IEnumerable<string> References => metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));

    /// <summary>The names of the outermost types that implement an interface of this simple name.</summary>
    public IEnumerable<string> Implementers(string @interface) => metadata.TypeDefinitions
        .Where(handle => metadata.GetTypeDefinition(handle).GetInterfaceImplementations()
            .Any(implementation => Simple(NameOf(metadata.GetInterfaceImplementation(implementation).Interface)) == @interface))
        .Select(handle => OutermostOf(handle));

    /// <summary>Every string that the code holds.</summary>
    public IEnumerable<string> Strings()
    {
        for (var handle = default(UserStringHandle); ;)
        {
            handle = handle.IsNil ? MetadataTokens.UserStringHandle(1) : metadata.GetNextHandle(handle);
            if (handle.IsNil) yield break;
            yield return metadata.GetUserString(handle);
        }
    }

    public IEnumerable<Call> Calls() =>
        from handle in metadata.MethodDefinitions
        let method = metadata.GetMethodDefinition(handle)
        where method.RelativeVirtualAddress != 0
        let caller = OutermostOf(method.GetDeclaringType())
        from token in IntermediateLanguage.CalledTokens(file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!)
        let target = TargetOf(MetadataTokens.EntityHandle(token))
        select new Call(Name, caller, target.Type, target.Method);

    public static CompiledAssembly Open(string name, string path) =>
        new(name, new PEReader(new MemoryStream(File.ReadAllBytes(path))));

    private (string Type, string Method) TargetOf(EntityHandle handle)
    {
        if (handle.Kind == HandleKind.MethodSpecification)
            handle = metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
        if (handle.Kind == HandleKind.MethodDefinition)
        {
            var method = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
            return (NameOf(method.GetDeclaringType()), metadata.GetString(method.Name));
        }
        var member = metadata.GetMemberReference((MemberReferenceHandle)handle);
        return (NameOf(member.Parent), metadata.GetString(member.Name));
    }

    private string OutermostOf(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
        {
            handle = type.GetDeclaringType();
            type = metadata.GetTypeDefinition(handle);
        }
        return NameOf(handle);
    }

    private string NameOf(EntityHandle handle) => handle.Kind switch
    {
        _ when handle.IsNil => "",
        HandleKind.TypeDefinition => NameOf(metadata.GetTypeDefinition((TypeDefinitionHandle)handle)),
        HandleKind.TypeReference => NameOf(metadata.GetTypeReference((TypeReferenceHandle)handle)),
        HandleKind.TypeSpecification => NameOf(GenericTypeOf((TypeSpecificationHandle)handle)),
        _ => "",
    };

    private string NameOf(TypeDefinition type) => Qualified(metadata.GetString(type.Namespace), metadata.GetString(type.Name));

    private string NameOf(TypeReference type) => Qualified(metadata.GetString(type.Namespace), metadata.GetString(type.Name));

    /// <summary>
    /// The open type of a generic instance: its blob is GENERICINST, class or value type, then the type. None for what has no name of its
    /// own, as an array of several dimensions.
    /// </summary>
    private EntityHandle GenericTypeOf(TypeSpecificationHandle handle)
    {
        var blob = metadata.GetBlobReader(metadata.GetTypeSpecification(handle).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance) return default(TypeReferenceHandle);
        blob.ReadCompressedInteger();
        return blob.ReadTypeHandle();
    }

    private static string Qualified(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";

    private static string Simple(string name) => name[(name.LastIndexOf('.') + 1)..];
}
