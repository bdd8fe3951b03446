using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;
using StbImageWriteSharp;

namespace LiveConv.Media;

/// <summary>Saves maps as a PNG image: vertical edges left, horizontal edges right.</summary>
public static class PngSnapshot
{
    /// <summary>Saves the maps under a name that no file has: <c>edges-DATE-TIME-PRESET.png</c>.</summary>
    /// <param name="maps">The maps; borrowed.</param>
    /// <param name="directory">Where to.</param>
    /// <param name="time">The clock of the date.</param>
    /// <param name="rights">Who may read and write the file.</param>
    /// <returns>The path of the image.</returns>
    /// <exception cref="LiveConvException">It cannot be written; the message says why.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static string Save(EdgeMaps maps, string directory, TimeProvider time, UnixFileMode rights = PlainFile.Private)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(time);
        var path = new RecordingPath(Path.Combine(directory, "edges-{date}-{time}-{preset}.png"), overwrite: false, time, rights: rights);
        try
        {
            using LockedFile file = path.Create(maps.Preset.Id, mayReplace: false);
            using FileStream stream = file.OpenAgain();
            Write(maps, stream);
            return file.Path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveConvException($"the image cannot be saved in {Path.GetFullPath(directory)}: {e.Message}", e);
        }
    }

    /// <summary>Writes the maps as PNG.</summary>
    /// <param name="maps">The maps; borrowed.</param>
    /// <param name="stream">Where to.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void Write(EdgeMaps maps, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(stream);
        Plane<byte> image = maps.SideBySide;
        byte[] pixels = new byte[image.Width * image.Height];
        image.CopyTo(pixels);
        new ImageWriter().WritePng(pixels, image.Width, image.Height, ColorComponents.Grey, stream);
    }
}
