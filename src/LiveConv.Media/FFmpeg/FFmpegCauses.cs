using System.Text.RegularExpressions;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// The causes of FFmpeg's failures by its messages, the most telling first: its last message often only repeats that it failed.
/// </summary>
internal static partial class FFmpegCauses
{
    /// <summary>The reason for something without a video.</summary>
    public const string NoVideo = "there is no video in it";

    private const string NotAVideo = "ffmpeg does not recognize it as a video or an image: it is something else, or damaged";
    private const string CutOff = "the file is damaged or cut off: copy it again from where it came";
    private const string Damaged = "it is damaged or cut off, and nothing of it can be decoded: copy it again from where it came";
    private const string WrongContent = "it is not the image that its ending promises, or it is damaged or cut off";
    private const string NoIndex =
        "the file is incomplete or still being written (its index is missing): wait for the recording to end, or copy it again";

    private const string NoDecoder = "this ffmpeg has no decoder for its video: install a complete ffmpeg, or convert the video";
    private const string Animated = "it is an animated WebP, which ffmpeg cannot decode: convert it to GIF, PNG or a video";

    private static readonly Cause[] OfEverything =
    [
        new("this ffmpeg lacks an option that LiveConv needs: install a complete, newer one", "Unrecognized option", "Option not found"),
    ];

    private static readonly Cause[] OfAddresses =
    [
        new("there is no host of that name: check the address and the network", "Failed to resolve hostname"),
        new("no server answers there (connection refused): check the address", "Connection refused"),
        new("the network does not reach that host: check the address and the network", "No route to host", "Network is unreachable"),
        new("the server does not answer in time: check the address and the network", "timed out"),
        new("the server's certificate cannot be verified", "certificate verify failed", "verification failed"),
        new("the server does not speak TLS there: check the scheme and the port", "TLS packet", "wrong version number"),
        new("the server broke the connection off", "Connection reset", "Broken pipe"),
        new("no server answers there: check the address", "failed: Input/output error"),
        new("the server ended the connection before an image came: check the address", ": End of file"),
    ];

    private static readonly Cause[] OfCameras =
    [
        new("another program uses it: close that program", "Device or resource busy"),
        new($"not permitted: {CameraAccess.HowTo}", "Permission denied", "Operation not permitted"),
        new("there is no such camera", "No such file or directory", "No such device"),
    ];

    private static readonly Cause[] OfFiles =
    [
        new("another program uses it: close that program", "Device or resource busy", "being used by another process"),
        new("not permitted: check its permissions", "Permission denied", "Operation not permitted"),
        new("it does not exist any more", "No such file or directory"),
        new("it is a folder: name a file in it", "Is a directory"),
    ];

    private static readonly Cause[] OfContents =
    [
        new(Animated, "skipping unsupported chunk: ANIM"),
        new(NoVideo, "matches no streams", "does not contain any stream"),
        new(NotAVideo, "detected only with low score", "EBML header parsing failed"),
        new(NoIndex, "moov atom not found"),
        new("it is not an SVG image, or a damaged one", "Error parsing svg"),
        new(
            "its pixels have a layout that this ffmpeg cannot convert to gray: convert the video to another format",
            "Impossible to convert between the formats"),
        new(
            "it is raw video, whose size nothing states: make a .y4m of it, as in: ffmpeg -f rawvideo -pixel_format yuv420p -video_size "
            + "640x480 -i FILE video.y4m",
            "size 0x0 is invalid"),
        new(NoDecoder, "Decoder (codec", "Unsupported codec", "unknown codec", "Update your FFmpeg", "Decoder not found"),
        new(
            CutOff, "File ended prematurely", "partial file", "error reading header", "Truncating packet", "Read error at pos",
            "Packet corrupt", "invalid block label", ": End of file"),
        new(WrongContent, "Invalid PNG signature", "No JPEG data found"),
        new(
            Damaged, "Cannot determine format of input", "while decoding", "submitting packet to decoder",
            "Could not find codec parameters"),
        new(NotAVideo, "Invalid data found"),
        new("there is no image in it that can be decoded", "nothing was encoded", "Nothing was written"),
    ];

