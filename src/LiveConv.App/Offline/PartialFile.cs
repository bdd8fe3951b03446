using LiveConv.Media;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>An output file that gets its final name only when it is complete.</summary>
/// <param name="path">The final name.</param>
/// <param name="attempt">What stands behind <c>partial</c> in the name, where several runs may write it one after the other.</param>
internal sealed class PartialFile(string path, string attempt = "")
{
    /// <summary>The name while it is being written.</summary>
    public string Partial { get; } = Path.Combine(
        Path.GetDirectoryName(path) ?? "",
        $"{Path.GetFileNameWithoutExtension(path)}.partial{attempt}{Path.GetExtension(path)}");

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

        SidecarPath.CheckName(Partial);
        string notes = SidecarPath.PathOf(path);
        if (Directory.Exists(notes))
        {
            throw new LiveConvException($"{notes}, where the output's notes go, is a directory: choose another name");
        }

        LockedFile.ThrowIfHeld(path);

        foreach (string file in (string[])[path, notes])
        {
            if (Path.Exists(file) && !overwrite)
            {
                throw new LiveConvException($"{file} exists: choose another name, or --overwrite");
            }
        }

        CheckPartial(overwrite);
    }

    // What an earlier run left may be all that there is of a long video; a link there leads elsewhere.
    private void CheckPartial(bool overwrite)
    {
        foreach (string file in (string[])[Partial, SidecarPath.PathOf(Partial)])
        {
            bool isLink = new FileInfo(Path.GetFullPath(file)).LinkTarget is not null;
            if (!overwrite && (isLink || File.Exists(file)))
            {
                throw new LiveConvException($"{file} is left from an earlier run: rename or remove it, or --overwrite");
            }

            if (isLink)
            {
                Remove(file);
            }
        }
    }

    private static void Remove(string link)
    {
        try
        {
            File.Delete(link);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveConvException($"{link} is a link, which cannot be removed: {e.Message}", e);
        }
    }

    /// <summary>
    /// Renames the complete files and their sidecars to their final names: the first, and those for images of another format.
    /// </summary>
    /// <param name="parts">The files as they were written.</param>
    /// <param name="overwrite">True if an existing file may be replaced.</param>
    /// <returns>The further files' final names.</returns>
    /// <exception cref="LiveConvException">A file cannot be renamed.</exception>
    public IReadOnlyList<string> Complete(IReadOnlyList<string> parts, bool overwrite)
    {
        var names = new List<string>();
        int number = 1;
        foreach (string part in parts)
        {
            string name = names.Count == 0 ? path : NextName(ref number, overwrite);
            Rename(part, name, overwrite);
            names.Add(name);
        }

        return names[1..];
    }

    /// <summary>Waits until files and their sidecars are on the disk, so that a machine that fails keeps what has its final name.</summary>
    /// <exception cref="LiveConvException">They cannot be written.</exception>
    public static void FlushToDisk(IReadOnlyList<string> parts)
    {
        foreach (string file in parts.SelectMany(part => (string[])[part, SidecarPath.PathOf(part)]))
        {
            try
            {
                using FileStream stream = PlainFile.OpenExisting(file);
                stream.Flush(flushToDisk: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new LiveConvException($"{file} cannot be written to the disk: {e.Message}", e);
            }
        }
    }

    /// <summary>Renames a complete file and its sidecar.</summary>
    /// <param name="from">The file as it was written.</param>
    /// <param name="to">Its final name.</param>
    /// <param name="overwrite">True if an existing file may be replaced.</param>
    /// <exception cref="LiveConvException">It cannot be renamed.</exception>
    public static void Rename(string from, string to, bool overwrite)
    {
        try
        {
            LockedFile.ThrowIfHeld(to);
        }
        catch (LiveConvException e)
        {
            throw new LiveConvException($"{from} is complete and keeps that name: {e.Message}", e);
        }

        Move(from, to, overwrite);
        Move(SidecarPath.PathOf(from), SidecarPath.PathOf(to), overwrite);
    }

    private static void Move(string from, string to, bool overwrite)
    {
        try
        {
            File.Move(from, to, overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveConvException($"{from} is complete but cannot be renamed to {to}: {e.Message}", e);
        }
    }

    private string NextName(ref int number, bool overwrite)
    {
        while (true)
        {
            string name = RecordingPath.Numbered(path, ++number);
            if (overwrite || !(File.Exists(name) || File.Exists(SidecarPath.PathOf(name))))
            {
                return name;
            }
        }
    }
}
