namespace LiveConv.Presets;

/// <summary>What a screen says about a map.</summary>
/// <param name="Title">What the map shows, in a few words.</param>
/// <param name="Text">What is bright in it, in a sentence; may be empty.</param>
public sealed record MapCaption(string Title, string Text = "")
{
    /// <summary>The left map of two kernels.</summary>
    internal static MapCaption VerticalEdges { get; } = new("Vertical edges");

    /// <summary>The right map of two kernels.</summary>
    internal static MapCaption HorizontalEdges { get; } = new("Horizontal edges");

    /// <summary>The left map of layers, of which nothing is known.</summary>
    internal static MapCaption Left { get; } = new("Left map");

    /// <summary>The right map of layers, of which nothing is known.</summary>
    internal static MapCaption Right { get; } = new("Right map");
}
