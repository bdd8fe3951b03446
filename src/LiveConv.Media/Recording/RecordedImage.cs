using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Media;

/// <summary>
/// What is recorded of a frame, as one image without padding: where the maps lie without gaps between their rows, their own memory; else a
/// copy, whose memory is reused.
/// </summary>
/// <param name="options">What is recorded.</param>
/// <param name="context">Where the statistics come from.</param>
internal sealed class RecordedImage(RecordingOptions options, RecordingContext context)
{
    private static readonly TimeSpan TextPeriod = TimeSpan.FromMilliseconds(250);
    private byte[] copy = [];
    private Plane<byte>? inPlace;
    private IReadOnlyList<string> text = [];
    private long textOf;
    private StreamFormat sourceFormat = StreamFormat.Default;

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>How it is meant. Maps have full range, whatever the source has.</summary>
    public StreamFormat Format { get; private set; } = StreamFormat.Default;

    /// <summary>The image, row by row. Valid until the maps' lease is released.</summary>
    public ReadOnlySpan<byte> Pixels => inPlace is { } part && Lies(part, out ReadOnlySpan<byte> pixels) ? pixels : Copy;

    private Span<byte> Copy => copy.AsSpan(0, Width * Height);

    /// <summary>Takes the image of these maps; borrows them until the image was written.</summary>
    public void Take(EdgeMaps maps)
    {
        Plane<byte> part = Part(maps);
        (Width, Height) = (part.Width, part.Height);
        SetFormat(maps.Frame.Format);
        inPlace = !options.BurnIn && Lies(part, out _) ? part : null;
        if (inPlace is null)
        {
            CopyOf(part, maps.Preset);
        }
    }

    private static bool Lies(ReadOnlyPlaneView<byte> part, out ReadOnlySpan<byte> pixels) => part.TryGetSpan(out pixels);

    private void CopyOf(Plane<byte> part, Preset preset)
    {
        if (copy.Length < Width * Height)
        {
            copy = GC.AllocateUninitializedArray<byte>(Width * Height);
        }

        part.CopyTo(copy);
        if (options.BurnIn)
        {
            TextBox.Draw(new(Copy, Width, Height, Width), Text(preset), isAtBottom: true);
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
        RecordContent.Vertical => maps.Vertical,
        RecordContent.Horizontal => maps.Horizontal,
        RecordContent.Camera => maps.Frame.Luma,
        _ => maps.SideBySide,
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
