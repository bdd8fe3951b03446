namespace LiveConv.Media.Tests.Cameras;

/// <summary>
/// Lists with up to four lines damaged, lost, moved or foreign: never an exception, never a camera that is put together from two, and
/// every camera whose own lines are whole stays.
/// </summary>
public sealed class ListMutationTests
{
    private const int Rounds = 100_000;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void DirectShow_DamagedLists_NoWrongCamera(bool isNew)
    {
        ListLine[] whole = [.. isNew ? NewDirectShow() : OldDirectShow()];
        for (int seed = 0; seed < Rounds / 2; seed++)
        {
            List<ListLine> lines = ListLine.Damage(whole, new Random(seed));
            string[] texts = [.. lines.Select(line => line.Text)];
            IReadOnlyList<FFmpegDevice> devices = DirectShow.Devices(texts);

            AssertDistinct(devices, seed);
            Assert.Equal(Enumerable.Range(0, devices.Count), devices.Select(device => device.Number));
            foreach (FFmpegDevice device in devices)
            {
                AssertNameAndMonikerAreNeighbours(device, texts, seed);
            }

            foreach ((string name, string moniker) in Whole(lines, isHeadlineNeeded: !isNew, "cam"))
            {
                // A damaged line that names it too may have come first.
                Assert.True(
                    devices.Any(device => device.Name == name && device.Address == "video=" + moniker)
                    || lines.Any(line => line.IsTouched && line.Text.Contains(moniker)),
                    $"seed {seed}: lost {name}");
            }

            foreach ((string name, _) in Whole(lines, isHeadlineNeeded: false, "mic"))
            {
                // A second, damaged line of it may look like a camera.
                Assert.True(
                    devices.All(device => device.Name != name) || lines.Any(line => line.IsTouched && line.Text.Contains(name)),
                    $"seed {seed}: {name} is no camera");
            }
        }
    }

    [Fact]
    public void AvFoundation_DamagedLists_NoWrongCamera()
    {
        string[] names = ["FaceTime HD Camera", "AVFoundation audio devices: cam", "[2] cam \"x\"", "Capture screen 0 cam"];
        ListLine[] whole = [
            new("ffmpeg[1:2] WARNING: Add NSCameraUseContinuityCameraDeviceType", null), new(FFmpegText.MacHeadline("video"), null),
            .. names.Select((name, i) => new ListLine(FFmpegText.MacDevice(i, name), "cam")),
            new(FFmpegText.MacDevice(4, "Capture screen 0"), "screen"), new(FFmpegText.MacHeadline("audio"), "audio"),
            new(FFmpegText.MacDevice(0, "Built-in Microphone"), "mic"), new(FFmpegText.MacDevice(5, "USB microphone"), "mic")];
        for (int seed = 0; seed < Rounds; seed++)
        {
            List<ListLine> lines = ListLine.Damage(whole, new Random(seed));
            IReadOnlyList<FFmpegDevice> devices = AvFoundation.Devices(lines.Select(line => line.Text));

            AssertDistinct(devices, seed);
            Assert.All(devices, device =>
            {
                Assert.Equal($"{device.Number}:none", device.Address);

                // An empty line with a number may have been damaged before it.
                Assert.Contains(lines, line => line.Text.TrimEnd().EndsWith($"{device.Number}] {device.Name}", StringComparison.Ordinal));
            });

            ListLine? audio = lines.Find(line => line.Owner == "audio");
            bool isAudioWhole = audio is { IsTouched: false };
            Assert.False(isAudioWhole && devices.Any(device => device.Name == "USB microphone")
                && !lines.Exists(line => line.IsTouched && line.Text.Contains("USB", StringComparison.Ordinal)), $"seed {seed}: a mic");

            // A damaged line may claim a number, or look like the end of the cameras.
            string touched = string.Join('\n', lines.Where(line => line.IsTouched).Select(line => line.Text));
            for (int i = 0; i < names.Length; i++)
            {
                bool isClaimed = touched.Contains($"{i}] ", StringComparison.Ordinal) || touched.Contains("0] ", StringComparison.Ordinal)
                    || touched.Contains("audio devices:", StringComparison.Ordinal);
                bool isWhole = lines.Exists(line => !line.IsTouched && line.Text == FFmpegText.MacDevice(i, names[i]));
                Assert.True(
                    isClaimed || !isWhole || devices.Any(device => device.Number == i && device.Name == names[i]),
                    $"seed {seed}: lost {names[i]}");
            }
        }
    }

