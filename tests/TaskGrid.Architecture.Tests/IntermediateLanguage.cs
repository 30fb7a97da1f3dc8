using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace TaskGrid.Architecture.Tests;

/// <summary>Walks the instructions of a method body.</summary>
internal static class IntermediateLanguage
{
    private const byte TwoBytePrefix = 0xFE;
    private static readonly Dictionary<short, OpCode> Instructions = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>The metadata tokens of the methods that a body calls, makes objects with, or takes as delegates.</summary>
    public static IEnumerable<int> CalledTokens(byte[] body)
    {
        for (var at = 0; at < body.Length;)
        {
            var code = body[at] == TwoBytePrefix
                ? Instructions[BinaryPrimitives.ReadInt16BigEndian(body.AsSpan(at))]
                : Instructions[body[at]];
            at += code.Size;
            if (code.OperandType == OperandType.InlineMethod) yield return BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at));
            at += OperandSize(code.OperandType, body, at);
        }
    }

    private static int OperandSize(OperandType operand, byte[] body, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at)),
        _ => 4,
    };
}
