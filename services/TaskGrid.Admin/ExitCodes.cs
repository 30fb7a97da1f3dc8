namespace TaskGrid.Admin;

/// <summary>What a command ends with.</summary>
internal static class ExitCodes
{
    public const int Well = 0;
    public const int Differs = 1;
    public const int Usage = 2;
    public const int Unreachable = 3;
}