    // What follows from an error, but is none itself.
    private static readonly string[] Consequences =
    [
        "Error marking filters as finished", "Error while ", "Conversion failed!", "Error reinitializing filters", "Error configuring ",
        "Error initializing ",
        "Failed to configure ", "Requested planes not available", "Cannot determine format of input", "Error submitting ",
        "Error opening ", "Error processing ", "Error sending ", "Nothing was written", "Failed to inject frame",
        "Task finished with error", "Terminating thread", "Output file is empty", "Could not open encoder before EOF", "Error during ",
        "Error splitting ", "Error muxing ", "Error parsing options ", "Error closing ",
    ];

    /// <summary>Finds the cause of a failure.</summary>
    /// <param name="problems">FFmpeg's warnings and errors.</param>
    /// <param name="kind">The kind of its input.</param>
    /// <returns>The cause and what to do; null when it is not in the table.</returns>
    public static string? Find(IReadOnlyList<string> problems, FFmpegInputKind kind)
    {
        Cause[] ofPlace = kind switch
        {
            FFmpegInputKind.Camera => OfCameras,
            FFmpegInputKind.Download or FFmpegInputKind.Stream => OfAddresses,
            _ => OfFiles,
        };
        return OfEverything.Concat(ofPlace).Concat(kind == FFmpegInputKind.Camera ? [] : OfContents)
            .FirstOrDefault(cause => cause.Messages.Any(words => problems.Any(line => Has(line, words))))?.Reason;
    }

    /// <summary>True for a message that only reports the consequence of another one.</summary>
    /// <param name="message">FFmpeg's message without its marks.</param>
    public static bool IsConsequence(string message) =>
        Consequences.Any(words => message.StartsWith(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>True for the last line of versions before 6.1, which only says that an input does not open.</summary>
    /// <param name="message">FFmpeg's message without its marks.</param>
    /// <param name="address">The input's address, or null.</param>
    public static bool SaysNothing(string message, string? address) =>
        address is not null && message.StartsWith(address + ": ", StringComparison.Ordinal)
        && Unspecific.Contains(message[(address.Length + 2)..]);

    /// <summary>
    /// What to do when a camera does not open, where FFmpeg's message may mean that another program uses it or that the user has not
    /// permitted it; empty for other messages.
    /// </summary>
    /// <param name="message">FFmpeg's message.</param>
    public static string CameraHint(string message) =>
        Has(message, "Could not run graph") || Has(message, "Unable to BindToObject")
        ? $": close other programs that use it, or {CameraAccess.OnWindows}"
        : Has(message, "AV capture input device") ? $": close other programs that use it, or {CameraAccess.OnMac}" : "";

    /// <summary>Leaves out what a camera supports, which avfoundation prints line by line as errors.</summary>
    /// <param name="messages">FFmpeg's messages without their marks.</param>
    public static IEnumerable<string> WithoutLists(IReadOnlyList<string> messages)
    {
        bool isListed = false;
        foreach (string message in messages)
        {
            isListed = ListHeads.Contains(message) || (isListed && ListedMode().IsMatch(message));
            if (!isListed)
            {
                yield return message;
            }
        }
    }

    private static readonly string[] Unspecific =
        ["I/O error", "Input/output error", "Unknown error occurred", "Immediate exit requested"];

    private static readonly string[] ListHeads = ["Supported modes:", "Supported pixel formats:"];

    // "640x480@[15.000000 30.000000]fps", or the name of a pixel format.
    [GeneratedRegex(@"^(?:\d+x\d+@\[[^\]]*\]fps|[a-z0-9_]+)$")]
    private static partial Regex ListedMode();

    private static bool Has(string line, string words) => line.Contains(words, StringComparison.OrdinalIgnoreCase);

    private sealed record Cause(string Reason, params string[] Messages);
}
