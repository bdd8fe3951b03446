namespace LiveConv.Media;

/// <summary>Which planes FFmpeg delivers of each image, as one image of gray.</summary>
/// <param name="Filters">The filters from decoded images to gray ones.</param>
/// <param name="HasAlpha">The alpha plane stands below the luma.</param>
/// <param name="IsConverted">The luma was calculated from colours, and has full range.</param>
internal sealed record FFmpegPlanes(string Filters, bool HasAlpha, bool IsConverted)
{
    /// <summary>Times are in ticks of 100 ns.</summary>
    public const int TimeBase = 10_000_000;

    private const string Report = "showinfo=checksum=0";

    private const string Under = Report + "[luma];[luma][alpha]vstack";

    /// <summary>The luma as it is decoded.</summary>
    public static FFmpegPlanes Luma { get; } = new($"extractplanes=y,{Report}", HasAlpha: false, IsConverted: false);

    /// <summary>The luma and the alpha as they are decoded.</summary>
    public static FFmpegPlanes LumaAlpha { get; } =
        new($"extractplanes=y+a[light][alpha];[light]{Under}", HasAlpha: true, IsConverted: false);

    private static FFmpegPlanes Gray { get; } = new($"format=gray,{Report}", HasAlpha: false, IsConverted: true);

    private static FFmpegPlanes GrayAlpha { get; } = new(
        $"split[colours][other];[other]format=rgba,extractplanes=a[alpha];[colours]format=gray,{Under}",
        HasAlpha: true,
        IsConverted: true);

    /// <summary>For luma with alpha.</summary>
    /// <param name="pixels">FFmpeg's name of the pixel format.</param>
    // Of gray with alpha FFmpeg's extractplanes takes the next pixel's alpha.
    public static FFmpegPlanes OfAlpha(string pixels) => FFmpegPixelNames.IsGray(pixels) ? GrayAlpha : LumaAlpha;

    /// <summary>For images without luma.</summary>
    /// <param name="pixels">FFmpeg's name of the pixel format; null when unknown.</param>
    public static FFmpegPlanes OfColours(string? pixels) => pixels is not null && FFmpegPixelNames.HasAlpha(pixels) ? GrayAlpha : Gray;

    /// <summary>
    /// The whole filter graph, whose first filter takes any format. Each image is reported on standard error
    /// (<see cref="FFmpegFormats"/>) before it is delivered.
    /// </summary>
    public string Graph => $"{Filters},settb=1/{TimeBase}";
}
