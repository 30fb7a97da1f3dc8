using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>A run of words that two texts share, or that only one of them has.</summary>
/// <param name="Kind">Keep: both have it; delete: only the one before; insert: only the one after.</param>
/// <param name="Text">The words.</param>
public readonly record struct DifferencePiece(TextComponentKind Kind, string Text);
