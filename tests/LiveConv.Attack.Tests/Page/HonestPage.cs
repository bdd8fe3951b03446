using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;

namespace LiveConv.Attack.Tests;

/// <summary>What an honest page saw of a stream.</summary>
/// <param name="Fps">Images a second.</param>
/// <param name="AgeP95">The age of the images when they had come, in milliseconds: the 95th percentile.</param>
/// <param name="TextBytes">The bytes of texts a second.</param>
internal sealed record PageFigures(double Fps, double AgeP95, double TextBytes)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Fps:0.0} fps, age p95 {AgeP95:0.0} ms, texts {TextBytes / 1000:0.0} kB/s");
}

/// <summary>A page that acknowledges every image at once, on a thread of its own, and measures.</summary>
/// <param name="address">The page's address.</param>
/// <param name="fps">The rate of the source.</param>
internal sealed class HonestPage(Uri address, double fps) : IDisposable
{
    private readonly RawPage page = RawPage.Connect(address, RawPage.CookieOf(address));

    /// <summary>Takes images for a while.</summary>
    /// <remarks>
    /// A frame of the test scene is taken when it is due, so its number is its time, on a clock whose zero is found from the image that
    /// came quickest: that one is as old as its header says. Found anew each time, because a scene that could not keep up goes on later.
    /// </remarks>
    public PageFigures Measure(TimeSpan time)
    {
        var seen = new List<(double At, double Due)>();
        double offset = double.MaxValue;
        long textBytes = 0;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time)
        {
            if (page.Read() is not 2 and var kind)
            {
                textBytes += page.Message.Length;
                if (kind == 9)
                {
                    page.Write(RawPage.Frame(0x8A, []));
                }

                continue;
            }

            double now = Stopwatch.GetTimestamp() * 1000.0 / Stopwatch.Frequency;
            double due = BinaryPrimitives.ReadInt64LittleEndian(page.Message[8..]) * 1000 / fps;
            offset = Math.Min(offset, now - due - BinaryPrimitives.ReadSingleLittleEndian(page.Message[16..]));
            seen.Add((now, due));
            uint number = BinaryPrimitives.ReadUInt32LittleEndian(page.Message[4..]);
            page.Write(RawPage.Frame($$"""{"drawn":{{number}}}"""));
        }

        double seconds = watch.Elapsed.TotalSeconds;
        double[] ages = [.. seen.Select(image => image.At - image.Due - offset).Order()];
        double ageP95 = ages.Length == 0 ? double.PositiveInfinity : ages[(int)(0.95 * (ages.Length - 1))];
        return new PageFigures(seen.Count / seconds, ageP95, textBytes / seconds);
    }

    public void Dispose() => page.Dispose();
}
