using System.Diagnostics;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Pipeline.Tests.Stages;

public class PresetMutationTests
{
    private const int Files = 100_000;
    private const int Seed = 20;
    private static readonly TimeSpan MaxForOneFile = TimeSpan.FromSeconds(10);

    private static readonly byte[][] Tokens = [.. new[]
    {
        "null", "true", "-1", "0", "1e999", "-1e39", "99999999999", "1.5", "\"\"", "\"\\ud800\"", "[]", "{}", "[[]]", "[[[1]]]",
        "{\"a\":1}",
        "[[[[", "}}", ",", ":", "\"layers\":", "\"vertical\":", "\"kernels\":", "\"stride\":", "\"factor\":", "\"abs\"", "\u0000",
        "\\u0000", "//", "é",
    }.Select(System.Text.Encoding.UTF8.GetBytes)];

    /// <summary>Every file is either refused in one line or a preset that works.</summary>
    [Fact]
    public void Parse_MutatedFiles_AreRefusedInOneLineOrWork()
    {
        byte[][] originals = [.. Directory.GetFiles(RepositoryFiles.PathOf("presets"), "*.json").Order(StringComparer.Ordinal)
            .Where(path => !path.EndsWith("schema.json", StringComparison.Ordinal)).Select(File.ReadAllBytes)
            .Where(file => file.Length < 3000)];
        using var workers = new WorkerPool(1);
        using var filter = new PresetFilter(workers);
        using var frames = new FramePool<Frame>(1 + LayerStack.MaxFrames);
        using var maps = new FramePool<EdgeMaps>(1);
        var random = new Random(Seed);
        int taken = 0;
        for (int n = 0; n < Files; n++)
        {
            byte[] file = Mutate(random, originals);
            long began = Stopwatch.GetTimestamp();
            if (TryParse(file, n) is { } preset && taken++ % 20 == 0)
            {
                Frame frame = frames.TryRent()!;
                frame.Resize(24, 16);
                using EdgeMaps result = maps.TryRent()!;
                filter.Apply(frame, preset, result);
            }

            Assert.True(Stopwatch.GetElapsedTime(began) < MaxForOneFile, $"file {n} of seed {Seed} took {Stopwatch.GetElapsedTime(began)}");
        }

        Assert.InRange(taken, Files / 100, Files * 9 / 10);
    }

    private static Preset? TryParse(byte[] file, int n)
    {
        try
        {
            return PresetFile.Parse(file, "m.json");
        }
        catch (LiveConvException e)
        {
            Assert.False(e.Message.Any(char.IsControl), $"file {n} of seed {Seed}: {e.Message}");
            Assert.StartsWith("m.json, line ", e.Message, StringComparison.Ordinal);
            return null;
        }
    }

    private static byte[] Mutate(Random random, byte[][] originals)
    {
        List<byte> file = [.. originals[random.Next(originals.Length)]];
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            int at = random.Next(file.Count);
            int length = Math.Min(random.Next(1, 12), file.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    file[at] = (byte)random.Next(256);
                    break;
                case 1:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    file.RemoveRange(at, length);
                    break;
                case 3:
                    file.InsertRange(at, file.GetRange(random.Next(file.Count - length + 1), length));
                    break;
                case 4:
                    file.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                    break;
                default:
                    ReplaceNumber(random, file, at);
                    break;
            }

            if (file.Count == 0)
            {
                file.Add((byte)'{');
            }
        }

        return [.. file];
    }

    // The most interesting files are still JSON: another number, or another word, where one stands.
    private static void ReplaceNumber(Random random, List<byte> file, int from)
    {
        int at = file.FindIndex(from, b => b is >= (byte)'0' and <= (byte)'9');
        if (at >= 0)
        {
            file.RemoveAt(at);
            file.InsertRange(at, Tokens[random.Next(13)]);
        }
    }
}
