namespace LiveConv.TurboJpeg;

/// <summary>Detects whether libturbojpeg is installed.</summary>
public static class JpegLibrary
{
    /// <summary>True when libturbojpeg is installed. Searched for once.</summary>
    public static bool IsAvailable => Native.IsPresent;

    internal static void Require()
    {
        if (!IsAvailable)
        {
            throw new DllNotFoundException("libturbojpeg is not installed (Debian, Ubuntu: apt install libturbojpeg0)");
        }
    }
}
