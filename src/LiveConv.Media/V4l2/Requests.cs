using System.Runtime.CompilerServices;

namespace LiveConv.Media;

/// <summary>A request number together with the type of its argument.</summary>
internal readonly record struct Request<T>(uint Number)
    where T : unmanaged;

/// <summary>
/// The requests of videodev2.h. A number holds its argument's size, so it is computed from the struct: a wrong layout is
/// refused by the kernel instead of being misread.
/// </summary>
internal static class Requests
{
    private const uint Write = 1;
    private const uint Read = 2;

    public static readonly Request<Capability> QueryCapability = Make<Capability>(Read, 0);
    public static readonly Request<FormatDescription> EnumFormats = Make<FormatDescription>(Read | Write, 2);
    public static readonly Request<Format> GetFormat = Make<Format>(Read | Write, 4);
    public static readonly Request<Format> SetFormat = Make<Format>(Read | Write, 5);
    public static readonly Request<BufferRequest> RequestBuffers = Make<BufferRequest>(Read | Write, 8);
    public static readonly Request<BufferInfo> QueryBuffer = Make<BufferInfo>(Read | Write, 9);
    public static readonly Request<BufferInfo> QueueBuffer = Make<BufferInfo>(Read | Write, 15);
    public static readonly Request<BufferInfo> DequeueBuffer = Make<BufferInfo>(Read | Write, 17);
    public static readonly Request<int> StreamOn = Make<int>(Write, 18);
    public static readonly Request<int> StreamOff = Make<int>(Write, 19);
    public static readonly Request<StreamParameters> GetParameters = Make<StreamParameters>(Read | Write, 21);
    public static readonly Request<StreamParameters> SetParameters = Make<StreamParameters>(Read | Write, 22);
    public static readonly Request<FrameSize> EnumFrameSizes = Make<FrameSize>(Read | Write, 74);
    public static readonly Request<FrameInterval> EnumFrameIntervals = Make<FrameInterval>(Read | Write, 75);
    public static readonly Request<DvTimings> SetDvTimings = Make<DvTimings>(Read | Write, 87);
    public static readonly Request<VideoEvent> DequeueEvent = Make<VideoEvent>(Read, 89);
    public static readonly Request<EventSubscription> SubscribeEvent = Make<EventSubscription>(Write, 90);
    public static readonly Request<DvTimings> QueryDvTimings = Make<DvTimings>(Read, 99);

    private static Request<T> Make<T>(uint direction, uint number)
        where T : unmanaged => new((direction << 30) | ((uint)Unsafe.SizeOf<T>() << 16) | ('V' << 8) | number);
}
