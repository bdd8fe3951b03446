using LiveConv.Networks;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>Reads .onnx files, and says why one cannot be read.</summary>
internal static class OnnxFile
{
    /// <summary>Reads a network.</summary>
    /// <param name="option">The option or argument that names it, for messages.</param>
    /// <param name="path">The file.</param>
    /// <param name="size">Size of its input; null for the file's own.</param>
    /// <param name="openSize">Size of its input where the file leaves that open, and none is requested; null when it may not.</param>
    /// <exception cref="LiveConvException">It cannot be read, or is no network that LiveConv runs.</exception>
    public static Network Read(
        string option, string path, (int Width, int Height)? size, (int Width, int Height)? openSize = null)
    {
        byte[] file = ArrayFile.ReadBytes(option, path);
        try
        {
            return Network.Read(file, OptionsOf(size));
        }
        catch (NetworkException e) when (e.NeedsSize && openSize is not null)
        {
            return Read(option, path, openSize);
        }
        catch (NetworkException e)
        {
            throw new LiveConvException(TextLine.Of($"{path}: {e.Message}{(e.NeedsSize ? " (--size WxH)" : "")}"), e);
        }
        catch (OutOfMemoryException e)
        {
            throw new LiveConvException($"{path}: there is not enough memory for the network", e);
        }
    }

    private static NetworkOptions OptionsOf((int Width, int Height)? size) => new() { Height = size?.Height, Width = size?.Width };
}
