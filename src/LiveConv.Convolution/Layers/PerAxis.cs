namespace LiveConv.Convolution;

/// <summary>One number for every axis, or one for each, slowest axis first: depth, height, width. Immutable.</summary>
public readonly struct PerAxis : IEquatable<PerAxis>
{
    private readonly int[]? values;

    private PerAxis(int[] values) => this.values = values;

    /// <summary>How many numbers there are: 0 (none given: 1 everywhere), 1 (for all axes) or one per axis.</summary>
    public int Count => values?.Length ?? 0;

    /// <summary>One number for every axis.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator PerAxis(int value) => new([value]);

    /// <summary>One number for each axis.</summary>
    /// <param name="values">The numbers, slowest axis first.</param>
    public static implicit operator PerAxis(int[] values) => Of(values);

    /// <summary>Whether two have the same numbers.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static bool operator ==(PerAxis a, PerAxis b) => a.Equals(b);

    /// <summary>Whether two differ.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static bool operator !=(PerAxis a, PerAxis b) => !a.Equals(b);

    /// <summary>One number for each axis.</summary>
    /// <param name="values">The numbers, slowest axis first.</param>
    /// <returns>The numbers, copied.</returns>
    public static PerAxis Of(params ReadOnlySpan<int> values) => new(values.ToArray());

    /// <summary>The number of one of several axes.</summary>
    /// <param name="axis">The axis, from 0.</param>
    /// <returns>Its number; 1 when none was given.</returns>
    public int this[int axis] => Count switch
    {
        0 => 1,
        1 => values![0],
        _ => values![axis],
    };

    /// <summary>Checks the numbers against what they are for.</summary>
    internal void Check(int axes, int min, string name)
    {
        if (Count > 1 && Count != axes)
        {
            throw new ArgumentException($"{name} has {Count} numbers; an operation over {axes} axes takes 1 or {axes}", name);
        }

        for (int a = 0; a < axes; a++)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(this[a], min, name);
        }
    }

    /// <inheritdoc/>
    public bool Equals(PerAxis other) => values.AsSpan().SequenceEqual(other.values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PerAxis other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int value in values ?? [])
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Count == 0 ? "1" : string.Join(",", values!);
}
