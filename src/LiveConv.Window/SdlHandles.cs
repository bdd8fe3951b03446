using System.Runtime.InteropServices;

namespace LiveConv.Window;

/// <summary>A window of SDL.</summary>
internal sealed class SdlWindowHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Sdl.DestroyWindow(handle);
        return true;
    }
}

/// <summary>A renderer of a window. Must be freed before the window.</summary>
internal sealed class SdlRendererHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Sdl.DestroyRenderer(handle);
        return true;
    }
}

/// <summary>An image that the renderer can draw. Must be freed before the renderer.</summary>
internal sealed class SdlTextureHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Sdl.DestroyTexture(handle);
        return true;
    }
}
