using System.Globalization;
using System.Text.RegularExpressions;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>How an image is meant, as FFmpeg reports it.</summary>
/// <param name="Format">Its format.</param>
/// <param name="StartsGraph">It is the first image of a filter graph. FFmpeg makes a new one where size, pixel format or rotation change.
/// </param>
/// <param name="IsKey">It was decoded without others, as far as the decoder knows.</param>
internal readonly record struct FFmpegImage(FFmpegFormat Format, bool StartsGraph, bool IsKey);

/// <summary>
/// Collects what FFmpeg reports on standard error of the images that it delivers: the pixel format where they enter a filter graph, at log
/// level verbose, the rest of each image's luma. Range and shape of pixels may change without a new graph. Thread-safe.
/// </summary>
internal sealed partial class FFmpegFormats
{
    private const string Mark = "[Parsed_showinfo_";

    // Luma that FFmpeg brings to the depth that it began with is gray for it, which has full range.
    private const string Converted = "unknown";
    private readonly Lock gate = new();
    private readonly Queue<FFmpegImage> images = [];
    private string pixels = "";
    private FFmpegFormat? last;
    private Match? image;

    /// <summary>Takes a line of standard error.</summary>
    /// <returns>True when it belongs to such a report.</returns>
    public bool Take(string line)
    {
        if (!line.StartsWith(Mark, StringComparison.Ordinal))
        {
            if (FFmpegLevel.Of(line) is not ("verbose", var text))
            {
                return false;
            }

            TakePixels(text);
            return true;
        }

        lock (gate)
        {
            if (Image().Match(line) is { Success: true } found)
            {
                image = found;
            }
            else if (image is { } reported && Colours().Match(line) is { Success: true } colours)
            {
                FFmpegFormat format = Of(pixels, reported, colours);
                last = format == last ? last : format;
                images.Enqueue(new FFmpegImage(last, reported.Groups["number"].Value == "0", reported.Groups["key"].Value == "1"));
                image = null;
            }
        }

        return true;
    }

    private void TakePixels(string text)
    {
        if (Input().Match(text) is { Success: true } input)
        {
            lock (gate)
            {
                pixels = input.Groups[1].Value;
            }
        }
    }

    /// <summary>Waits for the report of the next image, which can arrive a little later than the image.</summary>
    /// <param name="isTaken">False to look at it only: the next call returns it again.</param>
    /// <param name="child">Who reports it: after the end of its standard error nothing is waited for.</param>
    /// <param name="max">The maximum time to wait.</param>
    /// <returns>The image; null when its report did not arrive.</returns>
    public FFmpegImage? Await(bool isTaken, ChildProcess child, TimeSpan max)
    {
        FFmpegImage? found = null;
        child.WaitFor(() => (found = Next(isTaken)) is not null, max);
        return found;
    }

    private FFmpegImage? Next(bool isTaken)
    {
        lock (gate)
        {
            return images.Count == 0 ? null : isTaken ? images.Dequeue() : images.Peek();
        }
    }

    private static FFmpegFormat Of(string pixels, Match image, Match colours) => new(
        pixels,
        Whole(image.Groups["width"]),
        Whole(image.Groups["height"]),
        PixelAspect.Of(Whole(image.Groups["x"]), Whole(image.Groups["y"])),
        FFmpegPixelNames.IsDeep(pixels) == FFmpegPixelNames.IsDeep(image.Groups["luma"].Value) ? colours.Groups[1].Value : Converted,
        colours.Groups[2].Value,
        colours.Groups[3].Value,
        colours.Groups[4].Value);

    private static int Whole(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^w:\d+ h:\d+ pixfmt:(\w+) ")]
    private static partial Regex Input();

    [GeneratedRegex(
        @"\bn: *(?<number>\d+) .*?\bfmt:(?<luma>\w+) .*?\bsar:(?<x>\d{1,9})/(?<y>\d{1,9}) "
        + @"s:(?<width>\d{1,6})x(?<height>\d{1,6})\b(?: i:\S+ iskey:(?<key>[01]))?")]
    private static partial Regex Image();

    [GeneratedRegex(@"\bcolor_range:(\S+) color_space:(\S+) color_primaries:(\S+) color_trc:(\S+)")]
    private static partial Regex Colours();
}
