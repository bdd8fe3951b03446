using System.Runtime.InteropServices;

namespace LiveConv.TurboJpeg;

/// <summary>A compressor or decompressor of libturbojpeg.</summary>
internal sealed class JpegHandle() : SafeHandle(0, ownsHandle: true)
{
    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Native.Destroy(handle) == 0;
}
