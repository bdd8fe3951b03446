using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>Sums each channel over all images and places.</summary>
internal static unsafe class BiasSums
{
    /// <summary>Sums.</summary>
    /// <param name="values">(images, channels, places), dense.</param>
    /// <param name="images">How many images.</param>
    /// <param name="sums">Overwritten, one per channel.</param>
    public static void Run<T>(ReadOnlySpan<T> values, int images, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint places = values.Length / images / sums.Length;
        T* lanes = stackalloc T[LaneSums<T>.Lanes];
        fixed (T* first = values)
        {
            for (int c = 0; c < sums.Length; c++)
            {
                new Span<T>(lanes, LaneSums<T>.Lanes).Clear();
                for (int n = 0; n < images; n++)
                {
                    LaneSums<T>.Add(lanes, first + ((nint)n * sums.Length + c) * places, places);
                }

                sums[c] = LaneSums<T>.Total(lanes);
            }
        }
    }
}
