using System.Runtime.InteropServices;

namespace LiveConv.Media;

/// <summary>The calls that the kernel answers for one open video node; nothing is interpreted here.</summary>
internal interface IVideoDevice : IDisposable
{
    /// <summary>Sends a request and its argument, which the kernel may change.</summary>
    Errno Control(uint request, Span<byte> argument);

    /// <summary>Makes a buffer of the driver readable.</summary>
    Errno Map(uint offset, int length, out MappedBuffer? buffer);

    /// <summary>Waits until something happens, but not longer than this.</summary>
    PollEvents Poll(TimeSpan atMost);
}

/// <summary>Where video nodes are found, opened and asked about.</summary>
internal interface IVideoSystem
{
    /// <summary>All video nodes that are there now, cameras or not, ordered by number. Opens none of them.</summary>
    IReadOnlyList<VideoNode> Nodes();

    /// <summary>Opens a node.</summary>
    Errno Open(string path, out IVideoDevice? device);

    /// <summary>Waits for nodes to come or go; returns at the latest after this time, or soon after a stop.</summary>
    void AwaitChange(TimeSpan atMost, CancellationToken stop);

    /// <summary>Who else has the node open, as "NAME (pid N)"; null when the system does not tell.</summary>
    string? UserOf(string path);
}

/// <summary>What poll reports.</summary>
[Flags]
internal enum PollEvents
{
    None = 0,

    /// <summary>A buffer can be taken (POLLIN).</summary>
    Image = 1,

    /// <summary>An event waits (POLLPRI).</summary>
    Event = 2,

    /// <summary>An error, or the device is gone (POLLERR, POLLHUP, POLLNVAL); never cleared by waiting.</summary>
    Error = 8,
}

/// <summary>Requests with the argument type that belongs to them.</summary>
internal static class VideoDeviceRequests
{
    public static Errno Control<T>(this IVideoDevice device, Request<T> request, ref T argument)
        where T : unmanaged => device.Control(request.Number, MemoryMarshal.AsBytes(new Span<T>(ref argument)));
}