    [Fact]
    public void Modes_DamagedLists_KeepTheWholeOnes()
    {
        (string Line, string Mode)[] windows = [
            Windows("vcodec=mjpeg", 1280, "30"), Windows("pixel_format=nv12", 640, "1e+07"), Windows("pixel_format=yuyv422", 320, "inf"),
            Windows("unknown compression type 0x2036315A", 848, "90")];
        (string Line, string Mode)[] mac = [.. new[] { 640, 1280, 1920 }.Select(width =>
            (FFmpegText.MacMode($"{width}x480@[15.000000 30.000030]"), $"ANY {width}x480 15 to 30"))];
        for (int seed = 0; seed < Rounds; seed++)
        {
            bool isMac = seed % 2 == 0;
            List<ListLine> lines =
                ListLine.Damage((isMac ? mac : windows).Select(mode => new ListLine(mode.Line, mode.Mode)), new Random(seed));
            IEnumerable<string> texts = lines.Select(line => line.Text);
            IReadOnlyList<CameraMode> modes = isMac ? AvFoundation.Modes(texts) : DirectShow.Modes(texts);

            ModeInvariants.Assert(modes, seed);
            string[] got = [.. modes.Select(mode => $"{mode.Code} {mode.Size} {(mode.Rates is [var rate] ? $"{rate}" : "")}")];
            Assert.All(lines.Where(line => !line.IsTouched && line.Owner is not null), line => Assert.Contains(line.Owner!, got));
        }

        static (string Line, string Mode) Windows(string format, int width, string max) => (
            FFmpegText.Mode(format, $"s={width}x480 fps=5", $"s={width}x480 fps={max}"),
            $"{Code(format)} {width}x480 5 to {(max is "30" or "90" ? max : "10000000")}");

        static string Code(string format) => format switch
        {
            "vcodec=mjpeg" => "MJPG",
            "pixel_format=nv12" => "NV12",
            "pixel_format=yuyv422" => "YUYV",
            _ => "Z16",
        };
    }

    private static void AssertDistinct(IReadOnlyList<FFmpegDevice> devices, int seed)
    {
        Assert.True(devices.Select(device => device.Number).Distinct().Count() == devices.Count, $"seed {seed}: one number for two");
        Assert.True(devices.Select(device => device.Identity).Distinct().Count() == devices.Count, $"seed {seed}: one identity for two");
        Assert.True(devices.All(device => device.Name.Length > 0), $"seed {seed}: no name");
    }

    // The name, and on the next of FFmpeg's lines the moniker that it is opened by.
    private static void AssertNameAndMonikerAreNeighbours(FFmpegDevice device, string[] texts, int seed)
    {
        string address = device.Address["video=".Length..];
        bool isNeighbour = false;
        int named = -1;
        for (int i = 0; i < texts.Length; i++)
        {
            isNeighbour |= named >= 0 && texts[i].Contains($"\"{address}\"", StringComparison.Ordinal)
                && texts[(named + 1)..i].All(between => FFmpegLogLine.Text(between) is null);
            if (texts[i].Contains($"\"{device.Name}\"", StringComparison.Ordinal))
            {
                isNeighbour |= address == device.Name;
                named = i;
            }
        }

        Assert.True(isNeighbour, $"seed {seed}: {device.Name} with the address {address}\n{string.Join('\n', texts)}");
    }

    // The devices whose two lines are as they were, one after the other.
    private static IEnumerable<(string Name, string Moniker)> Whole(List<ListLine> lines, bool isHeadlineNeeded, string kind)
    {
        if (isHeadlineNeeded && (lines.Count(line => line.Owner is "video" or "audio") != 2
            || lines.Exists(line => line.IsTouched && IsHeadline(line.Text))))
        {
            yield break;
        }

        for (int i = 0; i + 1 < lines.Count; i++)
        {
            (ListLine first, ListLine second) = (lines[i], lines[i + 1]);
            if (first.Owner?.StartsWith(kind, StringComparison.Ordinal) == true && first.Owner == second.Owner
                && !first.IsTouched && !second.IsTouched && !first.Text.Contains("  Alternative name ", StringComparison.Ordinal)
                && second.Text.Contains("  Alternative name ", StringComparison.Ordinal))
            {
                yield return (first.Owner[kind.Length..], second.Text.Split("Alternative name \"")[^1][..^1]);
            }
        }
    }

    private static bool IsHeadline(string line) => FFmpegLogLine.Text(line)?.StartsWith("DirectShow", StringComparison.Ordinal) == true;

    private static (string Kind, string Name, string Moniker)[] Devices =>
    [
        ("cam", "DirectShow video devices", FFmpegText.Usb(1)), ("cam", "A \"quoted\" (audio) 摄像头", FFmpegText.Usb(2)),
        ("cam", "Twin", FFmpegText.Usb(3)), ("cam", "Twin", FFmpegText.Filter("{A3FCE0F5-3493-419F-958A-ABA1250EC20B}")),
        ("mic", "Microphone (HD)", FFmpegText.Wave(1)), ("mic", "Line in", FFmpegText.Wave(2)),
    ];

    private static IEnumerable<ListLine> NewDirectShow() => Devices.SelectMany(device => FFmpegText
        .New(device.Name, device.Kind == "mic" ? "audio" : device.Name == "Twin" ? "none" : "video", device.Moniker)
        .Select(line => new ListLine(line, device.Kind + device.Name)));

    private static IEnumerable<ListLine> OldDirectShow() => Devices.GroupBy(device => device.Kind == "mic" ? "audio" : "video")
        .SelectMany(kind => kind
            .SelectMany(device => FFmpegText.Old(device.Name, device.Moniker).Select(line => new ListLine(line, device.Kind + device.Name)))
            .Prepend(new ListLine(FFmpegText.Headline(kind.Key), kind.Key)));
}
