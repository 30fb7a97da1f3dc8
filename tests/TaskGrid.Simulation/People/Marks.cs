using System.Globalization;
using System.Text;

namespace TaskGrid.Simulation;

/// <summary>
/// Makes content that is never made twice, so that one can look for it afterwards: words for values, and for texts single code points,
/// which nothing can cut in half. Every fourth one lies beyond the basic plane, where a code point is two UTF-16 units.
/// </summary>
internal sealed class Marks
{
    private const int FirstHan = 0x4E00;
    private const int FirstBeyond = 0x20000;
    private int words;
    private int points;

    public string Word(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}{++words}");

    public Rune Point()
    {
        points++;
        return new Rune(points % 4 == 0 ? FirstBeyond + points : FirstHan + points);
    }

    /// <summary>True for a code point that <see cref="Point"/> makes.</summary>
    public static bool IsPoint(Rune rune) => rune.Value is >= FirstHan and < 0xA000 or >= FirstBeyond and < 0x2A000;
}
