using LiveConv.Convolution;

namespace LiveConv.Pipeline;

/// <summary>Lays text over images without changing them: keeps copies of the rows that text covers. One thread at a time.</summary>
internal sealed class TextOverlay : IDisposable
{
    private Plane<byte>? rows;

    /// <summary>Lays text over an image.</summary>
    /// <param name="image">The image. Borrowed until the result was read.</param>
    /// <param name="top">Lines for the upper left corner.</param>
    /// <param name="bottom">Lines for the lower left corner.</param>
    /// <returns>The image with its text; valid until the next call.</returns>
    public OverlaidImage Over(ReadOnlyPlaneView<byte> image, IReadOnlyList<string> top, IReadOnlyList<string> bottom)
    {
        PlaneSize.Fit(ref rows, image.Width, image.Height);
        PlaneView<byte> text = rows!.View;
        int topRows = TextBox.Rows(text, top);
        int bottomRows = TextBox.Rows(text, bottom);
        Copy(image, text, 0, topRows);
        Copy(image, text, Math.Max(topRows, image.Height - bottomRows), image.Height);
        TextBox.Draw(text, top);
        TextBox.Draw(text, bottom, isAtBottom: true);
        return new OverlaidImage(image, text, topRows, bottomRows);
    }

    public void Dispose() => rows?.Dispose();

    private static void Copy(ReadOnlyPlaneView<byte> from, PlaneView<byte> to, int first, int end)
    {
        for (int y = first; y < end; y++)
        {
            from.Row(y).CopyTo(to.Row(y));
        }
    }
}
