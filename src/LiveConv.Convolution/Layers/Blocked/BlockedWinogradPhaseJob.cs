namespace LiveConv.Convolution;

/// <summary>
/// One part after another for many tiles, where there are so many weights that few tiles would not pay for reading them. A tile of work is
/// all tiles of a block in the transforms, and a group of output channels of a point in the products.
/// </summary>
internal unsafe struct BlockedWinogradPhaseJob<TLanes, TVector> : ITileJob
    where TLanes : IRealLanes<float, TVector>
    where TVector : struct
{
    private const int Block = BlockedLayout.Wide;

    public required BlockedWinograd<TLanes, TVector> On { get; init; }

    public required int Room { get; init; }

    public required float* Points { get; init; }

    public required float* Sums { get; init; }

    /// <summary>The first tile of the output.</summary>
    public int First { get; set; }

    public WinogradPhase Phase { get; set; }

    public readonly int Tiles => Phase switch
    {
        WinogradPhase.Inputs => On.Input.Layout.Blocks,
        WinogradPhase.Products => WinogradGrid.Points * On.Weights.Groups,
        _ => On.Output.Layout.Blocks,
    };

    public readonly void Run(int tile)
    {
        nint inputPitch = BlockedWinograd<TLanes, TVector>.PointPitch(On.Input.Layout.Blocks, Room);
        nint sumPitch = BlockedWinograd<TLanes, TVector>.PointPitch(2 * On.Weights.Groups, Room);
        int count = Math.Min(Room, On.Count - First);
        switch (Phase)
        {
            case WinogradPhase.Inputs:
                On.TransformInputs(tile, First, count, Points + (nint)tile * Room * Block, inputPitch);
                break;
            case WinogradPhase.Products:
                int point = tile / On.Weights.Groups;
                int group = tile % On.Weights.Groups;
                On.Multiply(
                    point, group, count, Points + point * inputPitch, Sums + point * sumPitch + 2 * (nint)group * Room * Block, Room,
                    On.Weights.GroupPitch);
                break;
            default:
                On.TransformOutputs(tile, First, count, Sums + (nint)tile * Room * Block, sumPitch);
                break;
        }
    }
}
