namespace LiveConv.Page;

/// <summary>The planes that a page can ask for, in the order in which they travel.</summary>
[Flags]
internal enum Planes
{
    /// <summary>No plane: the page shows nothing now.</summary>
    None = 0,

    /// <summary>Vertical edges.</summary>
    Vertical = 1,

    /// <summary>Horizontal edges.</summary>
    Horizontal = 2,

    /// <summary>The camera's image.</summary>
    Camera = 4,

    /// <summary>What a page gets until it asks for something else.</summary>
    Edges = Vertical | Horizontal,
}
