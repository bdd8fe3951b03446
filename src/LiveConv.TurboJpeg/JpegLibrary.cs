namespace LiveConv.TurboJpeg;

/// <summary>Whether libturbojpeg, which encodes and decodes, is on this machine.</summary>
public static class JpegLibrary
{
    /// <summary>True when it is. Looked for once.</summary>
    public static bool IsAvailable => Native.IsPresent;

    internal static void Require()
    {
        if (!IsAvailable)
        {
            throw new DllNotFoundException("libturbojpeg is not installed (Debian, Ubuntu: apt install libturbojpeg0)");
        }
    }
}
