using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace TaskGrid.Simulation;

/// <summary>
/// Plants a fault into compiled assemblies of the product: in a copy in memory, calls go elsewhere. The product itself has no switch for it,
/// and what is delivered cannot be made to have it.
/// </summary>
internal static class Planting
{
    private static readonly string[] Product =
        ["TaskGrid.Contracts", "TaskGrid.Sync", "TaskGrid.Domain", "TaskGrid.Grains.Abstractions", "TaskGrid.Grains", "TaskGrid.Client"];

    /// <summary>The assemblies that the fault changes, by name.</summary>
    /// <param name="folder">Where the product's assemblies lie.</param>
    /// <param name="fault">The fault.</param>
    /// <exception cref="InvalidOperationException">What it is to be planted in is not there, or has another form: the fault would be none.</exception>
    public static IReadOnlyDictionary<string, byte[]> Plant(string folder, Fault fault)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(folder);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        var left = fault.Redirects.ToHashSet();
        if (left.Count == 0) throw new InvalidOperationException($"{fault.Name} changes nothing");
        var changed = new Dictionary<string, byte[]>();
        foreach (var name in Product)
        {
            using var assembly = AssemblyDefinition.ReadAssembly(Path.Combine(folder, $"{name}.dll"), new ReaderParameters { AssemblyResolver = resolver });
            var done = fault.Redirects.Where(redirect => Turn(assembly.MainModule, redirect) > 0).ToList();
            if (done.Count == 0) continue;
            left.ExceptWith(done);
            using var stream = new MemoryStream();
            assembly.Write(stream);
            changed[name] = stream.ToArray();
        }
        return left.Count == 0 ? changed : throw new InvalidOperationException($"{fault.Name}: nothing calls {string.Join(", ", left)}");
    }

    /// <summary>Turns the calls; answers how many there were.</summary>
    private static int Turn(ModuleDefinition module, Redirect redirect)
    {
        var turned = 0;
        foreach (var method in module.GetAllTypes().Where(type => IsBy(type, redirect.CalledBy)).SelectMany(type => type.Methods).Where(method => method.HasBody && IsIn(method, redirect.In)))
            foreach (var instruction in method.Body.Instructions.Where(instruction => IsCallOf(instruction, redirect)))
            {
                var to = module.ImportReference(redirect.To);
                if (instruction.Previous?.OpCode == OpCodes.Constrained) throw new InvalidOperationException($"{redirect}: a constrained call cannot be turned");
                RequireFit(redirect, (MethodReference)instruction.Operand, to);
                instruction.OpCode = instruction.OpCode == OpCodes.Ldftn || instruction.OpCode == OpCodes.Ldvirtftn ? OpCodes.Ldftn : OpCodes.Call;
                instruction.Operand = to;
                turned++;
            }
        return turned;
    }

    private static bool IsCallOf(Instruction instruction, Redirect redirect) =>
        instruction.Operand is MethodReference called && called.Name == redirect.Method
        && called.DeclaringType.GetElementType().FullName.Replace('/', '+') == redirect.Type;

    private static bool IsBy(TypeDefinition type, string? name)
    {
        if (name is null) return true;
        for (var at = type; at is not null; at = at.DeclaringType)
            if (at.FullName.Replace('/', '+') == name) return true;
        return false;
    }

    /// <summary>The compiler names what it makes of a method's lambdas, local functions and continuations after it.</summary>
    private static bool IsIn(MethodDefinition method, string? name) =>
        name is null || method.Name == name
        || method.Name.Contains($"<{name}>", StringComparison.Ordinal) || method.DeclaringType.Name.StartsWith($"<{name}>", StringComparison.Ordinal);

    private static void RequireFit(Redirect redirect, MethodReference called, MethodReference to)
    {
        var wanted = called.Parameters.Select(parameter => Closed(parameter.ParameterType, called)).ToList();
        if (called is { HasThis: true, Name: not ".ctor" }) wanted.Insert(0, called.DeclaringType.IsValueType ? $"{called.DeclaringType.FullName}&" : called.DeclaringType.FullName);
        var answers = called.Name == ".ctor" ? called.DeclaringType.FullName : Closed(called.ReturnType, called);
        var given = to.Parameters.Select(parameter => parameter.ParameterType.FullName).ToList();
        if (!wanted.SequenceEqual(given) || to.ReturnType.FullName != answers)
            throw new InvalidOperationException($"{redirect}: ({string.Join(", ", wanted)}) -> {answers} is what is called, ({string.Join(", ", given)}) -> {to.ReturnType.FullName} is what is given");
    }

    /// <summary>The full name of a type of a generic method's form, with the arguments of this call.</summary>
    private static string Closed(TypeReference type, MethodReference called)
    {
        var name = type.FullName;
        if (called is GenericInstanceMethod method)
            for (var i = 0; i < method.GenericArguments.Count; i++) name = name.Replace($"!!{i}", method.GenericArguments[i].FullName, StringComparison.Ordinal);
        if (called.DeclaringType is GenericInstanceType declaring)
            for (var i = 0; i < declaring.GenericArguments.Count; i++) name = name.Replace($"!{i}", declaring.GenericArguments[i].FullName, StringComparison.Ordinal);
        return name;
    }
}
