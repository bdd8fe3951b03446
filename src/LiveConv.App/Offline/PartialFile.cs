using LiveConv.Media;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>An output that bears its own name only when it is whole.</summary>
/// <param name="path">Its own name.</param>
internal sealed class PartialFile(string path)
{
    /// <summary>Its name while it is written.</summary>
    public string Partial { get; } = Path.Combine(
        Path.GetDirectoryName(path) ?? "",
        $"{Path.GetFileNameWithoutExtension(path)}.partial{Path.GetExtension(path)}");

    /// <summary>Refuses a name that must not be written to.</summary>
    /// <param name="input">The file that is read; null when there is none.</param>
    /// <param name="overwrite">Whether a file of the name may be replaced.</param>
    /// <exception cref="LiveConvException">It must not.</exception>
    public void Check(string? input, bool overwrite)
    {
        foreach (string file in (string[])[path, SidecarPath.PathOf(path), Partial, SidecarPath.PathOf(Partial)])
        {
            if (input is not null && FileIdentity.AreSame(file, input))
            {
                throw new LiveConvException($"{file} is the input: give the output another name");
            }
        }

        if (Directory.Exists(path))
        {
            throw new LiveConvException($"{path} is a directory: name a file in it");
        }

        foreach (string file in (string[])[path, SidecarPath.PathOf(path)])
        {
            if (File.Exists(file) && !overwrite)
            {
                throw new LiveConvException($"{file} exists: choose another name, or --overwrite");
            }
        }
    }

    /// <summary>Gives the whole file its own name, and its notes with it.</summary>
    /// <param name="overwrite">Whether a file of the name may be replaced.</param>
    /// <exception cref="LiveConvException">It cannot be renamed.</exception>
    public void Complete(bool overwrite)
    {
        try
        {
            File.Move(Partial, path, overwrite);
            File.Move(SidecarPath.PathOf(Partial), SidecarPath.PathOf(path), overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveConvException($"{Partial} is whole but cannot be renamed to {path}: {e.Message}", e);
        }
    }
}
