namespace LiveConv.Media;

/// <summary>A video file that is being written: by us, or by an encoder. One thread at a time.</summary>
internal interface IFrameWriter : IDisposable
{
    /// <summary>
    /// Whether an encoder worked since this was last asked. On a busy machine one can be slow, above all when it starts: that is no
    /// sign that it hangs.
    /// </summary>
    bool HasWorked();

    /// <summary>Writes one image. Blocks while the disk or the encoder is busy.</summary>
    /// <param name="image">The pixels, row by row, without padding.</param>
    /// <param name="time">When it is shown, from the start of the file; later than the image before.</param>
    /// <exception cref="IOException">It could not be written; see <see cref="DiskFullMessages"/>.</exception>
    void Write(ReadOnlySpan<byte> image, TimeSpan time);

    /// <summary>Finishes the file: afterwards everything written is on its way to the disk and plays.</summary>
    /// <exception cref="IOException">It could not be finished; what is there may still play.</exception>
    void Finish();

    /// <summary>How many of the images that were written the file holds, after a fault. Reads the file.</summary>
    /// <param name="written">How many were written.</param>
    /// <param name="stop">Ends the reading.</param>
    /// <returns>The number; null when it cannot be found out, or not in time.</returns>
    long? CountHeld(long written, CancellationToken stop);

    /// <summary>Ends a write that hangs, from another thread; the file ends there. A disk that hangs cannot be hurried.</summary>
    void Abort();
}
