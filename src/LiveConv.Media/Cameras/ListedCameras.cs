using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Cameras that another library lists, without their modes: found by the same rules as <see cref="CameraCatalog"/>'s. Thread-safe.
/// </summary>
public static class ListedCameras
{
    /// <summary>Describes a camera for the user's list.</summary>
    /// <param name="number">The library's number for it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="bus">What lists it.</param>
    /// <param name="identity">An identity that no other camera has.</param>
    /// <returns>The camera, with what its name shows against it.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CameraListing Describe(int number, string name, string bus, string identity)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(identity);
        FFmpegDevice device = DeviceOf(number, name, identity);
        return new CameraListing(number, name, bus, identity, null, [], FFmpegVerdict.Of(device, []).Problem);
    }

    /// <summary>Finds the camera that the user named.</summary>
    /// <param name="cameras">All cameras.</param>
    /// <param name="which">A number, an identity, a name or a part of one.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="LiveConvException">There is no such camera, or there are several.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="which"/> is empty.</exception>
    public static int Find(IReadOnlyList<CameraListing> cameras, string which)
    {
        ArgumentNullException.ThrowIfNull(cameras);
        ArgumentException.ThrowIfNullOrEmpty(which);
        return FFmpegCameras.Find([.. cameras.Select(DeviceOf)], which).Number;
    }

    /// <summary>
    /// Creates a source for the first camera that is in colour and from hardware, as far as the names show; where it does not start, the
    /// next one is read.
    /// </summary>
    /// <param name="cameras">All cameras.</param>
    /// <param name="create">Creates the source of the camera of a number.</param>
    /// <param name="otherwise">Creates the source that is read when no camera starts, from the reasons; null when the user requested a
    /// camera: then one without colour is better than none, and with none left it fails.</param>
    /// <param name="notices">Receives what was passed over, and why; or null.</param>
    /// <returns>The source; nothing is opened yet.</returns>
    /// <exception cref="LiveConvException">There is none that suits; the message says why, for each.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="cameras"/> or <paramref name="create"/> is null.</exception>
    public static IFrameSource Default(
        IReadOnlyList<CameraListing> cameras, Func<int, IFrameSource> create, Func<string, IFrameSource>? otherwise, Notices? notices)
    {
        ArgumentNullException.ThrowIfNull(cameras);
        ArgumentNullException.ThrowIfNull(create);
        return FFmpegCameras.Default(
            [.. cameras.Select(DeviceOf)], device => FFmpegVerdict.Of(device, []), device => create(device.Number), otherwise, notices);
    }

    /// <summary>Finds the camera of a list that is one of another system's list, by Windows' path of the device and its input.</summary>
    /// <param name="identity">The camera's identity in the other list.</param>
    /// <param name="identities">The identities of this list's cameras.</param>
    /// <returns>Its place in this list; null when it is not in it.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static int? Same(string identity, IReadOnlyList<string> identities)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(identities);
        DevicePath? path = DevicePath.Of(identity);
        int place = path is null ? -1 : identities.ToList().FindIndex(one => DevicePath.Of(one) == path);
        return place < 0 ? null : place;
    }

    private static FFmpegDevice DeviceOf(CameraListing camera) => DeviceOf(camera.Number, camera.Name, camera.Identity);

    private static FFmpegDevice DeviceOf(int number, string name, string identity) =>
        new(number, name, "", identity) { IsVirtual = VirtualCameras.IsName(name) || VirtualCameras.IsMoniker("@device_pnp_" + identity) };
}
