using System.CommandLine;
using System.Globalization;
using System.Net;
using LiveConv.Media;
using LiveConv.Page;
using LiveConv.Pipeline;
using LiveConv.Presets;
using LiveConv.Viewer;

namespace LiveConv.App;

/// <summary>The options of the live run, and their parsing.</summary>
internal sealed class LiveOptions
{
    private const int MaxSide = 16384;

    private readonly Option<string?> source = Options.Text(
        "--source",
        "WHAT",
        "auto, test, camera[:NAME], opencv[:NUMBER or file], a file, a URL or - for Y4M on standard input",
        "auto (first camera, else the test scene), test, camera[:NAME], opencv[:NUMBER or file] (read by OpenCV), a file, a URL "
            + "(rtsp://…), or - for Y4M on standard input [auto]");

    private readonly Option<bool> allowPlaylists = Options.AllowPlaylists();

    private readonly Option<(int Width, int Height)?> size = Options.Of<(int, int)?>(
        "--size",
        "WxH",
        $"a size such as 640x480, each side 1 to {MaxSide}",
        "Requested image size, for cameras and the test scene",
        ReadSize);

    private readonly Option<double?> fps = Options.Rate(
        "--fps",
        "Requested frame rate, for cameras and the test scene; the rate of a file that has no times of its own, such as raw MJPEG");

    private readonly Option<string?> format = Options.Of<string?>(
        "--format",
        "FOURCC",
        $"one of {string.Join(", ", CameraFormats.Names)}",
        "Requested pixel format, for cameras, such as YUYV or MJPG",
        (string text, out string? value) => CameraFormats.IsKnown(value = text));

    private readonly Option<Pace> pace = Options.Choice(
        "--pace",
        "source: frames come when they are due and the newest wins; max: as fast as the slowest stage, nothing is dropped [source]",
        ("source", Pace.Source),
        ("max", Pace.Max));

    private readonly Option<AtEnd> atEnd = Options.Choice(
        "--at-end",
        "When a file has ended: hold its last image, loop, or quit [hold on a page or window, quit with --view none or --frames]",
        ("hold", AtEnd.Hold),
        ("loop", AtEnd.Loop),
        ("quit", AtEnd.Quit));

    private readonly Option<bool> loop = Options.Flag("--loop", "The same as --at-end loop");

    private readonly Option<int?> frames = Options.Whole("--frames", "a whole number from 1 up", "End after N filtered frames", min: 1);

    private readonly Option<IReadOnlyList<View>> view = Options.Choices(
        "--view",
        "Where the maps are shown: the page in a browser, a native window (through SDL 2), OpenCV's window, the best window "
            + "available (auto: else the page), or nowhere; may be repeated, as in --view window --view page [page]",
        ("page", View.Page),
        ("window", View.Window),
        ("opencv", View.OpenCv),
        ("auto", View.Auto),
        ("none", View.None));

    private readonly Option<int?> port = Options.Whole(
        "--port",
        "a port from 1 to 65535",
        "Port of the page [5017, or the next free one]",
        min: 1,
        max: 65535);

    private readonly Option<IPAddress?> listen = Options.Of<IPAddress?>(
        "--listen",
        "ADDRESS",
        "a numeric address of this machine such as 192.168.1.5, or 0.0.0.0 for all",
        "Serve the page to the network too; opening it requires a token: the presenter's address and the guests' are printed "
            + "[this machine only]",
        (string text, out IPAddress? address) => IPAddress.TryParse(text, out address));

    private readonly Option<Uri?> publicUrl = Options.Of<Uri?>(
        "--public-url",
        "URL",
        "the http or https address of a proxy or a name that leads to this page, such as https://cam.example.org/edges",
        "The address under which a proxy, or a name of its own, serves the page to others; it decides the name, the origin and the path "
            + "that are accepted, and what is printed",
        ReadPublicUrl);

    private readonly Option<bool> addresses = Options.Flag("--addresses", "Print every address under which the page may be opened");

    private readonly Option<QrCode> qr = Options.Choice(
        "--qr",
        "Which address is printed as a QR code: the guests', the presenter's, or none "
            + "[guest, on a terminal, when others may open the page]",
        ("guest", QrCode.Guest),
        ("presenter", QrCode.Presenter),
        ("none", QrCode.None));

    private readonly Option<bool> open = Options.Flag("--open", "Open the page in a browser, through ssh and without a desktop too");

