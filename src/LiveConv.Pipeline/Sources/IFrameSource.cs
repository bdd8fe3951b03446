namespace LiveConv.Pipeline;

/// <summary>
/// A source of frames. One thread opens, reads and disposes; <see cref="Info"/> may be read from any thread.
/// </summary>
public interface IFrameSource : IDisposable
{
    /// <summary>Describes the source. Complete once <see cref="Open"/> has returned.</summary>
    SourceInfo Info { get; }

    /// <summary>
    /// True for a camera or stream, which continues whether or not its frames are read and sets the pace itself. False for a file
    /// or generator: the pipeline reads each frame when its <see cref="Frame.MediaTime"/> is due, or as fast as it can.
    /// </summary>
    bool IsLive { get; }

    /// <summary>Opens the source and determines what it actually delivers.</summary>
    /// <param name="stop">Ends a blocked <see cref="Open"/> or <see cref="Read"/> within half a second.</param>
    /// <exception cref="LiveConvException">The source cannot be opened; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">Stopped while opening.</exception>
    void Open(CancellationToken stop);

    /// <summary>Waits for the next frame and writes it: size, luma, sequence and times.</summary>
    /// <param name="frame">The destination. Borrowed for the duration of the call.</param>
    /// <returns>False at the end of the stream, or when stopped.</returns>
    /// <exception cref="LiveConvException">The source failed for good; the message says why and what to do.</exception>
    bool Read(Frame frame);
}
