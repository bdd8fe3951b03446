using System.Buffers;

namespace LiveConv.Convolution;

/// <summary>
/// All three parts for some tiles, whose transformed inputs stay in the second cache while one group of output channels after
/// another is summed and transformed back. A tile of work is one strip of tiles.
/// </summary>
internal unsafe struct BlockedWinogradStripJob<TLanes, TVector> : ITileJob
    where TLanes : IRealLanes<float, TVector>
    where TVector : struct
{
    private const int Block = BlockedLayout.Wide;

    public required BlockedWinograd<TLanes, TVector> On { get; init; }

    public required int Room { get; init; }

    public readonly void Run(int strip)
    {
        int first = strip * Room;
        int count = Math.Min(Room, On.Count - first);
        int blocks = On.Input.Layout.Blocks;
        nint inputPitch = BlockedWinograd<TLanes, TVector>.PointPitch(blocks, Room);
        nint sumPitch = BlockedWinograd<TLanes, TVector>.PointPitch(2, Room);
        float[] memory = ArrayPool<float>.Shared.Rent((int)((inputPitch + sumPitch) * WinogradGrid.Points) + Block);
        fixed (float* start = memory)
        {
            float* points = PaddedLayout.Align(start);
            float* sums = points + inputPitch * WinogradGrid.Points;
            for (int block = 0; block < blocks; block++)
            {
                On.TransformInputs(block, first, count, points + (nint)block * Room * Block, inputPitch);
            }

            nint next = On.Weights.Groups * On.Weights.GroupPitch;
            for (int group = 0; group < On.Weights.Groups; group++)
            {
                for (int point = 0; point < WinogradGrid.Points; point++)
                {
                    On.Multiply(point, group, count, points + point * inputPitch, sums + point * sumPitch, Room, next);
                }

                for (int block = 2 * group; block < Math.Min(2 * group + 2, On.Output.Layout.Blocks); block++)
                {
                    On.TransformOutputs(block, first, count, sums + (nint)(block % 2) * Room * Block, sumPitch);
                }
            }
        }

        ArrayPool<float>.Shared.Return(memory);
    }
}
