using System.Globalization;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Media;

/// <summary>
/// Turns the requested name of a recording into files that it creates itself, whichever writer fills them. One thread at a time.
/// </summary>
/// <param name="pattern">A path that may hold <c>{date}</c>, <c>{time}</c> and <c>{preset}</c>.</param>
/// <param name="overwrite">Replace a file that is there.</param>
/// <param name="time">The clock of the date.</param>
/// <param name="source">The file that is read meanwhile; null when there is none.</param>
/// <param name="rights">Who may read and write the files.</param>
public sealed class RecordingPath(
    string pattern, bool overwrite, TimeProvider time, string? source = null, UnixFileMode rights = PlainFile.Private)
{
    private static readonly string[] Known = ["{date}", "{time}", "{preset}"];

    private bool IsPattern => Known.Any(name => pattern.Contains(name, StringComparison.Ordinal));

    /// <summary>The files of recordings, as the options name them.</summary>
    /// <param name="options">The options.</param>
    /// <param name="time">The clock of the date.</param>
    /// <returns>The path, which can be written.</returns>
    /// <exception cref="LiveConvException">It cannot; the message says why.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static RecordingPath Checked(RecordingOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var path = new RecordingPath(options.Path, options.Overwrite, time, options.Source, options.Rights);
        path.Check();
        return path;
    }

    /// <summary>Refuses, before the run, a name that could not be written.</summary>
    /// <exception cref="LiveConvException">It could not; the message says why.</exception>
    public void Check()
    {
        string path = Fill("preset");
        if (path.Contains('{', StringComparison.Ordinal) && path.Contains('}', StringComparison.Ordinal))
        {
            throw new LiveConvException($"{pattern}: only {{date}}, {{time}} and {{preset}} can stand in braces");
        }

        // First of all: Windows takes some names for devices.
        SidecarPath.CheckName(path);
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full) || Path.EndsInDirectorySeparator(path))
        {
            throw new LiveConvException($"{path} is a directory: name a file in it");
        }

        string directory = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(directory))
        {
            throw new LiveConvException($"{path} cannot be written: there is no directory {directory}");
        }

        string notes = SidecarPath.PathOf(path);
        if (Directory.Exists(Path.GetFullPath(notes)))
        {
            throw new LiveConvException($"{notes}, where the recording's notes go, is a directory: choose another name");
        }

        foreach (string file in (ReadOnlySpan<string>)[path, notes])
        {
            // .NET follows a link only from a full path.
            RefuseNoFile(file, Path.GetFullPath(file));
            RefuseSource(file);
            if (!IsPattern && !overwrite && File.Exists(file))
            {
                throw new LiveConvException($"{file} exists: choose another name, or --overwrite");
            }
        }

        TryWriting(path, full, directory);
        TryWriting(notes, Path.GetFullPath(notes), directory);
        if (!IsPattern)
        {
            LockedFile.ThrowIfHeld(path);
        }
    }

    /// <summary>Makes the next file, empty, under a name that no file has, and keeps other runs from it until it is disposed.</summary>
    /// <param name="preset">The preset's short name.</param>
    /// <param name="mayReplace">True for the first recording of a run when files may be replaced.</param>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    /// <exception cref="LiveConvException">It would replace the source, or another run records into it.</exception>
    public LockedFile Create(string preset, bool mayReplace)
    {
        string requested = Fill(preset);
        if (overwrite && mayReplace)
        {
            RefuseSource(requested);
            var replaced = LockedFile.Take(requested, rights);
            replaced.Truncate();

            // The notes are always a file of their own: a link in their place would lead elsewhere.
            File.Delete(SidecarPath.PathOf(requested));
            return replaced;
        }

        for (int number = 1; ; number++)
        {
            string path = number == 1 ? requested : Numbered(requested, number);
            if (IsTaken(SidecarPath.PathOf(path)))
            {
                continue;
            }

            try
            {
                return LockedFile.Create(path, rights);
            }
            catch (IOException) when (IsTaken(path))
            {
                // Another recording has this name.
            }
        }
    }

    // A link to nothing has its name, too.
    private static bool IsTaken(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    // Opening a pipe waits for its reader, and a link to nothing can be neither replaced nor left alone.
    private static void RefuseNoFile(string file, string full)
    {
        if (FileIdentity.IsPipe(full))
        {
            throw new LiveConvException($"{file} is a named pipe or a socket: a recording needs a file");
        }

        if (FileIdentity.IsDisk(full))
        {
            throw new LiveConvException($"{file} is a disk itself, which a recording would destroy: name a file on it");
        }

        if (new FileInfo(full).LinkTarget is { } target && !LeadsToAFile(full))
        {
            throw new LiveConvException($"{file} is a link to {target}, which is not there: remove the link, or choose another name");
        }
    }

    private static bool LeadsToAFile(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: true) is { Exists: true };
        }
        catch (IOException)
        {
            // A link that leads to itself.
            return false;
        }
    }

    // To replace the source would empty it before its first frame is read.
    private void RefuseSource(string file)
    {
        if (source is not null && FileIdentity.AreSame(file, source))
        {
            throw new LiveConvException($"{file} is the source: give the recording another name");
        }
    }

    /// <summary>The name of a further file: with <c>-2</c>, <c>-3</c>, … before its extension.</summary>
    /// <param name="path">The first file. A name that is too long for the number and the notes loses its last letters.</param>
    /// <param name="number">The number.</param>
    /// <returns>The name.</returns>
    public static string Numbered(string path, int number)
    {
        string end = string.Create(CultureInfo.InvariantCulture, $"-{number}{Path.GetExtension(path)}");
        string stem = Path.GetFileNameWithoutExtension(path);
        while (stem.Length > 1 && SidecarPath.LengthOf(SidecarPath.PathOf(stem + end)) > SidecarPath.MaxLength)
        {
            stem = stem[..^(char.IsSurrogate(stem[^1]) ? 2 : 1)];
        }

        return Path.Combine(Path.GetDirectoryName(path) ?? "", stem + end);
    }

    private static void TryWriting(string path, string full, string directory)
    {
        string probe = Path.Combine(directory, $".liveconv-{Guid.NewGuid():N}");
        try
        {
            if (File.Exists(full))
            {
                using FileStream there = PlainFile.OpenExisting(full);
            }
            else
            {
                using FileStream made = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new LiveConvException($"{path} may not be written: check the permissions of {directory}", e);
        }
        catch (IOException e)
        {
            throw new LiveConvException($"{path} cannot be written: {e.Message.Replace(probe, full, StringComparison.Ordinal)}", e);
        }
    }

    private string Fill(string preset)
    {
        DateTimeOffset now = time.GetLocalNow();
        return pattern
            .Replace("{date}", now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{time}", now.ToString("HH-mm-ss", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace(
                "{preset}", string.Concat(preset.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')),
                StringComparison.Ordinal);
    }
}
