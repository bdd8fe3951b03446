using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>The OpenCV room in a program that was built without it.</summary>
internal static class OpenCvRoom
{
    public static bool IsBuilt => false;

    public static IWindow OpenWindow() =>
        throw new LiveConvException("this liveconv was built without OpenCV: use --view window, or build it with -p:OpenCv=true");
}
