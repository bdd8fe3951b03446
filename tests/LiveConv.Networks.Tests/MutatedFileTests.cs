using System.Diagnostics;

namespace LiveConv.Networks.Tests;

/// <summary>
/// Files that somebody broke, or made to break LiveConv: each is refused in one line or runs. LIVECONV_NETWORK_MUTATIONS=100000 tries as
/// many.
/// </summary>
[Collection("Alone")]
public class MutatedFileTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const long MaxMemory = 64L << 20;
    private const int OpenSeed = 12;

    private static readonly NetworkOptions Limits = new() { MaxMemoryBytes = MaxMemory, MaxMultiplyAdds = 100_000_000 };

    [Fact]
    public void Read_MutatedFiles_AreRefusedOrRun()
    {
        byte[][] seeds = [.. Enumerable.Range(0, OpenSeed).Select(i => RandomGraph.Of(i)), .. Handmade()];
        int count = RandomGraphTests.Number("LIVECONV_NETWORK_MUTATIONS", 20_000);
        int refused = 0;
        long largest = 0;
        var slowest = TimeSpan.Zero;
        for (int i = 0; i < count; i++)
        {
            var random = new Random(i);
            int seed = random.Next(seeds.Length);
            byte[] file = Mutated(seeds[seed], seeds[random.Next(seeds.Length)], random);

            // The first one by hand leaves its height and width open.
            int? side = seed == OpenSeed ? 8 : null;
            long began = Stopwatch.GetTimestamp(), before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Network network = Network.Read(file, Limits with { Height = side, Width = side });
                network.Plan().Run(new float[network.Layers[0].Length]);
            }
            catch (NetworkException e)
            {
                refused++;
                Assert.DoesNotContain('\n', e.Message);
                Assert.InRange(e.Message.Length, 10, 600);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"mutation {i}: {e.Message}", e);
            }

            TimeSpan took = Stopwatch.GetElapsedTime(began);
            slowest = took > slowest ? took : slowest;
            largest = Math.Max(largest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        output.WriteLine(
            $"{count} files: {refused} refused, {count - refused} run; at most {largest >> 20} MiB and {slowest.TotalMilliseconds:0} ms");
        Assert.InRange(refused, count / 4, count * 19 / 20);

        // What is thrown away at once, such as the weights of a draft, comes on top of what a network keeps.
        Assert.InRange(largest, 0, 4 * MaxMemory);
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private static IEnumerable<byte[]> Handmade()
    {
        var writer = new OnnxWriter(13, [0, 3, 0, 0]);
        string padded = writer.Node("Pad", ["x", writer.Integers(0, 0, 1, 1, 0, 0, 1, 1)]);
        string conv = writer.Node("Conv", [padded, writer.Weights(1, 6, 3, 3, 3)], ("strides", (int[])[1, 2]));
        string turned = writer.Node(
            "Transpose", [writer.Node("Reshape", [conv, writer.Integers(1, 2, 3, -1, 4)])], ("perm", (int[])[0, 2, 1, 3, 4]));
        string flat = writer.Node("Reshape", [turned, writer.Node("Concat", [
            writer.Node("Gather", [writer.Node("Shape", ["x"]), writer.Integers(0)]), writer.Integers(-1)], ("axis", 0))]);
        writer.Node("Softmax", [writer.Node("MatMul", [flat, writer.Weights(1, 192, 5)])]);
        yield return writer.ToFile();

        writer = new OnnxWriter(11, [1, 4, 8, 8]);
        string mean = writer.Node("ReduceMean", ["x"], ("axes", (int[])[2, 3]), ("keepdims", 0));
        string raised = writer.Node("Unsqueeze", [mean], ("axes", (int[])[2, 3]));
        writer.Node(
            "MaxPool", [writer.Node("Mul", ["x", raised])], ("kernel_shape", (int[])[3, 3]), ("strides", (int[])[2, 2]), ("ceil_mode", 1));
        yield return writer.ToFile();
    }

    // Bytes changed, parts cut out, doubled or taken from another file, numbers made large.
    private static byte[] Mutated(byte[] file, byte[] other, Random random)
    {
        List<byte> bytes = [.. file];
        int changes = random.Next(2) == 0 ? 1 : random.Next(2, 8);
        for (int i = 0; i < changes && bytes.Count > 16; i++)
        {
            // The weights are nine tenths of a file, and the ends are where the structure is.
            int at = random.Next(3) > 0 ? Structure(bytes, random) : random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 4:
                    int from = random.Next(other.Length - 1);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(length, other.Length - from)).ToArray());
                    break;
                case 5:
                    bytes[at] = (byte)(random.Next(2) == 0 ? 0xff : 0x7f);
                    break;
                default:
                    bytes[at] = (byte)(bytes[at] + random.Next(-2, 3));
                    break;
            }
        }

        return [.. bytes];
    }

    // A place near a text: names and settings are texts, and numbers stand beside them.
    private static int Structure(List<byte> bytes, Random random)
    {
        for (int i = 0; i < 200; i++)
        {
            int at = random.Next(bytes.Count - 8);
            bool isText = true;
            for (int b = 0; b < 4 && isText; b++)
            {
                isText = bytes[at + b] is >= (byte)'A' and <= (byte)'z';
            }

            if (isText)
            {
                return Math.Clamp(at + random.Next(-12, 16), 0, bytes.Count - 1);
            }
        }

        return random.Next(bytes.Count);
    }
}