    private readonly Option<bool> noOpen = Options.Flag("--no-open", "Open no browser [one is opened where there is a desktop]");

    private readonly Option<PageFormat> pageFormat = Options.Choice(
        "--page-format",
        "How images are sent to the page: raw is exact, jpeg (by libturbojpeg) has fewer bytes, auto picks the faster one [auto]",
        ("auto", PageFormat.Auto),
        ("raw", PageFormat.Raw),
        ("jpeg", PageFormat.Jpeg));

    private readonly Option<int?> pageQuality =
        Options.Whole("--page-quality", "a whole number from 1 to 100", "Quality of JPEG images on the page [85]", min: 1, max: 100);

    private readonly Option<string?> preset =
        Options.Preset("Preset to start with: a file's name without .json, a file from anywhere, or a recording's .json [seed]");

    private readonly Option<string?> presets = Options.PresetsFolder();

    private readonly Option<string?> network = Options.Text(
        "--network", "FILE", "an .onnx file", "Look into a trained network on the page: the layers of this .onnx file over the live image");

    private readonly Option<string?> labels = Options.Text(
        "--labels", "FILE", "a text file", "The names of the network's classes, one a line, in the order of its outputs");

    private readonly Option<PixelScale> networkScale = Options.Choice(
        "--network-scale",
        "Pixels as the network was trained on: unit, from 0 to 1; signed, from -1 to 1; imagenet, with ImageNet's mean and deviation; "
            + "byte, from 0 to 255 [unit]",
        ("unit", PixelScale.Unit),
        ("signed", PixelScale.AroundZero),
        ("imagenet", PixelScale.ImageNet),
        ("byte", PixelScale.Byte));

    private readonly Option<string?> record = Options.Of<string?>(
        "--record",
        "FILE",
        $"a file that ends in {RecordingOptions.Extensions}, a named pipe, or - for standard output",
        $"Record to FILE ({RecordingOptions.Extensions}), a named pipe, or - (standard output); {{date}}, {{time}} and "
        + "{preset} in its name are filled in. r ends it and "
        + "starts the next",
        ReadRecord);

    private readonly Option<RecordContainer?> recordFormat = Options.RecordFormat();

    private readonly Option<bool> lossless = Options.Flag("--lossless", "Record without loss (FFV1 in .mkv)");

    private readonly Option<double?> cfr =
        Options.Rate("--cfr", "Record at a constant rate: frames are repeated and dropped [every frame at its own time]");

    private readonly Option<bool> overwrite = Options.Flag("--overwrite", "Let a recording replace a file of the same name");

    private readonly Option<RecordContent> recordWhat = Options.RecordContent("--record-what", "What is recorded of each frame [both]");

    private readonly Option<UnixFileMode?> recordMode = Options.RecordMode();

    private readonly Option<bool> burnIn = Options.Flag("--burn-in", "Write the statistics line into the recorded image");

    private readonly Option<string?> stats =
        Options.Choice<string?>("--stats", "json: print one JSON object with all figures at the end", ("json", "json"));

    private readonly Option<int?> maxFilterTime = Options.Whole(
        "--max-filter-time",
        "a whole number of milliseconds from 1 to 60000",
        "Milliseconds that filtering an image may take; a preset that takes longer is reported, and shown as often as it can be [100]",
        min: 1,
        max: 60_000);

