namespace LiveConv.Presets;

/// <summary>The state of one preset file at the last scan.</summary>
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

    /// <summary>The preset of the last valid content; null when there was none.</summary>
    public Preset? Preset { get; private set; }

    /// <summary>The file has to be read again soon: it changed just now, or has been gone since the last scan.</summary>
    public bool IsUnsettled { get; private set; }

    /// <summary>The file was missing in two scans: some editors move the old file away before they write the new one.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Reads the file when it may have changed.</summary>
    /// <param name="file">Its entry in the folder; null when it is not there.</param>
    /// <param name="isFirst">The folder is read for the first time: problems are reported at once.</param>
    /// <param name="warning">What is wrong with it, once, when it was wrong in two scans; else null.</param>
    /// <returns>Whether the preset changed.</returns>
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

    private bool Read(bool isReporting, out string? warning)
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
            // A file that is just being written is broken too: only one that stays so is reported.
            isBroken = true;
            IsUnsettled = !isReporting;
            if (isReporting && reported != e.Message)
            {
                reported = e.Message;
                warning = Preset is null ? $"preset refused: {e.Message}" : $"preset {Preset.Id} stays as it was: {e.Message}";
            }

            return false;
        }
    }
}
