namespace LiveConv.Pipeline;

/// <summary>Why a frame did not go on.</summary>
public enum DropCause
{
    /// <summary>A newer frame came before this one could be filtered.</summary>
    Superseded,

    /// <summary>Newer maps came before a screen could take these; counted for each screen.</summary>
    DisplayBusy,

    /// <summary>The source lost it before it reached us (a gap in its frame numbers). Counted by the source.</summary>
    LostBySource,

    /// <summary>It came damaged from the source. Counted by the source.</summary>
    Damaged,

    /// <summary>The recorder was too slow; the frame was shown but is missing in the recording.</summary>
    RecorderBusy,

    /// <summary>It came while the image was held.</summary>
    Paused,

    /// <summary>The recorder had it, but the encoder ended before it was in the file.</summary>
    EncoderDied,

    /// <summary>The recorder had it, but the disk had no room for it.</summary>
    DiskFull,
}
