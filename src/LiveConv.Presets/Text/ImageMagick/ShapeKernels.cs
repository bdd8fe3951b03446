using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <summary>ImageMagick's flat shapes; outside the shape the weights are no part of the kernel.</summary>
internal static class ShapeKernels
{
    private static readonly Ratio NoPart = double.NaN;

    public static MagickKernel Make(string name, MagickGeometry geometry)
    {
        double radius = geometry.Width ?? 0;
        Ratio scale = geometry.Height ?? 1;
        return name switch
        {
            "Diamond" => Round(name, radius, 1, scale, (x, y, reach) => Math.Abs(x) + Math.Abs(y) <= reach),
            "Octagon" => Round(name, radius, 2, scale, (x, y, reach) => Math.Abs(x) + Math.Abs(y) <= reach + reach / 2),
            "Plus" => Round(name, radius, 2, scale, (x, y, _) => x == 0 || y == 0),
            "Cross" => Round(name, radius, 2, scale, (x, y, _) => x == y || x == -y),
            "Square" => Square(name, radius, scale),
            "Disk" => Disk(name, radius, scale),
            "Rectangle" => Rectangle(name, geometry),
            _ => Ring(name, radius, geometry.Height ?? 0, geometry.X ?? 1),
        };
    }

    private static MagickKernel Square(string name, double radius, Ratio scale)
    {
        double side = radius < 1 ? 3 : Math.Floor(2 * radius + 1);
        KernelMaker.CheckSize(side, side);
        return MagickKernel.Centred(name, (int)side, (int)side, (_, _) => scale);
    }

    private static MagickKernel Round(string name, double radius, int standard, Ratio scale, Func<int, int, int, bool> isInside)
    {
        double reach = radius < 1 ? standard : Math.Floor(radius);
        KernelMaker.CheckSize(reach * 2 + 1, reach * 2 + 1);
        int r = (int)reach;
        return MagickKernel.Centred(name, r * 2 + 1, r * 2 + 1, (y, x) => isInside(x - r, y - r, r) ? scale : NoPart);
    }

    private static MagickKernel Disk(string name, double radius, Ratio scale)
    {
        double side = radius < 0.4 ? 9 : Math.Floor(radius * 2 + 1);
        KernelMaker.CheckSize(side, side);
        double limit = radius < 0.4 ? 18 : Math.Floor(radius * radius);
        int centre = ((int)side - 1) / 2;

        // An even side has no middle; ImageMagick's loops then run over fewer places than it has.
        return (int)side % 2 == 1
            ? MagickKernel.Centred(name, (int)side, (int)side, (y, x) => Squares(x - centre, y - centre) <= limit ? scale : NoPart)
            : throw new KernelTextException($"ImageMagick's Disk of this radius has {side} columns and so no middle: take a whole radius");
    }

    private static MagickKernel Rectangle(string name, MagickGeometry geometry)
    {
        double width = geometry.Width ?? geometry.Height ?? 0;
        width = width < 1 ? 3 : Math.Floor(width);
        double height = geometry.Height is >= 1 and var given ? Math.Floor(given) : width;
        KernelMaker.CheckSize(width, height);
        MagickKernel kernel = MagickKernel.Centred(name, (int)width, (int)height, (_, _) => 1);
        double x = geometry.X ?? kernel.X;
        double y = geometry.Y ?? kernel.Y;
        return x >= 0 && x < width && y >= 0 && y < height
            ? kernel with { X = (int)x, Y = (int)y }
            : throw new KernelTextException($"the origin lies outside the rectangle of {kernel.Width}x{kernel.Height}");
    }

    private static MagickKernel Ring(string name, double one, double two, double scale)
    {
        double inner = Math.Floor(Math.Min(one, two) * Math.Min(one, two));
        double outer = Math.Floor(Math.Max(one, two) * Math.Max(one, two));
        double reach = Math.Floor(Math.Max(one, two));
        (inner, outer, reach) = outer <= 0 ? (7, 11, 3) : (inner, outer, reach);
        KernelMaker.CheckSize(reach * 2 + 1, reach * 2 + 1);
        int r = (int)reach;
        return MagickKernel.Centred(name, r * 2 + 1, r * 2 + 1, (y, x) =>
            Squares(x - r, y - r) > inner && Squares(x - r, y - r) <= outer ? Math.Truncate(scale) : NoPart);
    }

    private static int Squares(int x, int y) => x * x + y * y;
}
