using System.Globalization;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Turns the requested name of a recording into files that it creates itself, whichever writer fills them. One thread at a time.
/// </summary>
/// <param name="pattern">A path that may hold <c>{date}</c>, <c>{time}</c> and <c>{preset}</c>.</param>
/// <param name="overwrite">Replace a file that is there.</param>
/// <param name="time">The clock of the date.</param>
/// <param name="source">The file that is read meanwhile; null when there is none.</param>
public sealed class RecordingPath(string pattern, bool overwrite, TimeProvider time, string? source = null)
{
    private static readonly string[] Known = ["{date}", "{time}", "{preset}"];

    private bool IsPattern => Known.Any(name => pattern.Contains(name, StringComparison.Ordinal));

    /// <summary>Refuses, before the run, a name that could not be written.</summary>
    /// <exception cref="LiveConvException">It could not; the message says why.</exception>
    public void Check()
    {
        string path = Fill("preset");
        if (path.Contains('{', StringComparison.Ordinal) && path.Contains('}', StringComparison.Ordinal))
        {
            throw new LiveConvException($"{pattern}: only {{date}}, {{time}} and {{preset}} can stand in braces");
        }

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

        foreach (string file in (ReadOnlySpan<string>)[path, SidecarPath.PathOf(path)])
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
    }

    /// <summary>Makes the next file, empty, under a name that no file has.</summary>
    /// <param name="preset">The preset's short name.</param>
    /// <param name="mayReplace">True for the first recording of a run when files may be replaced.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    /// <exception cref="LiveConvException">It would replace the source.</exception>
    public string Create(string preset, bool mayReplace)
    {
        string requested = Fill(preset);
        if (overwrite && mayReplace)
        {
            RefuseSource(requested);
            using FileStream replaced = new(requested, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
            return requested;
        }

        for (int number = 1; ; number++)
        {
            string path = number == 1 ? requested : Numbered(requested, number);
            if (File.Exists(SidecarPath.PathOf(path)))
            {
                continue;
            }

            try
            {
                using FileStream made = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
                return path;
            }
            catch (IOException) when (File.Exists(path) || Directory.Exists(path))
            {
                // Another recording has this name.
            }
        }
    }

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

    private static string Numbered(string path, int number) => Path.Combine(
        Path.GetDirectoryName(path) ?? "",
        string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(path)}-{number}{Path.GetExtension(path)}"));

    private static void TryWriting(string path, string full, string directory)
    {
        string probe = Path.Combine(directory, $".liveconv-{Guid.NewGuid():N}");
        try
        {
            if (File.Exists(full))
            {
                using FileStream there = new(full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
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
