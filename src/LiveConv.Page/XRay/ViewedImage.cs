using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>An image with its maps and all frames that they were computed from. Owns nothing.</summary>
/// <param name="Number">The image's number, as in the messages that carry it.</param>
/// <param name="Sequence">The number of its frame in the source.</param>
/// <param name="Preset">What it was filtered with.</param>
/// <param name="Frames">As many frames as the preset reads, the newest first; the same plane may stand in several places.</param>
/// <param name="Vertical">The left map.</param>
/// <param name="Horizontal">The right map.</param>
internal sealed record ViewedImage(
    uint Number, long Sequence, Preset Preset, Plane<byte>[] Frames, Plane<byte> Vertical, Plane<byte> Horizontal)
{
    /// <summary>The size of the image.</summary>
    public ImageSize Size => new(Frames[0].Width, Frames[0].Height);

    /// <summary>The maps as they are lent; valid as long as they are.</summary>
    /// <param name="maps">The maps.</param>
    /// <param name="number">Their number.</param>
    public static ViewedImage Of(EdgeMaps maps, uint number)
    {
        Plane<byte> newest = maps.Frame.Luma;
        int count = maps.Preset.Stack?.Frames ?? 1;
        var frames = new Plane<byte>[count];
        frames[0] = newest;
        ReadOnlySpan<Frame> earlier = maps.EarlierFrames;
        Plane<byte>? missing = null;
        for (int age = 1; age < count; age++)
        {
            frames[age] = age <= earlier.Length ? earlier[age - 1].Luma : missing ??= Before(maps.Preset, frames[age - 1]);
        }

        return new ViewedImage(number, maps.Frame.Sequence, maps.Preset, frames, maps.Vertical, maps.Horizontal);
    }

    // What stands before the first frame of a stream.
    private static Plane<byte> Before(Preset preset, Plane<byte> oldest) =>
        preset.Before == TimeBorder.Replicate ? oldest : new Plane<byte>(oldest.Width, oldest.Height);
}
