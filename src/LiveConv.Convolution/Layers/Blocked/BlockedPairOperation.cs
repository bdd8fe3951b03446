namespace LiveConv.Convolution;

/// <summary>What is done with two images element by element.</summary>
internal enum BlockedPairOperation
{
    /// <summary>The sum.</summary>
    Add,

    /// <summary>The first less the second.</summary>
    Subtract,

    /// <summary>The product.</summary>
    Multiply,
}
