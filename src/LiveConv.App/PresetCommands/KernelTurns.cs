using LiveConv.Convolution;

namespace LiveConv.App;

/// <summary>Kernels turned clockwise.</summary>
internal static class KernelTurns
{
    private static readonly (int Y, int X)[] Ring = [(0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0)];

    /// <summary>By 90°, its anchor with it.</summary>
    public static Kernel ByQuarter(Kernel kernel)
    {
        var turned = new float[kernel.Width, kernel.Height];
        for (int y = 0; y < kernel.Width; y++)
        {
            for (int x = 0; x < kernel.Height; x++)
            {
                turned[y, x] = kernel[kernel.Height - 1 - x, y];
            }
        }

        return new Kernel(turned).WithAnchor(kernel.Height - 1 - kernel.AnchorY, kernel.AnchorX);
    }

    /// <summary>By 45°: the ring of a 3x3 kernel moves on by one, and an anchor on it too.</summary>
    public static Kernel ByEighth(Kernel kernel)
    {
        var turned = new float[3, 3];
        turned[1, 1] = kernel[1, 1];
        for (int i = 0; i < Ring.Length; i++)
        {
            (int y, int x) = Ring[(i + 1) % Ring.Length];
            turned[y, x] = kernel[Ring[i].Y, Ring[i].X];
        }

        int anchor = Array.IndexOf(Ring, (kernel.AnchorY, kernel.AnchorX));
        (int anchorY, int anchorX) = anchor < 0 ? (1, 1) : Ring[(anchor + 1) % Ring.Length];
        return new Kernel(turned).WithAnchor(anchorX, anchorY);
    }

    /// <summary>A kernel and its turns, until the first comes again.</summary>
    public static List<Kernel> Until(Kernel kernel, Func<Kernel, Kernel> turn)
    {
        List<Kernel> all = [kernel];
        for (Kernel next = turn(kernel); !IsSame(next, kernel); next = turn(next))
        {
            all.Add(next);
        }

        return all;
    }

    private static bool IsSame(Kernel a, Kernel b) =>
        a.Width == b.Width && a.AnchorX == b.AnchorX && a.AnchorY == b.AnchorY && a.Weights.SequenceEqual(b.Weights);
}
