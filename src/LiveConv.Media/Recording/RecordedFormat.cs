using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>What all images of a file are like.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Meaning">How the pixels are meant.</param>
internal sealed record RecordedFormat(int Width, int Height, StreamFormat Meaning)
{
    private const byte NoColour = 128;

    /// <summary>Whether an image belongs into the same file.</summary>
    public bool Is(int width, int height, StreamFormat meaning) =>
        (Width, Height) == (width, height) && (ReferenceEquals(Meaning, meaning) || Meaning == meaning);

    /// <summary>
    /// The chroma of an image without colours, subsampled by two; empty for gray. Programs take gray for full range, whatever the file
    /// states, so luma of limited range needs it.
    /// </summary>
    public byte[] FlatChroma()
    {
        if (Meaning.Range == LumaRange.Full)
        {
            return [];
        }

        byte[] chroma = new byte[2 * ((Width + 1) / 2) * ((Height + 1) / 2)];
        chroma.AsSpan().Fill(NoColour);
        return chroma;
    }
}
