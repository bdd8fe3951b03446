using System.Diagnostics;
using System.Globalization;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Pipeline.Tests.Stages;

/// <summary>Every shipped preset against an implementation that shares no code with ours: numpy and scipy.</summary>
public sealed class ShippedPresetsTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private const int Width = 96;
    private const int Height = 64;
    private const int Video = 17;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void Shipped_EveryPreset_AgreesWithScipy()
    {
        Skip.IfNot(RunPython("-c", "import numpy, scipy") == 0, "python3 with numpy and scipy is not installed");
        byte[][] video = [.. Enumerable.Range(0, Video).Select(Image)];
        string frames = Path.Combine(folder.Path, "video");
        File.WriteAllBytes(frames, [.. video.SelectMany(image => image)]);
        string script = RepositoryFiles.PathOf("tests", "LiveConv.Pipeline.Tests", "Stages", "Independent", "presets.py");
        string presets = RepositoryFiles.PathOf("presets");
        Assert.Equal(0, RunPython(script, presets, frames, $"{Width}", $"{Height}", folder.Path));

        IEnumerable<string> files =
            Directory.GetFiles(presets, "*.json").Where(path => !path.EndsWith(".schema.json", StringComparison.Ordinal));
        foreach (Preset preset in files.Select(PresetFile.Read))
        {
            using var workers = new WorkerPool(2);
            using var filter = new PresetFilter(workers);
            for (int n = 0; n < Video; n++)
            {
                byte[] ours = Filter(preset, video[n], filter);
                if (n is 0 or Video - 1)
                {
                    string when = n == 0 ? "first" : "last";
                    AssertSame(preset, when, File.ReadAllBytes(Path.Combine(folder.Path, $"{preset.Id}.{when}")), ours);
                }
            }
        }
    }

    // Single against double precision: a rounding more or less. At a threshold or a ridge that may turn a pixel over.
    private static void AssertSame(Preset preset, string when, byte[] expected, byte[] actual)
    {
        Assert.True(expected.Length == actual.Length, $"{preset.Id}, {when}: {expected.Length} bytes expected, {actual.Length} found");
        int wrong = Enumerable.Range(0, expected.Length).Count(i => Math.Abs(expected[i] - actual[i]) > 1);
        bool isSharp = preset.Stack?.Layers.Any(layer => layer.Merge == Merge.Thin || layer.Activation == Activation.Threshold) ?? false;
        Assert.True(
            wrong <= (isSharp ? expected.Length / 500 : 0),
            $"{preset.Id}, {when}: {wrong} of {expected.Length} bytes differ by more than 1");
        Assert.True(actual.Distinct().Count() > 1 || when == "first", $"{preset.Id}, {when}: nothing to see");
    }

    private static byte[] Filter(Preset preset, byte[] image, PresetFilter filter)
    {
        using var frames = new FramePool<Frame>(1 + LayerStack.MaxFrames);
        using var maps = new FramePool<EdgeMaps>(1);
        Frame frame = frames.TryRent()!;
        frame.Resize(Width, Height);
        frame.Luma.CopyFrom(image);
        using EdgeMaps result = maps.TryRent()!;
        filter.Apply(frame, preset, result);
        return [.. Bytes(result.Vertical), .. Bytes(result.Horizontal)];
    }

    private static byte[] Bytes(Plane<byte> map)
    {
        byte[] head = System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{map.Width} {map.Height}\n"));
        return [.. head, .. Enumerable.Range(0, map.Height).SelectMany(y => map.Row(y).ToArray())];
    }

    // A disc and a bar that move over noise.
    private static byte[] Image(int n)
    {
        var noise = new Random(n);
        var image = new byte[Width * Height];
        for (int i = 0; i < image.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, Width);
            double disc = Math.Sqrt(Math.Pow(x - 20 - 2 * n, 2) + Math.Pow(y - 30, 2)) < 14 ? 150 : 0;
            double bar = Math.Abs(x - y - 10 + n) < 5 ? 60 : 0;
            image[i] = (byte)(30 + disc + bar + noise.Next(12));
        }

        return image;
    }

    private static int RunPython(params string[] arguments)
    {
        if (!File.Exists(Python))
        {
            return -1;
        }

        using Process process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardError = true })!;
        string complaint = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0 || arguments[0] == "-c", complaint);
        return process.ExitCode;
    }
}
