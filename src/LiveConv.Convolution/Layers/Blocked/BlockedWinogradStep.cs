using System.Buffers;
using System.Runtime.InteropServices;

namespace LiveConv.Convolution;

/// <summary>Winograd's convolution with its input and output.</summary>
internal sealed unsafe class BlockedWinogradStep<TLanes, TVector> : BlockedStep
    where TLanes : IRealLanes<float, TVector>
    where TVector : struct
{
    private const int Block = BlockedLayout.Wide;

    // Transformed inputs that leave most of the second cache to weights and sums; more were no faster, and less evenly shared.
    private const int CachedElements = 110_000;

    // More weights are read once for many tiles, point by point.
    private const long StripWeights = 700_000;

    // Transformed inputs and sums of that way, together.
    private const int PhaseElements = 4_000_000;

    private readonly int[] offsets;
    private readonly BlockedWinograd<TLanes, TVector> on;
    private readonly int strips;
    private readonly int room;
    private readonly bool isPhased;

    public BlockedWinogradStep(BlockedConv layer, BlockedTensor input, BlockedTensor output, BlockedTensor? addend)
    {
        Axis[] axes = layer.Axes(input.Layout);
        offsets = GC.AllocateArray<int>(input.Layout.Blocks * Block, pinned: true);
        on = new BlockedWinograd<TLanes, TVector>
        {
            Input = input,
            Output = output,
            Addend = addend,
            Weights = BlockedWinogradWeights.Pack(layer),
            Offsets = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(offsets, 0),
            RowsBefore = axes[0].Before,
            ColumnsBefore = axes[1].Before,
            HasRelu = layer.HasRelu,
        };
        isPhased = on.Weights.Groups * on.Weights.GroupPitch * WinogradGrid.Points > StripWeights;
        int channels = (input.Layout.Blocks + (isPhased ? 2 * on.Weights.Groups : 0)) * Block;
        int max = Math.Max(1, (isPhased ? PhaseElements : CachedElements) / WinogradGrid.Points / channels);
        strips = (on.Count + max - 1) / max;
        strips = strips > 1 ? (strips + 1) / 2 * 2 : 1;
        room = (on.Count + strips - 1) / strips;
        strips = (on.Count + room - 1) / room;
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = i / Block * room * Block + i % Block;
        }
    }

    public override void Run(WorkerPool? workers)
    {
        nint inputPitch = BlockedWinograd<TLanes, TVector>.PointPitch(on.Input.Layout.Blocks, room);
        if (!isPhased)
        {
            var job = new BlockedWinogradStripJob<TLanes, TVector> { On = on, Room = room };
            Tiles.Run(ref job, strips, workers);
            return;
        }

        nint sumPitch = BlockedWinograd<TLanes, TVector>.PointPitch(2 * on.Weights.Groups, room);
        float[] memory = ArrayPool<float>.Shared.Rent((int)((inputPitch + sumPitch) * WinogradGrid.Points) + Block);
        fixed (float* start = memory)
        {
            float* points = PaddedLayout.Align(start);
            var phase = new BlockedWinogradPhaseJob<TLanes, TVector>
            {
                On = on,
                Room = room,
                Points = points,
                Sums = points + inputPitch * WinogradGrid.Points,
            };
            for (int strip = 0; strip < strips; strip++)
            {
                phase.First = strip * room;
                for (phase.Phase = WinogradPhase.Inputs; phase.Phase <= WinogradPhase.Outputs; phase.Phase++)
                {
                    Tiles.Run(ref phase, phase.Tiles, workers);
                }
            }
        }

        ArrayPool<float>.Shared.Return(memory);
    }
}
