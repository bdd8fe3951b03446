using System.Diagnostics;
using System.Text;

namespace LiveConv.Wine.Tests;

/// <summary>What an FFmpeg of another machine answers, written as a script for the helper program.</summary>
internal sealed class FakeFFmpeg
{
    private const string Video = "65e8773d-8f56-11d0-a3b9-00a0c9223196";
    private readonly StringBuilder script = new();

    /// <summary>Creates the script.</summary>
    /// <param name="folder">A folder of the test.</param>
    /// <param name="version">The version in FFmpeg's report.</param>
    public FakeFFmpeg(string folder, string version = "7.1-full_build-www.gyan.dev")
    {
        Script = Path.Combine(folder, "ffmpeg.txt");
        Answer(0, "-version", $"ffmpeg version {version} Copyright (c) 2000-2026 the FFmpeg developers");
    }

    /// <summary>The script's file.</summary>
    public string Script { get; }

    /// <summary>The file that grows while it pauses.</summary>
    public string Alive => Script + ".alive";

    /// <summary>The questions so far, the arguments between blanks.</summary>
    public IReadOnlyList<string> Questions => File.ReadAllLines(Script + ".log");

    /// <summary>Windows' own name of a USB camera.</summary>
    public static string Usb(int number) => $@"@device_pnp_\\?\usb#vid_04f2&pid_b5a1&mi_00#6&{number:x}&0&0000#{{{Video}}}\global";

    /// <summary>A camera as new versions list it.</summary>
    public static string[] Camera(string name, string moniker, string kinds = "video") =>
        [$"[dshow @ 000001e9d732bf00] \"{name}\" ({kinds})", $"[dshow @ 000001e9d732bf00]   Alternative name \"{moniker}\""];

    /// <summary>A mode, such as <c>vcodec=mjpeg  min s=640x480 fps=5 max s=640x480 fps=30</c>.</summary>
    public static string Mode(string mode) => $"[dshow @ 000001781c263740]   {mode}";

    /// <summary>Adds an answer; the first whose arguments are in the question is given.</summary>
    /// <param name="code">FFmpeg's exit code.</param>
    /// <param name="arguments">Arguments between blanks.</param>
    /// <param name="lines">What is printed; behind <c>&gt; </c> a file for standard output, behind <c>~ </c> a pause in seconds.</param>
    public void Answer(int code, string arguments, params string[] lines)
    {
        script.Append(FormattableString.Invariant($"== {code} {arguments}\n")).AppendJoin('\n', lines).Append('\n');
        File.WriteAllText(Script, script.ToString());
    }

    /// <summary>Adds the list of devices.</summary>
    public void List(params string[][] devices) => Answer(
        1, "-list_devices",
        [.. devices.SelectMany(device => device), "[in#0 @ 000001e9d732bdc0] Error opening input: Immediate exit requested"]);

    /// <summary>Adds the modes of a device.</summary>
    public void Modes(string address, params string[] modes) => Answer(1, $"-list_options video={address}", modes);

    /// <summary>The images of a device: what this machine's FFmpeg answers to the last question, and a pattern as its input.</summary>
    /// <param name="address">The device.</param>
    /// <param name="pattern">An input of lavfi.</param>
    public async Task StreamAsync(string address, string pattern)
    {
        string[] output = Questions[^1].Split($"-i video={address} ")[1].Split(' ');
        string frames = Script + ".nut";
        using Process ffmpeg = Process.Start(new ProcessStartInfo(
            "ffmpeg",
            [
                "-hide_banner", "-nostdin", "-y", "-nostats", "-loglevel", "level+verbose", "-f", "lavfi", "-i", pattern, .. output[..^1],
                frames,
            ])
        {
            RedirectStandardError = true,
        })!;
        string report = await ffmpeg.StandardError.ReadToEndAsync();
        await ffmpeg.WaitForExitAsync();
        Assert.True(ffmpeg.ExitCode == 0, report);
        Answer(
            0, $"-i video={address}",
            [.. report.Replace("Input #0, lavfi", "Input #0, dshow", StringComparison.Ordinal).TrimEnd().Split('\n'),
            "> " + WindowsBuild.WindowsPath(frames)]);
    }
}
