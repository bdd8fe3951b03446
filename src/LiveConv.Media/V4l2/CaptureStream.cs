using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// A running stream: the driver fills its buffers in turn, and of those that are full only the newest good one is looked at.
/// One thread at a time.
/// </summary>
internal sealed class CaptureStream : IDisposable
{
    private const uint BuffersWanted = 4;
    private const int None = -1;

    // Far beyond any clock, and still a TimeSpan.
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

    /// <summary>What the images are.</summary>
    public Granted Format { get; }

    /// <summary>The bytes of the image that was taken. Valid until <see cref="GiveBack"/>.</summary>
    public ReadOnlySpan<byte> Image => buffers[held].Bytes(taken.BytesUsed);

    /// <summary>
    /// When the image was taken by the kernel's monotonic clock; null when the driver uses another clock, or writes rubbish.
    /// </summary>
    public TimeSpan? KernelTime => (taken.Flags & BufferFlags.TimestampMask) == BufferFlags.TimestampMonotonic
        && (long)taken.Seconds is >= 0 and < MaxSeconds && taken.Microseconds is >= 0 and < 1_000_000
        ? TimeSpan.FromSeconds(taken.Seconds) + TimeSpan.FromMicroseconds(taken.Microseconds)
        : null;

    /// <summary>How many images the camera made since the stream's start, up to and including this one.</summary>
    public long Position { get; private set; }

    /// <summary>True when the signal behind the device changed (another size on an HDMI input): start anew.</summary>
    public bool SignalChanged { get; private set; }

    /// <summary>Starts streaming.</summary>
    /// <param name="device">The negotiated device. Taken over, even when this throws.</param>
    /// <param name="format">What was negotiated.</param>
    /// <param name="stats">Where frames are counted that do not go on.</param>
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
    /// <param name="atMost">How long to wait.</param>
    /// <returns>True when there is one, which must be given back; false when there is none, or the source's signal changed.</returns>
    /// <exception cref="V4l2Exception">The device is gone, or streaming failed for good.</exception>
    public bool TryTake(TimeSpan atMost)
    {
        PollEvents happened = device.Poll(atMost);
        if ((happened & (PollEvents.Image | PollEvents.Error)) != 0)
        {
            Errno end = TakeNewest();
            if (end != Errno.TryAgain)
            {
                throw new V4l2Exception("DQBUF", end);
            }

            // An error without a word from DQBUF never passes by itself; going on waiting would only burn a core.
            if (held == None && (happened & PollEvents.Error) != 0)
            {
                throw new V4l2Exception("poll", Errno.InputOutput);
            }
        }

        SignalChanged |= (happened & PollEvents.Event) != 0 && NextEventIsChange();
        return held != None;
    }

    /// <summary>True when the driver still delivers the format that the stream was started with. Costs a microsecond.</summary>
    /// <exception cref="V4l2Exception">The device does not answer.</exception>
    public bool FormatHolds()
    {
        var format = new Format { Type = Constants.VideoCapture };
        V4l2Exception.ThrowIf(device.Control(Requests.GetFormat, ref format), "G_FMT");
        return Format.Fits(format.Union.Image);
    }

    /// <summary>Gives the image's buffer back to the driver.</summary>
    /// <exception cref="V4l2Exception">The driver does not take it.</exception>
    public void GiveBack()
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
        var request = new BufferRequest { Count = BuffersWanted, Type = Constants.VideoCapture, Memory = Constants.MemoryMap };
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
        // Once round the buffers: a driver that fills them with rubbish as fast as they are queued must not hold us here.
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
                // It did arrive, and is older than what is shown next.
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
        var happened = default(VideoEvent);
        return device.Control(Requests.DequeueEvent, ref happened) == Errno.None && happened.Type == Constants.SourceChangeEvent;
    }
}
