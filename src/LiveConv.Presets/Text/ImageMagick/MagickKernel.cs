using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <summary>A kernel as ImageMagick holds it: in 64-bit numbers, with an origin; what is no part of it is NaN.</summary>
/// <param name="Name">The name that decides how it may be turned, or null.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="X">The origin's column.</param>
/// <param name="Y">The origin's row.</param>
/// <param name="Cells">Row by row.</param>
internal sealed record MagickKernel(string? Name, int Width, int Height, int X, int Y, Ratio[] Cells)
{
    private const double Epsilon = 1e-12;
    private static readonly (int Y, int X)[] Ring = [(0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0)];

    /// <summary>A kernel with its origin in the centre, for even sides the place above and left of it.</summary>
    public static MagickKernel Centred(string? name, int width, int height, Func<int, int, Ratio> cell) =>
        new(name, width, height, (width - 1) / 2, (height - 1) / 2,
            [.. Enumerable.Range(0, width * height).Select(i => cell(i / width, i % width))]);

    /// <summary>The engine's kernel: what is no part counts nothing.</summary>
    public (Kernel Kernel, float Gain) ToKernel()
    {
        (Kernel kernel, float gain) = KernelMaker.Make(Array.ConvertAll(Cells, cell => double.IsNaN(cell.Above) ? 0 : cell), Width, Height);
        return (kernel.WithAnchor(X, Y), gain);
    }

    /// <summary>Turned clockwise, as RotateKernelInfo does: 3x3 by eighths, squares and lines by quarters; round kernels stay.</summary>
    /// <exception cref="KernelTextException">The shape cannot be turned that far.</exception>
    public MagickKernel Turn(double degrees)
    {
        double angle = degrees % 360;
        angle += angle < 0 ? 360 : 0;
        if (angle is > 337.5 or <= 22.5
            || Name is "Gaussian" or "DoG" or "LoG" or "Disk" or "Laplacian" or "Square" or "Diamond" or "Plus" or "Cross")
        {
            return this;
        }

        if (Name == "Blur")
        {
            angle = angle is > 135 and <= 225 ? 0 : angle is > 225 and <= 315 ? angle - 180 : angle;
        }

        MagickKernel turned = this;
        if (angle % 90 is > 22.5 and <= 67.5)
        {
            turned = turned.Eighth();
            angle = (angle + 315) % 360;
        }

        if (angle % 180 is > 45 and <= 135)
        {
            bool isLine = turned.Width == 1 || turned.Height == 1;
            turned = isLine ? turned.Transposed() : turned.Quarter();
            angle = (angle + (isLine && turned.Width != 1 ? 90 : 270)) % 360;
        }

        return angle is > 135 and <= 225 ? turned.Half() : turned;
    }

    /// <summary>The kernel and its turns by a step, until the first comes again.</summary>
    public List<MagickKernel> Turns(double step)
    {
        List<MagickKernel> all = [this];
        for (MagickKernel next = Turn(step); !next.IsLike(this) && all.Count < 8; next = next.Turn(step))
        {
            all.Add(next);
        }

        return all;
    }

    /// <summary>The kernel, turned by 180°, that by 90° and that by 180° again.</summary>
    public List<MagickKernel> Mirrors()
    {
        MagickKernel half = Turn(180);
        MagickKernel quarter = half.Turn(90);
        return [this, half, quarter, quarter.Turn(180)];
    }

    private MagickKernel Half() => this with { X = Width - 1 - X, Y = Height - 1 - Y, Cells = [.. Cells.Reverse()] };

    private MagickKernel Transposed() => this with { Width = Height, Height = Width, X = Y, Y = X };

    private MagickKernel Quarter()
    {
        if (Width != Height)
        {
            throw new KernelTextException($"ImageMagick turns squares and lines by 90 degrees; this kernel is {Width}x{Height}");
        }

        return this with
        {
            X = Width - 1 - Y,
            Y = X,
            Cells = [.. Enumerable.Range(0, Cells.Length).Select(i => Cells[(Height - 1 - i % Width) * Width + i / Width])]
        };
    }

    // The ring of a 3x3 moves on by one place, an origin on it too.
    private MagickKernel Eighth()
    {
        if (Width != 3 || Height != 3)
        {
            throw new KernelTextException($"ImageMagick turns kernels of 3x3 by 45 degrees; this one is {Width}x{Height}");
        }

        Ratio[] turned = [.. Cells];
        for (int i = 0; i < Ring.Length; i++)
        {
            (int y, int x) = Ring[(i + 1) % Ring.Length];
            turned[y * 3 + x] = Cells[Ring[i].Y * 3 + Ring[i].X];
        }

        int origin = Array.IndexOf(Ring, (Y, X));
        (int originY, int originX) = origin < 0 ? (1, 1) : Ring[(origin + 1) % Ring.Length];
        return this with { X = originX, Y = originY, Cells = turned };
    }

    private bool IsLike(MagickKernel other) =>
        (Width, Height, X, Y) == (other.Width, other.Height, other.X, other.Y)
        && Cells.Zip(other.Cells).All(pair =>
            double.IsNaN(pair.First.Above)
            ? double.IsNaN(pair.Second.Above)
            : Math.Abs(pair.First.Value - pair.Second.Value) < Epsilon);
}
