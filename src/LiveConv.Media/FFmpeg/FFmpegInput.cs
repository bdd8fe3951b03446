using System.Globalization;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>An input of FFmpeg: its arguments, and its display name.</summary>
/// <param name="Name">The display name; never contains a password.</param>
/// <param name="Address">The address for FFmpeg.</param>
/// <param name="Arguments">Everything up to and with <c>-i</c> and the address.</param>
/// <param name="Kind">The kind of input.</param>
internal sealed record FFmpegInput(string Name, string Address, IReadOnlyList<string> Arguments, FFmpegInputKind Kind)
{
    // Without this list a playlist or an unusual name could make FFmpeg open other files and addresses (concat:, subfile:).
    private const string ForFiles = "file,pipe";
    private const string ForAddresses = "http,https,httpproxy,tls,tcp,udp,rtp,rtsp,rtmp,rtmps,srt,srtp,crypto,data";
    private static readonly string[] LowDelay = ["-fflags", "nobuffer", "-flags", "low_delay", "-thread_type", "slice"];

    public static FFmpegInput File(string path)
    {
        string address = "file:" + Path.GetFullPath(path);
        return new(Path.GetFileName(path), address, ["-protocol_whitelist", ForFiles, "-i", address], FFmpegInputKind.File);
    }

    public static FFmpegInput Url(string url)
    {
        string name = WithoutPassword(url);
        string scheme = url[..url.IndexOf(':', StringComparison.Ordinal)].ToUpperInvariant();
        string[] transport = scheme is "RTSP" or "RTSPS" ? ["-rtsp_flags", "prefer_tcp"] : [];
        bool isAlwaysLive = scheme is not ("HTTP" or "HTTPS");
        return new(
            name,
            url,
            [.. isAlwaysLive ? LowDelay : [], .. transport, "-protocol_whitelist", ForAddresses, "-i", url],
            isAlwaysLive ? FFmpegInputKind.Stream : FFmpegInputKind.Download);
    }

    /// <summary>A camera through the system's own capture interface.</summary>
    /// <param name="format">FFmpeg's name of the interface: v4l2, avfoundation, dshow.</param>
    /// <param name="device">The device as the interface names it.</param>
    /// <param name="name">Display name.</param>
    /// <param name="requested">The size and rate to request.</param>
    /// <param name="more">Further arguments for the interface.</param>
    public static FFmpegInput Camera(string format, string device, string name, SourceMode requested, params string[] more)
    {
        string[] size = requested is { Width: { } width, Height: { } height }
            ? ["-video_size", string.Create(CultureInfo.InvariantCulture, $"{width}x{height}")]
            : [];
        string[] rate = requested.Fps is { } fps ? ["-framerate", fps.ToString(CultureInfo.InvariantCulture)] : [];
        return new(name, device, [.. LowDelay, "-f", format, .. size, .. rate, .. more, "-i", device], FFmpegInputKind.Camera);
    }

    private static string WithoutPassword(string url)
    {
        int host = url.IndexOf("://", StringComparison.Ordinal) + 3;
        int end = url.IndexOf('/', host);
        int at = url.LastIndexOf('@', end < 0 ? url.Length - 1 : end);
        return at < host ? url : url[..host] + url[(at + 1)..];
    }
}

/// <summary>The kind of an FFmpeg input.</summary>
internal enum FFmpegInputKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A URL of a video or a live stream: known once it is open.</summary>
    Download,

    /// <summary>A URL of a live stream, which continues whether or not it is read.</summary>
    Stream,

    /// <summary>A camera.</summary>
    Camera,
}
