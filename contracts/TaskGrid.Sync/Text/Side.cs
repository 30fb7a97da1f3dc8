namespace TaskGrid.Sync;

/// <summary>Whose insert stands first where two edits insert at the same place.</summary>
public enum Side
{
    /// <summary>That of the edit being transformed.</summary>
    Left,

    /// <summary>That of the edit transformed over.</summary>
    Right,
}
