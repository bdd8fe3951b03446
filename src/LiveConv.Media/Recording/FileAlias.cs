namespace LiveConv.Media;

/// <summary>
/// A path that leads to an open file itself, with its extension, for libraries that open files by their names: where others may put
/// something else in the file's place, it is a link in a folder of this user's alone. Remove it by disposing.
/// </summary>
public sealed class FileAlias : IDisposable
{
    private readonly DirectoryInfo? folder;

    /// <summary>Makes one.</summary>
    /// <param name="file">The file; stays open as long as the alias is used.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="file"/> is null.</exception>
    public FileAlias(LockedFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        Path = file.Path;
        if (file.Address != file.Path)
        {
            folder = Directory.CreateTempSubdirectory("liveconv-");
            Path = System.IO.Path.Combine(folder.FullName, "recording" + System.IO.Path.GetExtension(file.Path));
            File.CreateSymbolicLink(Path, file.Address);
        }
    }

    /// <summary>The path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            folder?.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The system empties its folder for temporary files.
        }
    }
}
