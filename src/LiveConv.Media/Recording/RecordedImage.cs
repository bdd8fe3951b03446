using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Media;

/// <summary>Composes what is recorded of a frame into one image without padding. Reuses its memory.</summary>
/// <param name="options">What is recorded.</param>
/// <param name="context">Where the statistics come from.</param>
internal sealed class RecordedImage(RecordingOptions options, RecordingContext context)
{
    private static readonly TimeSpan TextPeriod = TimeSpan.FromMilliseconds(250);
    private byte[] pixels = [];
    private IReadOnlyList<string> text = [];
    private long textOf;
    private StreamFormat sourceFormat = StreamFormat.Default;

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>How it is meant. Maps have full range, whatever the source has.</summary>
    public StreamFormat Format { get; private set; } = StreamFormat.Default;

    /// <summary>The image, row by row.</summary>
    public Span<byte> Pixels => pixels.AsSpan(0, Width * Height);

    private PlaneView<byte> View => new(Pixels, Width, Height, Width);

    /// <summary>Takes the image of these maps.</summary>
    public void Take(EdgeMaps maps)
    {
        (Width, Height) = options.What == RecordContent.Both ? SideBySide.SizeOf(maps) : (Part(maps).Width, Part(maps).Height);
        SetFormat(maps.Frame.Format);
        if (pixels.Length < Width * Height)
        {
            pixels = GC.AllocateUninitializedArray<byte>(Width * Height);
        }

        if (options.What == RecordContent.Both)
        {
            SideBySide.Copy(maps, View);
        }
        else
        {
            Part(maps).CopyTo(pixels);
        }

        if (options.BurnIn)
        {
            TextBox.Draw(View, Text(maps.Preset), isAtBottom: true);
        }
    }

    // Changes rarely, and allocates only then.
    private void SetFormat(StreamFormat source)
    {
        if (!ReferenceEquals(source, sourceFormat))
        {
            sourceFormat = source;
            Format = options.What == RecordContent.Camera
                ? source
                : new StreamFormat { Aspect = source.Aspect, Change = source.Change };
        }
    }

    private Plane<byte> Part(EdgeMaps maps) => options.What switch
    {
        RecordContent.Horizontal => maps.Horizontal,
        RecordContent.Camera => maps.Frame.Luma,
        _ => maps.Vertical,
    };

    private IReadOnlyList<string> Text(Preset preset)
    {
        if (text.Count == 0 || context.Time.GetElapsedTime(textOf) >= TextPeriod)
        {
            text = StatisticsText.Of(preset, context.Stats.Live());
            textOf = context.Time.GetTimestamp();
        }

        return text;
    }
}
