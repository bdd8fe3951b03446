namespace LiveConv.Presets;

/// <summary>One preset file, as it was last seen.</summary>
/// <param name="path">The file.</param>
internal sealed class PresetEntry(string path)
{
    // Two writes within one tick of the file system's clock look like one: young files are read again.
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(2);
    private long length = -1;
    private DateTime written;
    private bool isBroken;
    private string? reported;
    private byte[] content = [];

    public string Path { get; } = path;

    /// <summary>The last good content; null when there was none.</summary>
    public Preset? Preset { get; private set; }

    /// <summary>The file must be looked at again soon: it changed just now, or is gone since the last look.</summary>
    public bool IsUnsettled { get; private set; }

    /// <summary>Not there any more, twice in a row: some editors move the old file away before they write the new one.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Looks at the file.</summary>
    /// <param name="file">What the folder says of it; null when it is not there.</param>
    /// <param name="isFirst">The folder is read for the first time: complain at once.</param>
    /// <param name="warning">What is wrong with it, once, when it stayed wrong; else null.</param>
    /// <returns>Whether there is another preset now.</returns>
    public bool Refresh(FileInfo? file, bool isFirst, out string? warning)
    {
        warning = null;
        if (file is null)
        {
            IsGone = IsUnsettled;
            IsUnsettled = !IsGone;
            return false;
        }

        bool isSame = file.Length == length && file.LastWriteTimeUtc == written;
        (length, written) = (file.Length, file.LastWriteTimeUtc);
        if (isSame && !IsUnsettled && DateTime.UtcNow - written > Young)
        {
            return false;
        }

        return Read(isSame || isFirst, out warning);
    }

    private bool Read(bool complains, out string? warning)
    {
        warning = null;
        IsUnsettled = false;
        try
        {
            byte[] now = PresetFile.ReadBytes(Path);
            if (now.AsSpan().SequenceEqual(content) && !isBroken && Preset is not null)
            {
                return false;
            }

            Preset = PresetFile.Parse(now, Path);
            content = now;
            (isBroken, reported) = (false, null);
            return true;
        }
        catch (LiveConvException e)
        {
            // A file that is just being written is broken, too: only one that stays so is worth a word.
            isBroken = true;
            IsUnsettled = !complains;
            if (complains && reported != e.Message)
            {
                reported = e.Message;
                warning = Preset is null ? $"preset refused: {e.Message}" : $"preset {Preset.Id} stays as it was: {e.Message}";
            }

            return false;
        }
    }
}
