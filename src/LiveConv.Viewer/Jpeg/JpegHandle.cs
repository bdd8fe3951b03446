using System.Runtime.InteropServices;

namespace LiveConv.Viewer;

/// <summary>A compressor of libturbojpeg.</summary>
internal sealed class JpegHandle() : SafeHandle(0, ownsHandle: true)
{
    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => TurboJpegNative.Destroy(handle) == 0;
}
