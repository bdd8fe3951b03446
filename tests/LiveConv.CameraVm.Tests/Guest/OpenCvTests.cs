using LiveConv.OpenCv;
using LiveConv.Pipeline;

namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>Cameras through OpenCV: the kernel's virtual webcam, in a build with OpenCV.</summary>
internal static class OpenCvTests
{
    public const string Bed = "opencv";

    // OpenCV turns every image into colour of full range; the luma of that is a few steps off.
    private const double MaxDifference = 4;

    [GuestTest(Bed)]
    public static void Image_IsTheCameras()
    {
        // An image that stands still and says no time, so that two programs see the same.
        Shell.Run("v4l2-ctl -d /dev/video0 -c osd_text_mode=2 -c test_pattern=0 -c horizontal_movement=3 -c vertical_movement=3");
        Shell.Run(
            "v4l2-ctl -d /dev/video0 --set-fmt-video=width=320,height=180,pixelformat=YUYV --stream-mmap --stream-count=1 "
            + "--stream-to=/tmp/raw");
        double[] expected = [.. File.ReadAllBytes("/tmp/raw").Where((_, i) => i % 2 == 0).Select(FullRange)];
        using var reader = new Reader(Open("0", new SourceMode(320, 180, 30, "YUYV")));
        reader.Await(2);
        (byte[] luma, int width, int height) = reader.Newest();

        Assert.Equal((320, 180, "YUYV"), (width, height, reader.Info.Granted.Format));
        double difference = luma.Zip(expected, (got, wanted) => Math.Abs(got - wanted)).Average();
        Assert.InRange(difference, 0, MaxDifference);
    }

    [GuestTest(Bed)]
    public static void Default_IsNear1280x720()
    {
        using var reader = new Reader(Open("/dev/video0", new SourceMode()));
        reader.Await(2);

        Assert.Equal((1280, 720), (reader.Info.Granted.Width, reader.Info.Granted.Height));
    }

    [GuestTest(Bed)]
    public static void NoSuchCamera_IsRefused()
    {
        LiveConvException refused = Assert.Throws<LiveConvException>(() => new Reader(Open("7", new SourceMode())));

        Assert.Contains("7", refused.Message, StringComparison.Ordinal);
    }

    [GuestTest(Bed)]
    public static void Unplugged_IsWaitedForAndReadAgain()
    {
        using var reader = new Reader(Open("0", new SourceMode(320, 180, 30, "YUYV")));
        reader.Await(2);
        Shell.Camera("unplug");
        reader.Until(() => reader.Info.Waiting is not null, "the disconnection to be seen");
        Shell.Camera("plug");
        reader.Until(() => reader.Info.Waiting is null, "coming back");

        reader.Await(2);
    }

    private static double FullRange(byte limited) => Math.Clamp((limited - 16) * 255.0 / 219, 0, 255);

    private static IFrameSource Open(string name, SourceMode requested) => OpenCvSource.Create(name, requested, TimeProvider.System);
}
