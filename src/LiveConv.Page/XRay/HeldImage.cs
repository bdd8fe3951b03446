using LiveConv.Convolution;

namespace LiveConv.Page;

/// <summary>A copy of an image with its maps and frames, which stays while newer ones come. Dispose it when nobody looks at it.</summary>
internal sealed class HeldImage : IDisposable
{
    private readonly Plane<byte>[] planes;

    /// <summary>Copies an image.</summary>
    /// <param name="image">The image; borrowed for the length of the call.</param>
    public HeldImage(ViewedImage image)
    {
        Plane<byte>[] all = [image.Vertical, image.Horizontal, .. image.Frames];
        Dictionary<Plane<byte>, Plane<byte>> copies = all.Distinct().ToDictionary(plane => plane, Copy);
        planes = [.. copies.Values];
        Image = image with
        {
            Frames = Array.ConvertAll(image.Frames, frame => copies[frame]),
            Vertical = copies[image.Vertical],
            Horizontal = copies[image.Horizontal],
        };
    }

    /// <summary>The copy; valid until this is disposed.</summary>
    public ViewedImage Image { get; }

    /// <summary>What copying an image takes, in bytes.</summary>
    public static long BytesFor(ViewedImage image) =>
        new[] { image.Vertical, image.Horizontal }.Concat(image.Frames).Distinct().Sum(plane => (long)plane.Width * plane.Height);

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(planes, plane => plane.Dispose());

    private static Plane<byte> Copy(Plane<byte> plane)
    {
        var copy = new Plane<byte>(plane.Width, plane.Height);
        copy.CopyFrom(plane);
        return copy;
    }
}
