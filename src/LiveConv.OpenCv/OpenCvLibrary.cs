using System.Reflection;
using System.Runtime.InteropServices;
using LiveConv.Pipeline;
using OpenCvSharp;

namespace LiveConv.OpenCv;

/// <summary>Finds OpenCV's native library, and reports clearly when it does not load.</summary>
internal static class OpenCvLibrary
{
    // The folder of the package for Ubuntu 20.04, which .NET no longer searches since version 8.
    private static readonly string UbuntuFile =
        Path.Combine(AppContext.BaseDirectory, "runtimes", "ubuntu.20.04-x64", "native", "libOpenCvSharpExtern.so");

    // FFmpeg's names of the containers of videos and images. None of them leads to another file.
    private static readonly string[] VideoFormats =
    [
        "mov", "matroska", "avi", "mpegts", "mpeg", "mpegvideo", "m4v", "h264", "hevc", "flv", "asf", "ogg", "nut", "yuv4mpegpipe", "mjpeg",
        "ivf", "obu", "av1", "rm", "mxf", "wtv", "dv", "gxf", "vc1", "h263", "swf", "gif", "apng", "image2", "bmp_pipe", "exr_pipe",
        "j2k_pipe", "jpeg_pipe", "jpegls_pipe", "pam_pipe", "pbm_pipe", "pgm_pipe", "pgmyuv_pipe", "png_pipe", "ppm_pipe", "tiff_pipe",
        "webp_pipe",
    ];

    private const string Name = "OpenCvSharpExtern";
    private static readonly Lazy<string?> Fault = new(Load);

    /// <summary>Why the library does not load, and what it may need; null when it does.</summary>
    public static string? Problem => Fault.Value is { } fault
        ? $"OpenCV does not load ({fault}): install what its package needs ({Needs})"
        : null;

    private static string Needs => OperatingSystem.IsWindows()
        ? "Media Foundation: Settings, Optional features, Media Feature Pack; on Server the feature Server-Media-Foundation"
        : "libgtk-3-0 on Debian and Ubuntu";

    /// <summary>Loads the library. Call before any other use of OpenCV.</summary>
    /// <exception cref="LiveConvException">The library does not load; the message says what may be missing.</exception>
    public static void Require()
    {
        if (Problem is { } problem)
        {
            throw new LiveConvException(problem);
        }
    }

    private static string? Load()
    {
        try
        {
            // The library reads it when it is loaded.
            SetEnvironment();
            if (OperatingSystem.IsWindows() && !NativeLibrary.TryLoad(Name, typeof(Mat).Assembly, null, out _))
            {
                // Found out without an exception of the loader's, after which wine ends the thread.
                return $"{Name}.dll, or a library that it needs, is missing, or is not for this processor";
            }

            if (OperatingSystem.IsLinux() && File.Exists(UbuntuFile))
            {
                // The resolver is called for every function; the library is loaded once.
                var handle = new Lazy<nint>(() => NativeLibrary.Load(UbuntuFile));
                NativeLibrary.SetDllImportResolver(
                    typeof(Mat).Assembly,
                    (name, assembly, path) => name == Name ? handle.Value : NativeLibrary.Load(name, assembly, path));
            }

            using var probe = new Mat(1, 1, MatType.CV_8UC1);
            return null;
        }
        catch (Exception e) when (Innermost(e) is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException
        or OpenCvSharpException)
        {
            return Innermost(e).Message.ReplaceLineEndings(" ");
        }
    }

    // Does not override the user's settings. Failures are reported by exceptions: OpenCV and its FFmpeg would print them again, in many
    // lines.
    private static void SetEnvironment()
    {
        NativeEnvironment.SetDefault("OPENCV_LOG_LEVEL", "SILENT");
        NativeEnvironment.SetDefault("OPENCV_FFMPEG_LOGLEVEL", "-8");

        // Its FFmpeg would follow playlists, whatever a file is called.
        NativeEnvironment.Append(
            "OPENCV_FFMPEG_CAPTURE_OPTIONS", $"protocol_whitelist;file|format_whitelist;{string.Join(',', VideoFormats)}", separator: '|');

        // With them many webcams take half a minute to open on Windows (opencv issue 17687).
        NativeEnvironment.SetDefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0");
    }

    private static Exception Innermost(Exception e) =>
        e is TypeInitializationException or TargetInvocationException && e.InnerException is { } inner ? Innermost(inner) : e;
}
