using System.Globalization;

namespace LiveConv.Pipeline;

/// <summary>Frames per second as a fraction, as files store it.</summary>
/// <param name="Numerator">The numerator; at least 1.</param>
/// <param name="Denominator">The denominator; at least 1.</param>
public readonly record struct FrameRate(int Numerator, int Denominator)
{
    /// <summary>The rate as a number.</summary>
    public double Fps => (double)Numerator / Denominator;

    /// <summary>Converts a decimal rate to the fraction that it abbreviates: 29.97 is 30000/1001.</summary>
    /// <param name="fps">Above 0, at most 1000.</param>
    /// <returns>The fraction.</returns>
    public static FrameRate From(double fps)
    {
        int whole = (int)Math.Round(fps);
        if (Math.Abs(fps - whole) < 1e-6)
        {
            return new(Math.Max(1, whole), 1);
        }

        // Television rates are whole ones times 1000/1001, and are written with two or three digits.
        int above = (int)Math.Ceiling(fps);
        double television = above * 1000.0 / 1001;
        return Math.Abs(fps - television) < 0.005 ? new(above * 1000, 1001) : new((int)Math.Round(fps * 1000), 1000);
    }

    /// <summary>When frame <paramref name="index"/> is shown.</summary>
    /// <param name="index">The frame, from 0.</param>
    /// <returns>The time from the first frame on.</returns>
    public TimeSpan TimeOf(long index) =>
        TimeSpan.FromTicks((long)Math.Round((double)index * TimeSpan.TicksPerSecond * Denominator / Numerator));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
