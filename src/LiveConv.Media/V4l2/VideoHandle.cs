using System.Runtime.InteropServices;

namespace LiveConv.Media;

/// <summary>Owns the descriptor of an open video node.</summary>
internal sealed class VideoHandle : SafeHandle
{
    public VideoHandle(int descriptor)
        : base(-1, ownsHandle: true) => SetHandle(descriptor);

    public override bool IsInvalid => handle == -1;

    protected override bool ReleaseHandle() => LibC.Close((int)handle) == 0;
}
