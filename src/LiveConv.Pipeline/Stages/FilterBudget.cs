using System.Globalization;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Pipeline;

/// <summary>
/// Reports presets that take longer for an image than they may: before the first image where that is certain, else after a few. They are
/// shown at the rate that they reach. One thread at a time.
/// </summary>
/// <param name="cost">Estimates what is certain before the first image; null to measure alone.</param>
/// <param name="notices">Receives the lines.</param>
/// <param name="max">The time that an image may take.</param>
internal sealed class FilterBudget(FilterCost? cost, Notices notices, TimeSpan max)
{
    // An estimate is right within a small factor; a measurement may be disturbed by other programs.
    private const int Certain = 5;
    private const int Images = 3;
    private Preset? current;
    private ImageSize size;
    private bool isReported;
    private int slow;

    /// <summary>An image is about to be filtered.</summary>
    public void Begin(Preset preset, ImageSize image)
    {
        if (preset == current && image == size)
        {
            return;
        }

        (current, size, isReported, slow) = (preset, image, false, 0);
        TimeSpan estimate = cost?.Estimate(preset, image) ?? TimeSpan.Zero;
        if (estimate >= max * Certain)
        {
            Report($"will take about {Text(estimate)}", estimate);
        }
    }

    /// <summary>The image was filtered.</summary>
    /// <param name="took">How long it took.</param>
    public void End(TimeSpan took)
    {
        slow = took > max ? slow + 1 : 0;
        if (slow == Images && !isReported)
        {
            Report($"takes {Text(took)}", took);
        }
    }

    private static string Text(TimeSpan time) => time.TotalSeconds >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms");

    private void Report(string takes, TimeSpan time)
    {
        isReported = true;
        double rate = 1 / time.TotalSeconds;
        string images = rate >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{rate:0.0} images a second")
            : $"one image in {Text(time)}";
        notices.Warn($"preset {current!.Id} {takes} for an image of {size}: at most {images} can be shown");
    }
}
