using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>OpenCV, built on the spot from a wrapper of ours against the system's libraries.</summary>
internal sealed unsafe class OpenCvPeer
{
    private readonly delegate* unmanaged<int, void> threads;
    private readonly delegate* unmanaged<int, byte*, int, int, nuint, byte*, byte*, nuint, float*, float*, int, void> edges;

    private OpenCvPeer(nint library)
    {
        threads = (delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "peer_threads");
        edges = (delegate* unmanaged<int, byte*, int, int, nuint, byte*, byte*, nuint, float*, float*, int, void>)NativeLibrary.GetExport(library, "peer_edges");
    }

    public enum Method
    {
        SpatialGradient,
        Sobel,
        Filter2D,
    }

    /// <summary>Builds and loads the wrapper.</summary>
    /// <exception cref="InvalidOperationException">g++ or OpenCV's headers are missing.</exception>
    public static OpenCvPeer Load()
    {
        string source = Path.Combine(AppContext.BaseDirectory, "peers.cpp");
        string library = Path.Combine(Path.GetTempPath(), $"liveconv-peers-{Environment.ProcessId}.so");
        string[] arguments = ["-O3", "-shared", "-fPIC", "-I/usr/include/opencv4", source, "-o", library, "-lopencv_imgproc", "-lopencv_core"];
        try
        {
            using Process build = Process.Start(new ProcessStartInfo("g++", arguments) { RedirectStandardError = true })!;
            string errors = build.StandardError.ReadToEnd();
            build.WaitForExit();
            if (build.ExitCode != 0)
            {
                throw new InvalidOperationException($"the OpenCV wrapper does not build (Debian: apt-get install g++ libopencv-dev): {errors.Split('\n')[0]}");
            }

            return new OpenCvPeer(NativeLibrary.Load(library));
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException("the OpenCV wrapper needs g++ (Debian: apt-get install g++ libopencv-dev)", e);
        }
        finally
        {
            File.Delete(library);
        }
    }

    public void SetThreads(int count) => threads(count);

    public void Run(Method method, Frames.Set set, Kernel[] kernels)
    {
        fixed (float* first = kernels[0].Weights, second = kernels[1].Weights)
        {
            edges(
                (int)method,
                (byte*)Unsafe.AsPointer(ref set.Input.Row(0)[0]),
                set.Input.Width,
                set.Input.Height,
                (nuint)set.Input.Pitch,
                (byte*)Unsafe.AsPointer(ref set.Maps[0].Row(0)[0]),
                (byte*)Unsafe.AsPointer(ref set.Maps[1].Row(0)[0]),
                (nuint)set.Maps[0].Pitch,
                first,
                second,
                kernels[0].Width);
        }
    }
}
