using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Opens files for reading; errors are one line that says why.</summary>
internal static class InputFile
{
    /// <summary>Opens a file.</summary>
    /// <exception cref="LiveConvException">It cannot be read.</exception>
    public static FileStream Open(string path)
    {
        Check(path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new LiveConvException($"{path} may not be read: check its permissions", e);
        }
        catch (IOException e)
        {
            throw new LiveConvException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Refuses a path that is not a file. Devices and named pipes are accepted.</summary>
    /// <exception cref="LiveConvException">The path does not exist, or is a directory.</exception>
    public static void Check(string path)
    {
        if (Directory.Exists(path))
        {
            throw new LiveConvException($"{path} is a directory: name a video file in it");
        }

        if (!File.Exists(path))
        {
            throw new LiveConvException($"{path} does not exist: check the name");
        }
    }
}
