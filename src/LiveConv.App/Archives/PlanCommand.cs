using System.CommandLine;
using System.Globalization;
using LiveConv.Media;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary><c>liveconv plan VIDEO… --out PLAN</c>: cuts videos into units that any number of machines can filter.</summary>
internal static class PlanCommand
{
    private const string Description = """
        Cuts videos into units, which any number of machines can filter at once, and writes them into the file PLAN.

        Each VIDEO is decoded once, and every image hashed. Units start at key frames where a seek delivers the same frames as decoding
        from the start; a cut where it does not is left out, and that is reported. The plan holds all that makes a unit reproducible,
        the preset too. Each unit is checked against it while it is filtered.

        What is made stands in PLAN's folder: the units in PLAN.units, and one file for each video once they are joined.

        Examples:
          liveconv plan recordings/*.mp4 --out maps/plan --unit 60s --lossless
          liveconv submit maps/plan            on a cluster with Slurm
          liveconv status maps/plan
          liveconv process --unit 0 maps/plan  one unit, anywhere; without --unit the number comes from the scheduler
          liveconv join maps/plan

        Exit codes: 0 done, 1 failure, 2 usage, 130, 143 and 129 after SIGINT, SIGTERM and SIGHUP.
        """;

    private static readonly TimeSpan DefaultLength = TimeSpan.FromMinutes(1);

    public static Command Create()
    {
        var videos = new Argument<string[]>("VIDEO") { Description = "Files", Arity = ArgumentArity.OneOrMore };
        Option<string?> plan = Options.Text("--out", "PLAN", "a file", "The plan");
        plan.Required = true;
        Option<TimeSpan?> length = Options.Of<TimeSpan?>(
            "--unit", "TIME", "a time such as 60s, 2m or 1h", "How long a unit is; it ends before the next key frame [60s]", TryReadTime);
        Option<string?> preset = Options.Preset("Preset: a file's name without .json, a file from anywhere, or a recording's .json [seed]");
        Option<string?> presets = Options.PresetsFolder();
        Option<string> format = Options.Choice("--format", "What units and joined files are [mkv]", ("mkv", ".mkv"), ("mp4", ".mp4"));
        Option<double?> fps = Options.Rate("--fps", "Frame rate of a VIDEO that has no times of its own, such as raw MJPEG or H.264 [25]");
        Option<bool> lossless = Options.Flag("--lossless", "Write without loss (FFV1 in .mkv)");
        Option<RecordContent> what = Options.RecordContent("--record-what", "What is written of each frame [both]");
        Option<bool> playlists = Options.AllowPlaylists();
        Option<UnixFileMode?> mode = Options.RecordMode();
        Option<bool> overwrite = Options.Flag("--overwrite", "Let PLAN replace a file of the same name");
        var command = new Command("plan", Description)
        {
            videos, plan, length, preset, presets, format, fps, lossless, what, playlists, mode, overwrite,
        };
        command.SetAction(parsed => PlanRun.Run(new PlanSettings(
            [.. parsed.GetRequiredValue(videos).SelectMany(FileGlob.Expand)],
            parsed.GetValue(plan)!,
            parsed.GetValue(length) ?? DefaultLength)
        {
            Preset = parsed.GetValue(preset) ?? "seed",
            PresetsDirectory = parsed.GetValue(presets),
            Extension = parsed.GetValue(format) ?? ".mkv",
            Fps = parsed.GetValue(fps),
            Lossless = parsed.GetValue(lossless),
            What = parsed.GetValue(what),
            AllowsPlaylists = parsed.GetValue(playlists),
            Rights = parsed.GetValue(mode) ?? PlainFile.Private,
            Overwrite = parsed.GetValue(overwrite),
        }));
        return command;
    }

    private static bool TryReadTime(string text, out TimeSpan? time)
    {
        double scale = text.Length == 0 ? 0 : text[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            _ => 0,
        };
        bool read = double.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out double number);
        bool isTime = read && number * scale is > 0 and <= 1_000_000;
        time = isTime ? TimeSpan.FromSeconds(number * scale) : null;
        return isTime;
    }
}

/// <summary>The settings of <c>liveconv plan</c>.</summary>
/// <param name="Videos">The files.</param>
/// <param name="Plan">The plan's file.</param>
/// <param name="Length">How long a unit is at least, but the last.</param>
internal sealed record PlanSettings(IReadOnlyList<string> Videos, string Plan, TimeSpan Length)
{
    public string Preset { get; init; } = "seed";

    public string? PresetsDirectory { get; init; }

    public string Extension { get; init; } = ".mkv";

    public double? Fps { get; init; }

    public bool Lossless { get; init; }

    public RecordContent What { get; init; }

    public bool AllowsPlaylists { get; init; }

    public UnixFileMode Rights { get; init; } = PlainFile.Private;

    public bool Overwrite { get; init; }
}
