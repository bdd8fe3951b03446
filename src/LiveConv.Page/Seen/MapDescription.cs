using LiveConv.Convolution;

namespace LiveConv.Page;

/// <summary>What a map shows, in a few words, for those who do not see it.</summary>
internal static class MapDescription
{
    // Every n-th row and column suffices: about this many pixels a side.
    private const int Samples = 240;
    private const int Cells = 3;
    private const double Black = 3;
    private const double Strong = 32;

    // A ninth of a map this much brighter than the whole is where it is bright; a map this much brighter than the other is the main one.
    private const double Outstanding = 1.5;

    private static readonly string[,] Places =
    {
        { "at the top left", "at the top", "at the top right" },
        { "at the left", "in the middle", "at the right" },
        { "at the bottom left", "at the bottom", "at the bottom right" },
    };

    /// <summary>Measures a map.</summary>
    public static MapBrightness Measure(Plane<byte> map)
    {
        double[,] sums = new double[Cells, Cells];
        int[,] counts = new int[Cells, Cells];
        int step = Math.Max(1, Math.Min(map.Width, map.Height) / Samples);
        for (int y = 0; y < map.Height; y += step)
        {
            ReadOnlySpan<byte> row = map.Row(y);
            int cellY = (int)((long)y * Cells / map.Height);
            for (int x = 0; x < row.Length; x += step)
            {
                int cellX = (int)((long)x * Cells / row.Length);
                sums[cellY, cellX] += row[x];
                counts[cellY, cellX]++;
            }
        }

        return new MapBrightness(sums.Cast<double>().Sum() / counts.Cast<int>().Sum(), BrightestPlace(sums, counts));
    }

    /// <summary>One map, as "strong, mostly at the left".</summary>
    public static string Of(MapBrightness map)
    {
        if (map.Mean < Black)
        {
            return "almost all black";
        }

        string strength = map.Mean < Strong ? "faint" : "strong";
        return map.Place is { } place ? $"{strength}, mostly {place}" : $"{strength}, all over";
    }

    /// <summary>Both maps, as "mostly vertical edges, strong at the left".</summary>
    /// <param name="left">The left map.</param>
    /// <param name="leftTitle">What it shows.</param>
    /// <param name="right">The right map.</param>
    /// <param name="rightTitle">What it shows.</param>
    public static string Of(MapBrightness left, string leftTitle, MapBrightness right, string rightTitle)
    {
        if (left.Mean < Black && right.Mean < Black)
        {
            return "almost all black";
        }

        string what = left.Mean > Outstanding * right.Mean ? $"mostly {Lower(leftTitle)}"
            : right.Mean > Outstanding * left.Mean ? $"mostly {Lower(rightTitle)}"
            : $"{Lower(leftTitle)} and {Lower(rightTitle)} alike";
        MapBrightness main = left.Mean >= right.Mean ? left : right;
        string strength = main.Mean < Strong ? "faint" : "strong";
        return $"{what}, {strength} {main.Place ?? "all over"}";
    }

    private static string? BrightestPlace(double[,] sums, int[,] counts)
    {
        double total = sums.Cast<double>().Sum() / counts.Cast<int>().Sum();
        double max = 0;
        string? place = null;
        for (int y = 0; y < Cells; y++)
        {
            for (int x = 0; x < Cells; x++)
            {
                double mean = counts[y, x] == 0 ? 0 : sums[y, x] / counts[y, x];
                if (mean > max)
                {
                    (max, place) = (mean, Places[y, x]);
                }
            }
        }

        return max > Outstanding * total ? place : null;
    }

    // Names such as "LoG" keep their letters.
    private static string Lower(string title) =>
        title.Length > 1 && char.IsUpper(title[0]) && char.IsLower(title[1]) ? char.ToLowerInvariant(title[0]) + title[1..] : title;
}

/// <summary>How bright a map is.</summary>
/// <param name="Mean">The mean of its pixels.</param>
/// <param name="Place">Where it is brightest; null when no place stands out.</param>
internal readonly record struct MapBrightness(double Mean, string? Place);
