using System.Numerics;

namespace LiveConv.Convolution.Stacks;

/// <summary>
/// All frames of a stream, strip by strip: every frame adds its sums while those of the strip are still in the nearer caches, then
/// they become maps.
/// </summary>
/// <param name="frames">The jobs in the order that their sums are added; all with the same tiles.</param>
/// <param name="sums">What the jobs fill.</param>
/// <param name="maps">What becomes of the sums.</param>
/// <param name="biases">Added to each map.</param>
/// <param name="isFinished">Sums and maps are the same planes.</param>
internal readonly struct TemporalJob<T>(FilterJob[] frames, Plane<T>[] sums, Plane<float>[] maps, float[] biases, bool isFinished)
    : ITileJob
    where T : unmanaged, INumber<T>
{
    public int Tiles => frames[0].Tiles;

    public void Run(int tile)
    {
        foreach (ref readonly FilterJob frame in frames.AsSpan())
        {
            frame.Run(tile);
        }

        int first = tile * frames[0].Rows;
        int end = Math.Min(first + frames[0].Rows, frames[0].OutputHeight);
        for (int m = 0; m < maps.Length; m++)
        {
            if (!isFinished || biases[m] != 0)
            {
                var row = new BiasRow<T>(sums[m], biases[m], maps[m]);
                for (int y = first; y < end; y++)
                {
                    row.Run(y);
                }
            }
        }
    }
}
