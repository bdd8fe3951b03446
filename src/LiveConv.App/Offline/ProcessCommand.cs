using System.CommandLine;
using LiveConv.Media;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary><c>liveconv process IN OUT</c>: filters a whole video as fast as the machine can.</summary>
internal static class ProcessCommand
{
    private const string Description = """
        Filters the video IN into the file OUT, as fast as the machine can. No frame is dropped, and the output is the same every time.

        While it runs, the output is in OUT.partial with OUT's extension; it is renamed when it is complete. So a file OUT is
        always complete; what a failure or a signal leaves behind is named partial, and is playable.

        Examples:
          liveconv process clip.mp4 edges.mkv
          liveconv process clip.mp4 edges.mkv --preset sobel --lossless
          liveconv process clip.mp4 part2.mkv --frames 1000..1999 --lossless     frames count from 0, both ends included
          liveconv process camera.mkv again.mkv --preset edges.mkv.json    with the preset of a recording; edges.mkv.json#2: its second
          liveconv process clip.mp4 -     for a program that reads it, as in: liveconv process clip.mp4 - | ffplay -
          ffmpeg -i clip.mp4 -f yuv4mpegpipe - | liveconv process - edges.mkv
          liveconv process --unit 3 PLAN     a unit of a plan, with its preset and options (liveconv plan --help)

        The end of a live stream (an address without an end of its own) is reported and completes OUT, but is no success: exit code 1.

        OUT may be - (standard output) or a named pipe, which is written into as it is: uncompressed, without partial file and notes.

        Exit codes: 0 done, 1 failure, 2 usage, 130, 143 and 129 after SIGINT, SIGTERM and SIGHUP.
        """;

    public static Command Create()
    {
        var input = new Argument<string>("IN") { Description = "A file, a URL or - for Y4M on standard input; a plan, without OUT" };
        var output = new Argument<string?>("OUT")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = $"A file that ends in {RecordingOptions.Extensions}, a named pipe, or - for standard output",
        };
        Option<string?> preset = Options.Preset("Preset: a file's name without .json, a file from anywhere, or a recording's .json [seed]");
        Option<string?> presets = Options.PresetsFolder();
        Option<FrameSpan?> frames = Options.Of<FrameSpan?>(
            "--frames", "A..B", "a range such as 100..199, 100.. or ..99", "Only these frames, counted from 0, both ends included",
            FrameSpan.TryParse);
        Option<double?> fps = Options.Rate("--fps", "Frame rate of an IN that has no times of its own, such as raw MJPEG or H.264 [25]");
        Option<RecordContainer?> format = Options.RecordFormat();
        format.Aliases.Add("--format");
        Option<bool> lossless = Options.Flag("--lossless", "Write without loss (FFV1 in .mkv)");
        Option<double?> cfr =
            Options.Rate("--cfr", "Write at a constant rate: frames are repeated and dropped [every frame at its own time]");
        Option<bool> overwrite = Options.Flag("--overwrite", "Let OUT replace a file of the same name");
        Option<RecordContent> what = Options.RecordContent("--record-what", "What is written of each frame [both]");
        Option<bool> playlists = Options.AllowPlaylists();
        Option<UnixFileMode?> mode = Options.RecordMode();
        Option<int?> threads = Options.Threads();
        Option<int?> unit = Options.Whole(
            "--unit", "the number of a unit, from 0", $"The unit of the plan IN to filter [{UnitNumber.Names}]", min: 0);
        var command = new Command("process", Description)
        {
            input, output, preset, presets, frames, fps, format, lossless, cfr, overwrite, what, mode, playlists, threads, unit,
        };
        unit.Validators.Add(result =>
        {
            if (result.GetResult(output) is { Tokens.Count: > 0 } named)
            {
                result.AddError($"--unit goes with a plan alone, which says what is written; got \"{named.Tokens[0].Value}\" too");
            }
        });
        output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value.Length: > 0 }] && !Options.IsRecordable(result.Tokens[0].Value))
            {
                result.AddError(
                    $"OUT is a file that ends in {RecordingOptions.Extensions}, a named pipe, or -; got \"{result.Tokens[0].Value}\"");
            }
        });
        command.SetAction(parsed => parsed.GetValue(output) is null
            ? UnitRun.RunAsync(parsed.GetRequiredValue(input), UnitOf(parsed, unit), parsed.GetValue(threads))
            : ProcessRun.RunAsync(SettingsOf(parsed)));
        return command;

        ProcessSettings SettingsOf(ParseResult parsed) => new(
            parsed.GetRequiredValue(input),
            Checked(new RecordingOptions(parsed.GetValue(output)!)
            {
                Container = parsed.GetValue(format),
                Lossless = parsed.GetValue(lossless),
                Cfr = parsed.GetValue(cfr),
                Overwrite = parsed.GetValue(overwrite),
                What = parsed.GetValue(what),
                Rights = parsed.GetValue(mode) ?? PlainFile.Private,
            }))
        {
            Preset = parsed.GetValue(preset) ?? "seed",
            PresetsDirectory = parsed.GetValue(presets),
            Fps = parsed.GetValue(fps),
            AllowsPlaylists = parsed.GetValue(playlists),
            Frames = parsed.GetValue(frames) ?? FrameSpan.Whole,
            Threads = parsed.GetValue(threads),
        };
    }

    // What the configuration sets for whole videos does not count, but what the user wrote would be ignored.
    private static int UnitOf(ParseResult parsed, Option<int?> unit)
    {
        int number = parsed.GetValue(unit) ?? UnitNumber.Find() ?? throw new UsageException(
            "Required argument 'OUT' missing for command: 'process'; a plan's unit is named by --unit "
            + $"(or {UnitNumber.Names})");
        string[] words = Environment.GetCommandLineArgs();
        foreach (Option option in parsed.CommandResult.Command.Options.Where(option => option != unit && option.Name != "--threads"))
        {
            string[] names = [option.Name, .. option.Aliases];
            if (Array.Find(names, name => words.Any(word => word.Split('=')[0] == name)) is { } name)
            {
                throw new UsageException($"{name} stands in the plan, where it is the same for all its units: plan anew to change it");
            }
        }

        return number;
    }

    private static RecordingOptions Checked(RecordingOptions recording)
    {
        Options.CheckRecording(recording);
        return recording;
    }
}
