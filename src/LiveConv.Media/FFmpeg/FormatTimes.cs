namespace LiveConv.Media;

/// <summary>What a format of FFmpeg's knows of the times of its frames.</summary>
/// <param name="Kind">Whether it holds times, a rate, or neither.</param>
/// <param name="IsDelayed">True if FFmpeg delivers a frame only when the next one starts, because nothing else marks its end.</param>
/// <param name="IsImage">True for the formats of single images.</param>
internal readonly record struct FormatTimes(FormatTimesKind Kind, bool IsDelayed = false, bool IsImage = false)
{
    /// <summary>True for a playlist of files, which a server extends while a live stream goes on.</summary>
    /// <param name="format">FFmpeg's name of the format, or several names with commas; null when unknown.</param>
    public static bool IsPlaylist(string? format) => format is not null && format.Split(',').Any(name => name is "hls" or "dash");

    /// <summary>Looks a format up. FFmpeg makes up 25 frames per second for a format that knows neither times nor a rate.</summary>
    /// <param name="format">FFmpeg's name of the format, or several names with commas; null when unknown.</param>
    /// <returns>What it knows; a format that is not listed has a time for every frame.</returns>
    public static FormatTimes Of(string? format) => format switch
    {
        null => default,
        "yuv4mpegpipe" or "avi" or "dv" or "gxf" => new(FormatTimesKind.Rate),
        "mpegvideo" or "dirac" or "cavsvideo" => new(FormatTimesKind.Rate, IsDelayed: true),

        // Its parts have headers, and so an end.
        "mpjpeg" => new(FormatTimesKind.None),
        "rawvideo" or "v210" or "v210x" or "bitpacked" or "ingenient" => new(FormatTimesKind.None),
        "image2" or "alias_pix" or "brender_pix" => new(FormatTimesKind.None, IsImage: true),
        "image2pipe" => new(FormatTimesKind.None, IsDelayed: true, IsImage: true),
        "mjpeg" or "mjpeg_2000" or "h261" or "h263" or "h264" or "hevc" or "vvc" or "evc" or "m4v" or "vc1" or "dnxhd" or "obu" or "av1"
            or "avs2" or "avs3" or "ipu" or "apv" => new(FormatTimesKind.None, IsDelayed: true),
        _ when format.EndsWith("_pipe", StringComparison.Ordinal) => new(FormatTimesKind.None, IsDelayed: true, IsImage: true),
        _ => default,
    };
}

/// <summary>What a format knows of times.</summary>
internal enum FormatTimesKind
{
    /// <summary>A time for every frame.</summary>
    PerFrame,

    /// <summary>One rate for all frames: true in a file, but a live stream that pauses cannot express it.</summary>
    Rate,

    /// <summary>Nothing.</summary>
    None,
}
