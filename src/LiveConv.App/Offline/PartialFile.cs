using LiveConv.Media;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>An output file that gets its final name only when it is complete.</summary>
/// <param name="path">The final name.</param>
internal sealed class PartialFile(string path)
{
    /// <summary>The name while it is being written.</summary>
    public string Partial { get; } = Path.Combine(
        Path.GetDirectoryName(path) ?? "",
        $"{Path.GetFileNameWithoutExtension(path)}.partial{Path.GetExtension(path)}");

    /// <summary>Refuses an output path that must not be written to.</summary>
    /// <param name="input">The input file; null if there is none.</param>
    /// <param name="overwrite">True if an existing file may be replaced.</param>
    /// <exception cref="LiveConvException">The path must not be written to.</exception>
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

    /// <summary>Renames the complete file and its sidecar to their final names.</summary>
    /// <param name="overwrite">True if an existing file may be replaced.</param>
    /// <exception cref="LiveConvException">A file cannot be renamed.</exception>
    public void Complete(bool overwrite)
    {
        try
        {
            File.Move(Partial, path, overwrite);
            File.Move(SidecarPath.PathOf(Partial), SidecarPath.PathOf(path), overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveConvException($"{Partial} is complete but cannot be renamed to {path}: {e.Message}", e);
        }
    }
}
