using System.Runtime.InteropServices;

namespace LiveConv.Media;

/// <summary>A video node accessed through the C library.</summary>
internal sealed unsafe class LibcDevice : IVideoDevice
{
    private const short PollPriority = 2;
    private const short PollErrors = 8 | 16 | 32;
    private readonly VideoHandle handle;

    private LibcDevice(VideoHandle handle) => this.handle = handle;

    public static Errno Open(string path, out IVideoDevice? device)
    {
        device = null;
        int descriptor;
        Errno errno;
        do
        {
            // Non-blocking: dequeuing must return even when there is no image, whatever poll reported.
            descriptor = LibC.Open(path, LibC.OpenReadWrite | LibC.OpenNonBlocking | LibC.OpenCloseOnExec);
            errno = descriptor < 0 ? LastError() : Errno.None;
        }
        while (errno == Errno.Interrupted);

        if (descriptor >= 0)
        {
            device = new LibcDevice(new VideoHandle(descriptor));
        }

        return errno;
    }

    public Errno Control(uint request, Span<byte> argument)
    {
        fixed (byte* pointer = argument)
        {
            while (true)
            {
                if (LibC.Control(handle, request, pointer) >= 0)
                {
                    return Errno.None;
                }

                Errno errno = LastError();
                if (errno != Errno.Interrupted)
                {
                    return errno;
                }
            }
        }
    }

    public Errno Map(uint offset, int length, out MappedBuffer? buffer)
    {
        nint address = LibC.Map(0, (nuint)length, LibC.ProtectRead, LibC.MapShared, handle, (nint)offset);
        buffer = address == -1 ? null : new KernelBuffer(address, length);
        return address == -1 ? LastError() : Errno.None;
    }

    public PollEvents Poll(TimeSpan max)
    {
        bool isHeld = false;
        try
        {
            // poll takes a raw descriptor: keep it from being closed, and its number from being reused, during the call.
            handle.DangerousAddRef(ref isHeld);
            var target = new LibC.PollTarget { Descriptor = (int)handle.DangerousGetHandle(), Wanted = LibC.PollIn | PollPriority };
            if (LibC.Poll(&target, 1, (int)Math.Ceiling(max.TotalMilliseconds)) <= 0)
            {
                return PollEvents.None;
            }

            return ((target.Happened & LibC.PollIn) != 0 ? PollEvents.Image : PollEvents.None)
                | ((target.Happened & PollPriority) != 0 ? PollEvents.Event : PollEvents.None)
                | ((target.Happened & PollErrors) != 0 ? PollEvents.Error : PollEvents.None);
        }
        finally
        {
            if (isHeld)
            {
                handle.DangerousRelease();
            }
        }
    }

    public void Dispose() => handle.Dispose();

    private static Errno LastError() => (Errno)Marshal.GetLastPInvokeError();

    private sealed class KernelBuffer(nint address, int length) : MappedBuffer(address, length)
    {
        protected override bool ReleaseHandle() => LibC.Unmap(handle, (nuint)Length) == 0;
    }
}
