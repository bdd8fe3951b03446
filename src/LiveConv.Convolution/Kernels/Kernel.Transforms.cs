namespace LiveConv.Convolution;

/// <content>Kernels from kernels.</content>
public sealed partial class Kernel
{
    /// <summary>The kernel rotated by 180°, with its anchor: correlating with the result is convolving with this kernel.</summary>
    /// <returns>A new kernel.</returns>
    public Kernel Rotate180()
    {
        float[] flipped = [.. weights];
        Array.Reverse(flipped);
        return new(flipped, Width, Height, Width - 1 - AnchorX, Height - 1 - AnchorY);
    }

    /// <summary>The kernel to correlate with for an operation: this kernel, or for a convolution this kernel rotated by 180°.</summary>
    /// <param name="operation">The operation that this kernel is meant for.</param>
    /// <returns>This kernel, or a new one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The operation is not one of the named values.</exception>
    public Kernel Upright(Operation operation)
    {
        EnumChecks.ThrowIfUnnamed(operation, nameof(operation));
        return operation == Operation.Convolution ? Rotate180() : this;
    }

    /// <summary>The kernel with every weight negated.</summary>
    /// <returns>A new kernel.</returns>
    public Kernel Negate() => new(Array.ConvertAll(weights, w => -w), Width, Height, AnchorX, AnchorY);

    /// <summary>The kernel with its anchor elsewhere.</summary>
    /// <param name="x">Column that lies on the output pixel.</param>
    /// <param name="y">Row that lies on the output pixel.</param>
    /// <returns>A new kernel.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The anchor lies outside the kernel.</exception>
    public Kernel WithAnchor(int x, int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(x, Width);
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height);
        return new(weights, Width, Height, x, y);
    }

    /// <summary>The transposed kernel: rows become columns. The anchor moves with its weight.</summary>
    /// <returns>A new kernel.</returns>
    public Kernel Transpose()
    {
        float[] turned = new float[weights.Length];
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                turned[x * Height + y] = this[y, x];
            }
        }

        return new(turned, Height, Width, AnchorY, AnchorX);
    }

    /// <summary>The kernel rotated clockwise by multiples of 90°. The anchor moves with its weight.</summary>
    /// <param name="quarterTurns">Number of rotations by 90°; negative ones are counterclockwise.</param>
    /// <returns>A new kernel.</returns>
    public Kernel Rotate90(int quarterTurns = 1)
    {
        Kernel turned = this;
        for (int n = (quarterTurns % 4 + 4) % 4; n > 0; n--)
        {
            turned = turned.Transpose().MirrorColumns();
        }

        return turned;
    }

    /// <summary>The kernel with every weight multiplied by a factor.</summary>
    /// <param name="factor">Finite.</param>
    /// <returns>A new kernel.</returns>
    /// <exception cref="ArgumentException">A product is not finite.</exception>
    public Kernel Scale(float factor)
    {
        float[] scaled = Array.ConvertAll(weights, w => w * factor);
        return Array.TrueForAll(scaled, float.IsFinite)
            ? new(scaled, Width, Height, AnchorX, AnchorY)
            : throw new ArgumentException($"a factor of {factor} makes weights that are not finite", nameof(factor));
    }

    private Kernel MirrorColumns()
    {
        float[] mirrored = [.. weights];
        for (int y = 0; y < Height; y++)
        {
            mirrored.AsSpan(y * Width, Width).Reverse();
        }

        return new(mirrored, Width, Height, Width - 1 - AnchorX, AnchorY);
    }
}
