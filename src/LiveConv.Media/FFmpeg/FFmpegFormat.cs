using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>The format of decoded images, as FFmpeg reports it where it changes.</summary>
/// <param name="Pixels">FFmpeg's name of the pixel format, before the luma is taken.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Aspect">The shape of a pixel.</param>
/// <param name="Range">FFmpeg's word for the range: tv, pc, unknown.</param>
/// <param name="Matrix">FFmpeg's word for the colour matrix.</param>
/// <param name="Primaries">FFmpeg's word for the colour primaries.</param>
/// <param name="Transfer">FFmpeg's word for the transfer characteristics.</param>
internal sealed record FFmpegFormat(
    string Pixels, int Width, int Height, PixelAspect Aspect, string Range, string Matrix, string Primaries, string Transfer)
{
    /// <summary>How the luma that is taken from these images is meant.</summary>
    /// <param name="planes">How it is taken.</param>
    /// <param name="change">The number of changes before it.</param>
    public StreamFormat ToStream(FFmpegPlanes planes, int change)
    {
        var plain = new StreamFormat { Aspect = Aspect, Change = change };
        return planes.IsConverted
            ? plain
            : plain with
            {
                Range = IsFullRange ? LumaRange.Full : LumaRange.Limited,
                Matrix = Known(Matrix),
                Primaries = Known(Primaries),
                Transfer = Known(Transfer),
            };
    }

    // Players take a video that does not state its range for a limited one; FFmpeg takes gray for a full one, whatever it states.
    private bool IsFullRange =>
        FFmpegPixelNames.IsGray(Pixels) || Range == "pc" || (Range != "tv" && Pixels.StartsWith("yuvj", StringComparison.Ordinal));

    private static string? Known(string word) => word is "unknown" or "reserved" or "gbr" or "" ? null : word;
}
