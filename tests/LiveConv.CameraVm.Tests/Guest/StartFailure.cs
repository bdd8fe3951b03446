using System.Runtime.InteropServices;
using LiveConv.Media;

namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>Makes every start of a vivid camera fail, for which vivid has a control that counts for one start.</summary>
internal sealed class StartFailure : IDisposable
{
    // vivid's inject_vidioc_streamon_error, and VIDIOC_S_CTRL.
    private const uint StreamOnError = 0x00f0f045;
    private static readonly Request<ControlValue> SetControl = new(0xc008561c);
    private readonly CancellationTokenSource end = new();
    private readonly IVideoDevice device;
    private readonly Task setting;

    public StartFailure(string node)
    {
        Assert.Equal(Errno.None, LibcDevice.Open(node, out IVideoDevice? opened));
        device = opened!;
        Set();
        setting = Task.Factory.StartNew(SetAgain, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void Dispose()
    {
        end.Cancel();
        setting.Wait();
        device.Dispose();
        end.Dispose();
    }

    private void SetAgain()
    {
        while (!end.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(5)))
        {
            Set();
        }
    }

    private void Set()
    {
        var control = new ControlValue { Id = StreamOnError };
        Assert.Equal(Errno.None, device.Control(SetControl, ref control));
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ControlValue
    {
        public uint Id;
        public int Value;
    }
}
