using System.Runtime.InteropServices;

namespace LiveConv.Media;

/// <summary>The kernel calls on one open video node, without interpretation.</summary>
internal interface IVideoDevice : IDisposable
{
    /// <summary>Sends a request and its argument, which the kernel may change.</summary>
    Errno Control(uint request, Span<byte> argument);

    /// <summary>Maps a buffer of the driver into memory.</summary>
    Errno Map(uint offset, int length, out MappedBuffer? buffer);

    /// <summary>Waits for an event, up to this time.</summary>
    PollEvents Poll(TimeSpan max);
}

/// <summary>Finds, opens and queries video nodes.</summary>
internal interface IVideoSystem
{
    /// <summary>Lists all present video nodes, cameras or not, ordered by number. Opens none of them.</summary>
    IReadOnlyList<VideoNode> Nodes();

    /// <summary>Opens a node.</summary>
    Errno Open(string path, out IVideoDevice? device);

    /// <summary>Waits for nodes to come or go; returns after this time at the latest, or soon after a stop.</summary>
    void AwaitChange(TimeSpan max, CancellationToken stop);

    /// <summary>The other programs that have the node open, as "NAME (pid N)"; null when unknown.</summary>
    string? UserOf(string path);
}

/// <summary>What poll reports.</summary>
[Flags]
internal enum PollEvents
{
    None = 0,

    /// <summary>A buffer can be taken (POLLIN).</summary>
    Image = 1,

    /// <summary>An event is pending (POLLPRI).</summary>
    Event = 2,

    /// <summary>An error, or the device is gone (POLLERR, POLLHUP, POLLNVAL); never cleared by waiting.</summary>
    Error = 8,
}

/// <summary>Sends requests with arguments of the matching type.</summary>
internal static class VideoDeviceRequests
{
    public static Errno Control<T>(this IVideoDevice device, Request<T> request, ref T argument)
        where T : unmanaged => device.Control(request.Number, MemoryMarshal.AsBytes(new Span<T>(ref argument)));
}
