namespace LiveConv.App;

/// <summary>By what it is seen that a video is no longer the one that was planned.</summary>
/// <param name="Size">Its bytes.</param>
/// <param name="Modified">When it was written last, in UTC.</param>
internal readonly record struct VideoStamp(long Size, DateTime Modified)
{
    /// <summary>Reads it now: of what a symbolic link leads to, not of the link.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The stamp, or null when there is no such file.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static VideoStamp? Of(string path)
    {
        var file = new FileInfo(path);
        file = file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target : file;
        return file.Exists ? new VideoStamp(file.Length, file.LastWriteTimeUtc) : null;
    }
}