    private readonly Option<int?> threads = Options.Threads();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[
            source, allowPlaylists, size, fps, format, pace, atEnd, loop, frames, view, port, listen, publicUrl, addresses, qr,
            open, noOpen, pageFormat,
            pageQuality, preset, presets, network, labels, networkScale, record, recordFormat, lossless, cfr, overwrite, recordWhat,
            recordMode, burnIn, stats, maxFilterTime, threads])
        {
            command.Add(option);
        }
    }

    public LiveSettings Read(ParseResult parsed)
    {
        (int Width, int Height)? requestedSize = parsed.GetValue(size);
        return new LiveSettings
        {
            Source = parsed.GetValue(source) ?? "auto",
            AllowsPlaylists = parsed.GetValue(allowPlaylists),
            Requested = new SourceMode(requestedSize?.Width, requestedSize?.Height, parsed.GetValue(fps), parsed.GetValue(format)),
            Pace = parsed.GetValue(pace),
            AtEnd = ReadAtEnd(parsed),
            Frames = parsed.GetValue(frames),
            Views = ReadViews(parsed.GetValue(view)),
            Port = parsed.GetValue(port),
            Page = new PageOptions
            {
                Format = parsed.GetValue(pageFormat),
                JpegQuality = parsed.GetValue(pageQuality) ?? new PageOptions().JpegQuality,
                Listen = parsed.GetValue(listen),
                PublicUrl = parsed.GetValue(publicUrl),
            },
            ListsAddresses = parsed.GetValue(addresses),
            Qr = parsed.GetValue(qr),
            OpensBrowser = ReadOpen(parsed),
            Preset = parsed.GetValue(preset) ?? "seed",
            PresetsDirectory = parsed.GetValue(presets),
            Network = ReadNetwork(parsed),
            IsRecording = parsed.GetValue(record) is not null,
            Recording = Checked(parsed, new RecordingOptions(parsed.GetValue(record) ?? RecordingOptions.DefaultPath)
            {
                Container = parsed.GetValue(recordFormat),
                Lossless = parsed.GetValue(lossless),
                Cfr = parsed.GetValue(cfr),
                Overwrite = parsed.GetValue(overwrite),
                What = parsed.GetValue(recordWhat),
                Rights = parsed.GetValue(recordMode) ?? PlainFile.Private,
                BurnIn = parsed.GetValue(burnIn),
            }),
            StatsJson = parsed.GetValue(stats) is not null,
            MaxFilterTime = TimeSpan.FromMilliseconds(parsed.GetValue(maxFilterTime) ?? 100),
            Threads = parsed.GetValue(threads),
        };
    }

    private static IReadOnlyList<View> ReadViews(IReadOnlyList<View>? requested)
    {
        View[] views = [.. (requested ?? [View.Page]).Distinct()];
        if (views.Length > 1 && views.Contains(View.None))
        {
            throw new UsageException("--view none cannot be combined with another --view");
        }

        if (views.Count(v => v is View.Window or View.OpenCv or View.Auto) > 1)
        {
            throw new UsageException("--view takes one of window, opencv and auto, not two: there can be one window");
        }

        return views;
    }

    private NetworkSettings? ReadNetwork(ParseResult parsed)
    {
        NetworkSettings? chosen = parsed.GetValue(network) is { } file
            ? new NetworkSettings(file, parsed.GetValue(labels), parsed.GetValue(networkScale))
            : null;
        return chosen is not null || (parsed.GetValue(labels) is null && parsed.GetResult(networkScale) is null or { Implicit: true })
            ? chosen
            : throw new UsageException("--labels and --network-scale go with --network FILE");
    }

    private AtEnd ReadAtEnd(ParseResult parsed)
    {
        AtEnd requested = parsed.GetValue(atEnd);
        return !parsed.GetValue(loop) ? requested
            : requested is AtEnd.Auto or AtEnd.Loop ? AtEnd.Loop
            : throw new UsageException("--loop is --at-end loop: give one of them");
    }

    private bool? ReadOpen(ParseResult parsed) => (parsed.GetValue(open), parsed.GetValue(noOpen)) switch
    {
        (true, true) => throw new UsageException("--open and --no-open exclude each other"),
        (true, false) => true,
        (false, true) => false,
        _ => null,
    };

    private RecordingOptions Checked(ParseResult parsed, RecordingOptions recording)
    {
        Options.CheckRecording(recording);
        return recording.Path == RecordingOptions.StandardOutput && parsed.GetValue(stats) is not null
            ? throw new UsageException("--stats json and --record - both print to standard output: record to a file or a named pipe")
            : recording;
    }

    private static bool ReadPublicUrl(string text, out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "http" or "https" && url.Host.Length > 0
        && url is { Query: "", Fragment: "", UserInfo: "" } && url.AbsolutePath.IndexOf("//", StringComparison.Ordinal) < 0;

    private static bool ReadRecord(string text, out string? path) => Options.IsRecordable(path = text);

    internal static bool ReadSize(string text, out (int, int)? size)
    {
        string[] sides = text.Split('x', 'X');
        int width = 0;
        int height = 0;
        bool read = sides.Length == 2 && ReadSide(sides[0], out width) && ReadSide(sides[1], out height);
        size = (width, height);
        return read;
    }

    private static bool ReadSide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is >= 1 and <= MaxSide;
}
