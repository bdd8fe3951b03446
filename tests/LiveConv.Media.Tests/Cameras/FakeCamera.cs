using System.Runtime.InteropServices;

namespace LiveConv.Media.Tests.Cameras;

/// <summary>A scripted camera: what it offers, what it delivers, and which requests it refuses. It counts what is open.</summary>
internal sealed class FakeCamera(FakeSystem system)
{
    public const int Buffers = 4;

    /// <summary>What ENUM_FMT, ENUM_FRAMESIZES and ENUM_FRAMEINTERVALS tell.</summary>
    public List<(string Code, int Width, int Height, double[] Fps)> Modes { get; } = [("YUYV", 64, 48, [30])];

    /// <summary>Says no to the next such requests, once for each entry.</summary>
    public List<(uint Request, Errno Errno)> Refusals { get; } = [];

    /// <summary>Says no to every such request.</summary>
    public Dictionary<uint, Errno> Always { get; } = [];

    /// <summary>What waits to be taken.</summary>
    public Queue<FakeImage> Ready { get; } = [];

    /// <summary>How many bytes the driver says that an image has; null when it tells the truth.</summary>
    public uint? BytesUsed { get; set; }

    /// <summary>What the driver writes for the seconds of an image's time, in place of the truth.</summary>
    public long? KernelSeconds { get; set; }

    /// <summary>Called with every image that is taken; tells how many are left.</summary>
    public Action<int> Taken { get; set; } = _ => { };

    /// <summary>What the driver really does with a format that it is asked for.</summary>
    public Func<ImageFormat, ImageFormat> Grant { get; set; } = asked => asked;

    /// <summary>What the driver really does with a rate that it is asked for.</summary>
    public Func<double, double> GrantRate { get; set; } = asked => asked;

    public bool HasSizes { get; set; } = true;

    public uint CapabilityBits { get; set; } = LiveConv.Media.CapabilityBits.VideoCapture | LiveConv.Media.CapabilityBits.Streaming;

    public PollEvents PollError { get; set; }

    public bool SignalChange { get; set; }

    /// <summary>The camera was pulled out while its node was open.</summary>
    public bool IsGone { get; set; }

    public ImageFormat Current { get; set; }

    public double Fps { get; set; } = 30;

    public int Opened { get; private set; }

    public int OpenNow { get; private set; }

    public int MappedNow { get; private set; }

    public int Starts { get; private set; }

    public Errno Open(out IVideoDevice? device)
    {
        Opened++;
        OpenNow++;
        device = new Device(this);
        return Errno.None;
    }

    /// <summary>An image whose pixels all have one value.</summary>
    public void Deliver(byte value, uint sequence, uint flags = 0, TimeSpan? kernel = null, byte[]? bytes = null)
    {
        bytes ??= [.. Enumerable.Repeat(value, (int)(2 * Current.Width * Current.Height))];
        Ready.Enqueue(new FakeImage(bytes, sequence, flags, kernel));
    }

    private void Pass(TimeSpan time) => system.Pass(time);

    private Errno Answer(uint request, Span<byte> argument, Device device)
    {
        if (IsGone)
        {
            return Errno.NoDevice;
        }

        for (int i = 0; i < Refusals.Count; i++)
        {
            if (Refusals[i].Request == request)
            {
                Errno errno = Refusals[i].Errno;
                Refusals.RemoveAt(i);
                return errno;
            }
        }

        return Always.TryGetValue(request, out Errno always) ? always : Handle(request, argument, device);
    }

    private Errno Handle(uint request, Span<byte> argument, Device device)
    {
        if (request == Requests.QueryCapability.Number)
        {
            MemoryMarshal.AsRef<Capability>(argument).Capabilities = CapabilityBits;
            return Errno.None;
        }

        if (request == Requests.EnumFormats.Number)
        {
            return Enumerate(ref MemoryMarshal.AsRef<FormatDescription>(argument));
        }

        if (request == Requests.EnumFrameSizes.Number)
        {
            return Enumerate(ref MemoryMarshal.AsRef<FrameSize>(argument));
        }

        if (request == Requests.EnumFrameIntervals.Number)
        {
            return Enumerate(ref MemoryMarshal.AsRef<FrameInterval>(argument));
        }

        if (request == Requests.SetFormat.Number || request == Requests.GetFormat.Number)
        {
            ref Format format = ref MemoryMarshal.AsRef<Format>(argument);
            Current = request == Requests.SetFormat.Number ? Grant(format.Union.Image) : Current;
            format.Union.Image = Current;
            return Errno.None;
        }

        if (request == Requests.GetParameters.Number || request == Requests.SetParameters.Number)
        {
            return Rate(ref MemoryMarshal.AsRef<StreamParameters>(argument), request == Requests.SetParameters.Number);
        }

        return HandleStreaming(request, argument, device);
    }

