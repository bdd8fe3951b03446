namespace LiveConv.Media.Tests.Cameras;

/// <summary>Writes lists as FFmpeg's dshow and avfoundation print them, from the grammar in their sources.</summary>
internal static class FFmpegText
{
    public const string VideoCategory = "{860BB310-5D01-11D0-BD3B-00A0C911CE86}";
    public const string AudioCategory = "{33D9A762-90C8-11D0-BD43-00A0C911CE86}";
    private const string DirectShow = "[dshow @ 000001f2a4b3c8c0] ";
    private const string Mac = "[AVFoundation indev @ 0x7fa1c0d0e2a0] ";

    public static string Usb(int n) =>
        $@"@device_pnp_\\?\usb#vid_04f2&pid_b5{n:x2}&mi_00#6&{n:x8}&0&0000#{{65e8773d-8f56-11d0-a3b9-00a0c9223196}}\global";

    public static string Filter(string name) => $@"@device_sw_{VideoCategory}\{name}";

    public static string Wave(int n) => $@"@device_cm_{AudioCategory}\wave_{{{n:X8}-4444-5555-6666-777777777777}}";

    /// <summary>FFmpeg 5 and later: a device of these kinds, with its alternative name if it has one.</summary>
    public static string[] New(string name, string kinds, string? moniker = null) =>
        [$"{DirectShow}\"{name}\" ({kinds})", .. moniker is null ? [] : new[] { $"{DirectShow}  Alternative name \"{moniker}\"" }];

    /// <summary>FFmpeg 4 and earlier: a device below its headline.</summary>
    public static string[] Old(string name, string? moniker = null) =>
        [$"{DirectShow} \"{name}\"", .. moniker is null ? [] : new[] { $"{DirectShow}    Alternative name \"{moniker}\"" }];

    /// <summary>FFmpeg 4 and earlier: a headline.</summary>
    public static string Headline(string kind) =>
        $"{DirectShow}DirectShow {kind} devices{(kind == "video" ? " (some may be both video and audio devices)" : "")}";

    /// <summary>A mode of a camera of dshow.</summary>
    public static string Mode(string format, string min, string max) => $"{DirectShow}  {format}  min {min} max {max}";

    public static string MacHeadline(string kind) => $"{Mac}AVFoundation {kind} devices:";

    public static string MacDevice(int number, string name) => $"{Mac}[{number}] {name}";

    public static string MacMode(string mode) => $"[avfoundation @ 0x7fa1c0d0e000]   {mode}fps";
}
