namespace LiveConv.Media;

/// <summary>A video node and its device, as far as is known without opening it.</summary>
/// <param name="Path">The node, as /dev/video0.</param>
/// <param name="Number">The number in the node's name.</param>
/// <param name="Identity">Which device it belongs to.</param>
internal sealed record VideoNode(string Path, int Number, CameraIdentity Identity);

/// <summary>The identity of a camera, which stays the same when it is unplugged and comes back, possibly under another number.</summary>
/// <param name="Name">The driver's name for it.</param>
/// <param name="Place">Where it is attached: the USB port and interface (1-2:1.0), or the platform or PCI device.</param>
/// <param name="Product">USB vendor and product (046d:0892); null for what is not USB.</param>
/// <param name="Serial">USB serial number; null when it has none.</param>
/// <param name="Interface">USB interface number; null for what is not USB.</param>
/// <param name="Index">Which of the device's own nodes this is.</param>
internal sealed record CameraIdentity(string Name, string Place, string? Product, string? Serial, string? Interface, int Index)
{
    /// <summary>udev's link to the device (/dev/v4l/by-id/...), if there is one.</summary>
    public string? ById { get; init; }

    /// <summary>The most stable name available, for display and for <c>--source camera:</c>.</summary>
    public string Stable => ById ?? (Product is null ? Place : Serial is null ? $"usb:{Product}" : $"usb:{Product}:{Serial}");

    /// <summary>True when both are the same camera as far as is known; twins without serial numbers differ only in their port.</summary>
    public bool IsLike(CameraIdentity other) => Product is null
        ? other.Product is null && Name == other.Name && Place == other.Place && Index == other.Index
        : Product == other.Product && Serial == other.Serial && Interface == other.Interface && Index == other.Index;
}