    private Errno HandleStreaming(uint request, Span<byte> argument, Device device)
    {
        if (request == Requests.QueryBuffer.Number)
        {
            MemoryMarshal.AsRef<BufferInfo>(argument).Length = 1 << 16;
            return Errno.None;
        }

        if (request == Requests.StreamOn.Number)
        {
            Starts++;
            return Errno.None;
        }

        if (request == Requests.DequeueBuffer.Number)
        {
            return device.Dequeue(ref MemoryMarshal.AsRef<BufferInfo>(argument));
        }

        if (request == Requests.QueueBuffer.Number)
        {
            device.Queued.Enqueue((int)MemoryMarshal.AsRef<BufferInfo>(argument).Index);
            return Errno.None;
        }

        if (request == Requests.DequeueEvent.Number)
        {
            MemoryMarshal.AsRef<VideoEvent>(argument).Type = Constants.SourceChangeEvent;
            SignalChange = false;
            return Errno.None;
        }

        return request == Requests.RequestBuffers.Number || request == Requests.StreamOff.Number
            || request == Requests.SubscribeEvent.Number
            ? Errno.None
            : Errno.NotATerminal;
    }

    private Errno Enumerate(ref FormatDescription format)
    {
        string[] codes = [.. Modes.Select(mode => mode.Code).Distinct()];
        if (format.Index >= codes.Length)
        {
            return Errno.Invalid;
        }

        format.PixelFormat = FourCc.Parse(codes[format.Index]).Value;
        return Errno.None;
    }

    private Errno Enumerate(ref FrameSize size)
    {
        uint code = size.PixelFormat;
        (string Code, int Width, int Height, double[] Fps)[] ofCode = [.. Modes.Where(mode => FourCc.Parse(mode.Code).Value == code)];
        if (!HasSizes || size.Index >= ofCode.Length)
        {
            return HasSizes ? Errno.Invalid : Errno.NotATerminal;
        }

        size.Type = Constants.Discrete;
        size.MinWidthOrWidth = (uint)ofCode[size.Index].Width;
        size.MaxWidthOrHeight = (uint)ofCode[size.Index].Height;
        return Errno.None;
    }

    private Errno Enumerate(ref FrameInterval interval)
    {
        (uint code, uint width, uint height) = (interval.PixelFormat, interval.Width, interval.Height);
        double[] rates = Modes.First(mode => FourCc.Parse(mode.Code).Value == code && mode.Width == width && mode.Height == height).Fps;
        if (interval.Index >= rates.Length)
        {
            return Errno.Invalid;
        }

        interval.Type = Constants.Discrete;
        interval.Min = new Fraction { Numerator = 1000, Denominator = (uint)(1000 * rates[interval.Index]) };
        return Errno.None;
    }

    private Errno Rate(ref StreamParameters parameters, bool set)
    {
        Fps = set ? GrantRate((double)parameters.TimePerFrame.Denominator / parameters.TimePerFrame.Numerator) : Fps;
        parameters.Capability = Constants.CanSetRate;
        parameters.TimePerFrame = new Fraction { Numerator = 1000, Denominator = (uint)(1000 * Fps) };
        return Errno.None;
    }

    private sealed class Device(FakeCamera camera) : IVideoDevice
    {
        private readonly List<HeapBuffer> buffers = [];

        public Queue<int> Queued { get; } = [];

        public Errno Control(uint request, Span<byte> argument) => camera.Answer(request, argument, this);

        public Errno Map(uint offset, int length, out MappedBuffer? buffer)
        {
            camera.MappedNow++;
            buffers.Add(new HeapBuffer(length, () => camera.MappedNow--));
            buffer = buffers[^1];
            return Errno.None;
        }

        public PollEvents Poll(TimeSpan max)
        {
            if (camera.IsGone)
            {
                return PollEvents.Error;
            }

            PollEvents happened = camera.PollError
                | (camera.Ready.Count > 0 ? PollEvents.Image : PollEvents.None)
                | (camera.SignalChange ? PollEvents.Event : PollEvents.None);
            if (happened == PollEvents.None)
            {
                camera.Pass(max);
            }

            return happened;
        }

        public Errno Dequeue(ref BufferInfo info)
        {
            if (camera.Ready.Count == 0 || Queued.Count == 0)
            {
                return Errno.TryAgain;
            }

            FakeImage image = camera.Ready.Dequeue();
            int index = Queued.Dequeue();
            buffers[index].Write(image.Bytes);
            info.Index = (uint)index;
            info.BytesUsed = camera.BytesUsed ?? (uint)image.Bytes.Length;
            info.Sequence = image.Sequence;
            info.Flags = image.Flags | (image.Kernel is null ? 0 : BufferFlags.TimestampMonotonic);
            info.Seconds = (nint)(camera.KernelSeconds ?? image.Kernel?.Ticks / TimeSpan.TicksPerSecond ?? 0);
            info.Microseconds = (nint)(image.Kernel?.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond ?? 0);
            camera.Taken(camera.Ready.Count);
            return Errno.None;
        }

        public void Dispose() => camera.OpenNow--;
    }

    private sealed class HeapBuffer(int length, Action freed) : MappedBuffer(Marshal.AllocHGlobal(length), length)
    {
        public void Write(byte[] bytes) => Marshal.Copy(bytes, 0, handle, bytes.Length);

        protected override bool ReleaseHandle()
        {
            Marshal.FreeHGlobal(handle);
            freed();
            return true;
        }
    }
}

/// <summary>What one buffer of a fake camera holds.</summary>
internal sealed record FakeImage(byte[] Bytes, uint Sequence, uint Flags, TimeSpan? Kernel);
