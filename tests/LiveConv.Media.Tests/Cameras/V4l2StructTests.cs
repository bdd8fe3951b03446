using System.Runtime.CompilerServices;

namespace LiveConv.Media.Tests.Cameras;

/// <summary>Sizes and numbers as videodev2.h gives them to a C compiler on 64-bit Linux.</summary>
public sealed class V4l2StructTests
{
    [Fact]
    public void Structs_HaveTheSizesOfTheKernel()
    {
        Assert.Equal(104, Unsafe.SizeOf<Capability>());
        Assert.Equal(64, Unsafe.SizeOf<FormatDescription>());
        Assert.Equal(44, Unsafe.SizeOf<FrameSize>());
        Assert.Equal(52, Unsafe.SizeOf<FrameInterval>());
        Assert.Equal(208, Unsafe.SizeOf<Format>());
        Assert.Equal(204, Unsafe.SizeOf<StreamParameters>());
        Assert.Equal(20, Unsafe.SizeOf<BufferRequest>());
        Assert.Equal(88, Unsafe.SizeOf<BufferInfo>());
        Assert.Equal(32, Unsafe.SizeOf<EventSubscription>());
        Assert.Equal(136, Unsafe.SizeOf<VideoEvent>());
        Assert.Equal(132, Unsafe.SizeOf<DvTimings>());
    }

    [Fact]
    public void Requests_HaveTheNumbersOfTheKernel()
    {
        Assert.Equal(0x80685600u, Requests.QueryCapability.Number);
        Assert.Equal(0xc0d05605u, Requests.SetFormat.Number);
        Assert.Equal(0xc0585611u, Requests.DequeueBuffer.Number);
        Assert.Equal(0x40045612u, Requests.StreamOn.Number);
        Assert.Equal(0x80885659u, Requests.DequeueEvent.Number);
    }
}
