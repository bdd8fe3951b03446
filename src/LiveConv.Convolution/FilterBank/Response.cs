namespace LiveConv.Convolution;

/// <summary>How a signed sum, times the gain, becomes an 8-bit pixel. Always saturating, never wrapping.</summary>
public enum Response
{
    /// <summary>The absolute value.</summary>
    Abs,

    /// <summary>The value plus 128: zero becomes mid-grey.</summary>
    Offset128,

    /// <summary>Positive values; negative ones become 0.</summary>
    Positive,

    /// <summary>Negative values, negated; positive ones become 0.</summary>
    Negative,
}
