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
    private const string Rate = "-framerate";

    // Without this list a playlist or an unusual name could make FFmpeg open other files and addresses (concat:, subfile:).
    private const string ForFiles = "file,pipe";
    private const string ForHttp = "http,https,httpproxy,tls,tcp,crypto,data";
    private const string ForRtsp = "rtsp,tcp,udp,rtp,srtp";
    private static readonly string[] LowDelay = ["-flags", "low_delay", "-thread_type", "slice"];

    // Without the analysis of seconds of video that is FFmpeg's default: the first frame is delivered at once, and no frame is lost. A
    // stream whose size is not known then is decoded from its next key frame on all the same.
    private static readonly string[] NoAnalysis = ["-probesize", "32", "-analyzeduration", "1", "-fpsprobesize", "0"];

    // What is behind such an address has a header, and needs no analysis; playlists need one of each of their streams.
    private static readonly string[] FileEndings = [".mp4", ".m4v", ".mov", ".mkv", ".webm", ".m3u8", ".mpd"];

    /// <summary>The format of a playlist that may be opened all the same; empty for none.</summary>
    public string Playlist { get; private init; } = "";

    /// <summary>The same without a request for a rate; null when there is none.</summary>
    public FFmpegInput? WithoutRate() => Arguments.ToList().IndexOf(Rate) is >= 0 and var at
        ? this with { Arguments = [.. Arguments.Take(at), .. Arguments.Skip(at + 2)] }
        : null;

    /// <summary>A file, which is read as the video that it is, never as a playlist, unless that is allowed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="allowsPlaylists">A playlist is followed to files beside it.</param>
    /// <exception cref="LiveConvException">It is a playlist that leads elsewhere.</exception>
    public static FFmpegInput File(string path, bool allowsPlaylists = false)
    {
        string full = Path.GetFullPath(path);
        string address = "file:" + full;
        bool isPipe = FileIdentity.IsPipe(path);
        return new(
            Path.GetFileName(path),
            address,
            [.. isPipe ? [.. LowDelay, .. NoAnalysis] : SequenceNames.Arguments(full), "-protocol_whitelist", ForFiles, "-i", address],
            isPipe ? FFmpegInputKind.Pipe : FFmpegInputKind.File)
        {
            Playlist = allowsPlaylists && !isPipe ? LocalPlaylist.FormatOf(path) : "",
        };
    }

    public static FFmpegInput Url(string url)
    {
        // FFmpeg knows schemes in small letters only.
        int colon = url.IndexOf(':', StringComparison.Ordinal);
        url = url[..colon].ToLowerInvariant() + url[colon..];
        string scheme = url[..colon];
        string[] transport = scheme is "rtsp" or "rtsps" ? ["-rtsp_flags", "prefer_tcp"] : [];
        bool isAlwaysLive = scheme is not ("http" or "https");
        bool isFile = !isAlwaysLive
            && FileEndings.Any(ending => url.Split('?', '#')[0].EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        string address = isAlwaysLive ? url : SequenceNames.EscapeUrl(url);
        return new(
            AddressText.ToDisplay(url),
            address,
            [
                .. isFile ? [] : (string[])[.. LowDelay, .. NoAnalysis], .. transport, "-protocol_whitelist", ProtocolsFor(scheme),
                "-i", address,
            ],
            isAlwaysLive ? FFmpegInputKind.Stream : FFmpegInputKind.Download);
    }

    // An address has the protocols that its scheme is made of, so that what is behind it leads to no other one. An unknown one has none.
    private static string ProtocolsFor(string scheme) => scheme switch
    {
        "http" or "https" => ForHttp,
        "rtsp" or "rtsps" => ForRtsp,
        "rtmp" => "rtmp,tcp",
        "rtmps" => "rtmps,rtmp,httpproxy,tls,tcp",
        "rtp" => "rtp,udp",
        "srtp" => "srtp,rtp,udp",
        "tls" => "tls,httpproxy,tcp",
        "tcp" or "udp" or "srt" => scheme,
        _ => "data",
    };

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
        string[] rate = requested.Fps is { } fps ? [Rate, fps.ToString(CultureInfo.InvariantCulture)] : [];
        return new(
            name,
            device,
            ["-fflags", "nobuffer", .. LowDelay, "-f", format, .. size, .. rate, .. more, "-i", device],
            FFmpegInputKind.Camera);
    }
}

/// <summary>The kind of an FFmpeg input.</summary>
internal enum FFmpegInputKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A named pipe.</summary>
    Pipe,

    /// <summary>A URL of a video or a live stream: known once it is open.</summary>
    Download,

    /// <summary>A URL of a live stream, which continues whether or not it is read.</summary>
    Stream,

    /// <summary>A camera.</summary>
    Camera,
}
