using LiveConv.Convolution;
using LiveConv.Media;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>
/// Reads the image that <c>explain</c>, <c>learn</c> and <c>conv</c> work on: the values of an array as they are, of an image the 8-bit
/// luma that the live image of the same file has, through the same source.
/// </summary>
internal static class StillImage
{
    /// <summary>Reads a file as (height, width).</summary>
    /// <param name="option">The option that names it, for messages.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="LiveConvException">It cannot be read, or is no image.</exception>
    public static NumberArray Read(string option, string path)
    {
        byte[] file = ArrayFile.ReadBytes(option, path);
        NumberArray array = WhiteOf(file) is { } white ? Bytes(option, path, file, white) : ArrayFile.Parse(option, path, file);
        return array.Rank == 2 && array.Values.Length > 0
            ? array
            : throw new LiveConvException($"{option} {path}: an image has rows and columns; this array has shape {array.ShapeText}");
    }

    /// <summary>
    /// Reads the input of <c>conv</c>: of an image whose white is 255 the luma that the live image has, of every other file its own values.
    /// </summary>
    /// <param name="option">The option that names it, for messages.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="LiveConvException">It cannot be read.</exception>
    public static NumberArray ReadValues(string option, string path)
    {
        byte[] file = ArrayFile.ReadBytes(option, path);
        return WhiteOf(file) == 255 ? Bytes(option, path, file, 255) : ArrayFile.Parse(option, path, file);
    }

    // Null for what is no image, or is damaged; reading it reports why. Formats that only FFmpeg reads have 8 bits.
    private static int? WhiteOf(byte[] file)
    {
        try
        {
            return PngFile.Is(file) ? PngFile.WhiteOf(file)
                : PgmFile.Is(file) ? PgmFile.WhiteOf(file)
                : ForeignFile.IsImage(file) ? 255
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // A pipe has been read by now, and has no images for a source any more.
    private static NumberArray Bytes(string option, string path, byte[] file, int white) =>
        RecorderFactory.HasEncoder && path != ArrayFile.StandardInput && !FileIdentity.IsPipe(path)
            ? Watch(option, path)
            : ToBytes(ArrayFile.Parse(option, path, file), white);

    private static NumberArray Watch(string option, string path)
    {
        try
        {
            using IFrameSource source =
                Sources.Create(new SourceSpec(SourceKind.File, path), new SourceMode(), TimeProvider.System, new Notices());
            using var pool = new FramePool<Frame>(1);
            using Frame frame = pool.TryRent()!;
            source.Open(CancellationToken.None);
            SourceMode mode = source.Info.Granted;
            if ((long)(mode.Width ?? 0) * (mode.Height ?? 0) > PngFile.MaxPixels)
            {
                throw new LiveConvException(
                    $"it has {mode.Width}x{mode.Height} pixels, and at most {PngFile.MaxPixels} are read: save a smaller part of it");
            }

            return source.Read(frame) ? Values(frame.Luma) : throw new LiveConvException($"{Path.GetFileName(path)} holds no image");
        }
        catch (LiveConvException e)
        {
            throw new LiveConvException($"{option} {path}: {e.Message}", e);
        }
    }

    /// <summary>The values of an image.</summary>
    public static NumberArray Values(Plane<byte> image)
    {
        double[] values = new double[image.Width * image.Height];
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> row = image.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                values[y * row.Length + x] = row[x];
            }
        }

        return new NumberArray(values, [image.Height, image.Width]) { Type = ElementType.UInt8 };
    }

    private static NumberArray ToBytes(NumberArray image, int white) =>
        image with { Values = Array.ConvertAll(image.Values, value => Math.Min(255, Math.Round(value * 255 / white))) };
}
