using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// A running stream: the driver fills its buffers in turn, and only the newest good one of those that are full is used.
/// One thread at a time.
/// </summary>
internal sealed class CaptureStream : IDisposable
{
    private const uint RequestedBuffers = 4;
    private const int None = -1;

    // Far beyond any clock, and still within a TimeSpan.
    private const long MaxSeconds = 1L << 39;
    private readonly IVideoDevice device;
    private readonly FrameStats? stats;
    private readonly List<MappedBuffer> buffers = [];
    private BufferInfo taken;
    private int held = None;
    private uint? lastSequence;

    private CaptureStream(IVideoDevice device, Granted format, FrameStats? stats)
    {
        this.device = device;
        this.stats = stats;
        Format = format;
    }

    /// <summary>The format of the images.</summary>
    public Granted Format { get; }

    /// <summary>The bytes of the taken image. Valid until <see cref="ReturnBuffer"/>.</summary>
    public ReadOnlySpan<byte> Image => buffers[held].Bytes(taken.BytesUsed);

    /// <summary>
    /// When the image was captured by the kernel's monotonic clock; null when the driver uses another clock, or reports garbage.
    /// </summary>
    public TimeSpan? KernelTime => (taken.Flags & BufferFlags.TimestampMask) == BufferFlags.TimestampMonotonic
        && (long)taken.Seconds is >= 0 and < MaxSeconds && taken.Microseconds is >= 0 and < 1_000_000
        ? TimeSpan.FromSeconds(taken.Seconds) + TimeSpan.FromMicroseconds(taken.Microseconds)
        : null;

    /// <summary>The number of images made since the stream's start, up to and including this one.</summary>
    public long Position { get; private set; }

    /// <summary>True when the device's input signal changed (another size on an HDMI input): restart the stream.</summary>
    public bool SignalChanged { get; private set; }

    /// <summary>Starts streaming.</summary>
    /// <param name="device">The negotiated device. Owned, even when this throws.</param>
    /// <param name="format">The negotiated format.</param>
    /// <param name="stats">Counts dropped frames; may be null.</param>
    /// <exception cref="V4l2Exception">The driver refused.</exception>
    public static CaptureStream Start(IVideoDevice device, Granted format, FrameStats? stats)
    {
        var stream = new CaptureStream(device, format, stats);
        try
        {
            stream.MapBuffers();
            for (int i = 0; i < stream.buffers.Count; i++)
            {
                stream.Queue(i);
            }

            int type = (int)Constants.VideoCapture;
            V4l2Exception.ThrowIf(device.Control(Requests.StreamOn, ref type), "STREAMON");
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Waits for an image and takes the newest one that is ready.</summary>
    /// <param name="max">The maximum time to wait.</param>
    /// <returns>True when an image was taken, whose buffer must be returned; false when there is none, or the source's signal
    /// changed.</returns>
    /// <exception cref="V4l2Exception">The device is gone, or streaming failed for good.</exception>
    public bool TryTake(TimeSpan max)
    {
        PollEvents events = device.Poll(max);
        if ((events & (PollEvents.Image | PollEvents.Error)) != 0)
        {
            Errno end = TakeNewest();
            if (end != Errno.TryAgain)
            {
                throw new V4l2Exception("DQBUF", end);
            }

            // An error that DQBUF does not report never passes by itself; waiting on would only burn a core.
            if (held == None && (events & PollEvents.Error) != 0)
            {
                throw new V4l2Exception("poll", Errno.InputOutput);
            }
        }

        SignalChanged |= (events & PollEvents.Event) != 0 && NextEventIsChange();
        return held != None;
    }

    /// <summary>True when the driver still delivers the format that the stream was started with. Costs a microsecond.</summary>
    /// <exception cref="V4l2Exception">The device does not answer.</exception>
    public bool IsFormatUnchanged()
    {
        var format = new Format { Type = Constants.VideoCapture };
        V4l2Exception.ThrowIf(device.Control(Requests.GetFormat, ref format), "G_FMT");
        return Format.Fits(format.Union.Image);
    }

    /// <summary>Returns the image's buffer to the driver.</summary>
    /// <exception cref="V4l2Exception">The driver refused.</exception>
    public void ReturnBuffer()
    {
        int index = held;
        held = None;
        Queue(index);
    }

    /// <summary>Stops, and closes the device. May take seconds when the device does not answer.</summary>
    public void Dispose()
    {
        int type = (int)Constants.VideoCapture;
        device.Control(Requests.StreamOff, ref type);
        foreach (MappedBuffer buffer in buffers)
        {
            buffer.Dispose();
        }

        var none = new BufferRequest { Type = Constants.VideoCapture, Memory = Constants.MemoryMap };
        device.Control(Requests.RequestBuffers, ref none);
        device.Dispose();
    }

    private void MapBuffers()
    {
        var request = new BufferRequest { Count = RequestedBuffers, Type = Constants.VideoCapture, Memory = Constants.MemoryMap };
        V4l2Exception.ThrowIf(device.Control(Requests.RequestBuffers, ref request), "REQBUFS");
        if (request.Count == 0)
        {
            throw new V4l2Exception("REQBUFS", Errno.NoMemory);
        }

        for (uint i = 0; i < request.Count; i++)
        {
            var info = new BufferInfo { Index = i, Type = Constants.VideoCapture, Memory = Constants.MemoryMap };
            V4l2Exception.ThrowIf(device.Control(Requests.QueryBuffer, ref info), "QUERYBUF");
            V4l2Exception.ThrowIf(device.Map(info.Place.Offset, (int)info.Length, out MappedBuffer? buffer), "mmap");
            buffers.Add(buffer!);
        }
    }

    private void Queue(int index)
    {
        var info = new BufferInfo { Index = (uint)index, Type = Constants.VideoCapture, Memory = Constants.MemoryMap };
        V4l2Exception.ThrowIf(device.Control(Requests.QueueBuffer, ref info), "QBUF");
    }

    private Errno TakeNewest()
    {
        // Once through the buffers: a driver that fills them with garbage as fast as they are queued must not keep this loop running.
        for (int i = 0; i < buffers.Count; i++)
        {
            var info = new BufferInfo { Type = Constants.VideoCapture, Memory = Constants.MemoryMap };
            Errno errno = device.Control(Requests.DequeueBuffer, ref info);
            if (errno != Errno.None)
            {
                return errno;
            }

            CountGap(info.Sequence);
            if ((info.Flags & BufferFlags.Error) != 0 || !Format.IsWhole(buffers[(int)info.Index].Bytes(info.BytesUsed)))
            {
                stats?.CountDropped(DropCause.Damaged);
                Queue((int)info.Index);
                continue;
            }

            if (held != None)
            {
                // It arrived, but is older than the one that is shown next.
                stats?.CountIn();
                stats?.CountDropped(DropCause.Superseded);
                Queue(held);
            }

            taken = info;
            held = (int)info.Index;
        }

        return Errno.TryAgain;
    }

    private void CountGap(uint sequence)
    {
        // The counter is 32 bits wide and may wrap; a step back means that the driver started over.
        uint step = lastSequence is { } last ? sequence - last : 1;
        long lost = step is > 0 and < int.MaxValue ? step - 1 : 0;
        lastSequence = sequence;
        Position += lost + 1;
        if (lost > 0)
        {
            stats?.CountDropped(DropCause.LostBySource, lost);
        }
    }

    private bool NextEventIsChange()
    {
        var next = default(VideoEvent);
        return device.Control(Requests.DequeueEvent, ref next) == Errno.None && next.Type == Constants.SourceChangeEvent;
    }
}
