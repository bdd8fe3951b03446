using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>The system's OpenCV.</summary>
internal sealed unsafe class NativeOpenCvPeer(NativePeer library) : OpenCvPeer
{
    public override void SetThreads(int threads) => ((delegate* unmanaged<int, void>)library["peer_threads"])(threads);

    public override void Run(OpenCvMethod method, Frames.Set set, Kernel[] kernels, double gain)
    {
        fixed (float* first = kernels[0].Weights, second = kernels[1].Weights)
        {
            var edges = (delegate* unmanaged<int, double, byte*, int, int, nuint, byte*, byte*, nuint, float*, float*, int, int, void>)
                library["peer_edges"];
            edges(
                (int)method,
                gain,
                Origin(set.Input),
                set.Input.Width,
                set.Input.Height,
                (nuint)set.Input.Pitch,
                Origin(set.Maps[0]),
                Origin(set.Maps[1]),
                (nuint)set.Maps[0].Pitch,
                first,
                second,
                kernels[0].Width,
                kernels[0].Height);
        }
    }

    protected override string BuildInformation() =>
        Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)library["peer_build"])()) ?? "";

    private static byte* Origin(Plane<byte> plane) => (byte*)Unsafe.AsPointer(ref plane.Row(0)[0]);
}
