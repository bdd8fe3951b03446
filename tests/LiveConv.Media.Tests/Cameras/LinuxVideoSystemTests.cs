namespace LiveConv.Media.Tests.Cameras;

/// <summary>Listing nodes from a made-up sysfs, with its links as the kernel and udev lay them.</summary>
public sealed class LinuxVideoSystemTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("liveconv-sysfs").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [SkippableFact]
    public void Nodes_UsbCamera_HasItsProductSerialAndPlace()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs symbolic links as on Linux");
        Usb("video2", "0000:00:14.0/usb1/1-2", "1-2:1.0", "046d", "0892", "ABC", "HD Webcam C615", index: 0);
        Directory.CreateDirectory(Path.Combine(root, "dev/v4l/by-id"));
        File.CreateSymbolicLink(Path.Combine(root, "dev/v4l/by-id/usb-046d_HD_Webcam_C615_ABC-video-index0"), "../../video2");

        VideoNode node = Assert.Single(Nodes());

        Assert.Equal(2, node.Number);
        Assert.Equal(
            new CameraIdentity("HD Webcam C615", "1-2:1.0", "046d:0892", "ABC", "00", 0)
            { ById = Path.Combine(root, "dev/v4l/by-id/usb-046d_HD_Webcam_C615_ABC-video-index0") },
            node.Identity);
    }

    [SkippableFact]
    public void Nodes_WithoutLinkOfUdev_AreNamedByProductAndSerial()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs symbolic links as on Linux");
        Usb("video0", "usb1/1-1", "1-1:1.0", "1d6b", "0102", "", "One", index: 0);
        Usb("video10", "usb1/1-3", "1-3:1.0", "1d6b", "0102", "7", "Two", index: 0);
        Usb("video9", "usb1/1-3", "1-3:1.0", "1d6b", "0102", "7", "Two", index: 1);

        Assert.Equal(["usb:1d6b:0102", "usb:1d6b:0102:7", "usb:1d6b:0102:7"], Nodes().Select(node => node.Identity.Stable));
        Assert.Equal([0, 9, 10], Nodes().Select(node => node.Number));
    }

    [SkippableFact]
    public void Nodes_PlatformAndVirtualDevices_AreNamedByPlace()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs symbolic links as on Linux");
        Node("video0", "platform/vivid.0", "vivid", index: 0, device: "../../../vivid.0");
        Node("video1", "virtual", "OBS", index: 0, device: null);

        Assert.Equal(["vivid.0", "virtual:OBS"], Nodes().Select(node => node.Identity.Stable));
    }

    [Fact]
    public void Nodes_NoSuchFolder_AreNone() => Assert.Empty(new LinuxVideoSystem(root, Path.Combine(root, "none")).Nodes());

    [SkippableFact]
    public void UserOf_TellsProgramAndNumber()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs symbolic links as on Linux");
        string node = Path.Combine(root, "dev/video0");
        Directory.CreateDirectory(Path.Combine(root, "proc/4711/fd"));
        File.WriteAllText(Path.Combine(root, "proc/4711/comm"), "obs\n");
        File.CreateSymbolicLink(Path.Combine(root, "proc/4711/fd/5"), node);

        Assert.Equal("obs (pid 4711)", new LinuxVideoSystem(root, root, Path.Combine(root, "proc")).UserOf(node));
        Assert.Null(new LinuxVideoSystem(root, root, Path.Combine(root, "proc")).UserOf(node + "1"));
    }

    private IReadOnlyList<VideoNode> Nodes() => new LinuxVideoSystem(Path.Combine(root, "sys"), Path.Combine(root, "dev")).Nodes();

    private void Usb(string node, string port, string face, string vendor, string product, string serial, string name, int index)
    {
        string device = Path.Combine(root, "sys/devices", port);
        Directory.CreateDirectory(Path.Combine(device, face));
        File.WriteAllText(Path.Combine(device, "idVendor"), vendor + "\n");
        File.WriteAllText(Path.Combine(device, "idProduct"), product + "\n");
        File.WriteAllText(Path.Combine(device, "serial"), serial + "\n");
        File.WriteAllText(Path.Combine(device, face, "bInterfaceNumber"), "00\n");
        Node(node, Path.Combine(port, face), name, index, "../../../" + face);
    }

    private void Node(string node, string parent, string name, int index, string? device)
    {
        string real = Path.Combine(root, "sys/devices", parent, "video4linux", node);
        Directory.CreateDirectory(real);
        File.WriteAllText(Path.Combine(real, "name"), name + "\n");
        File.WriteAllText(Path.Combine(real, "index"), index + "\n");
        if (device is not null)
        {
            File.CreateSymbolicLink(Path.Combine(real, "device"), device);
        }

        Directory.CreateDirectory(Path.Combine(root, "sys/class/video4linux"));
        File.CreateSymbolicLink(Path.Combine(root, "sys/class/video4linux", node), "../../devices/" + parent + "/video4linux/" + node);
        Directory.CreateDirectory(Path.Combine(root, "dev"));
        File.WriteAllText(Path.Combine(root, "dev", node), "");
    }
}
