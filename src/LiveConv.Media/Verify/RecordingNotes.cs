namespace LiveConv.Media;

/// <summary>What the <c>.json</c> beside a recording says of it, without a look at the recording itself.</summary>
public static class RecordingNotes
{
    /// <summary>Whether a recording and its notes are there, and the notes say that it is complete.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="frames">The number of frames that it must have.</param>
    /// <returns>True when it is; false also when the notes cannot be read.</returns>
    public static bool AreComplete(string path, long frames)
    {
        try
        {
            return File.Exists(path) && SidecarDocument.Read(SidecarPath.PathOf(path), path) is { Complete: true } noted
                && noted.Frames.Length == frames;
        }
        catch (LiveConvException)
        {
            return false;
        }
    }
}
