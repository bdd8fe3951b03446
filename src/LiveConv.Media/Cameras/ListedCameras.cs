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

    /// <summary>Finds the first camera that delivers images, in colour and from hardware as far as the names show.</summary>
    /// <param name="cameras">All cameras.</param>
    /// <param name="delivers">Whether the camera of a number delivers an image. Not called for those after the first good one.</param>
    /// <param name="notices">Receives what was passed over, and why; or null.</param>
    /// <param name="isRequested">True if the user requested a camera: then one without colour is better than none.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="LiveConvException">There is none that delivers such images; the message says why, for each.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="cameras"/> or <paramref name="delivers"/> is null.</exception>
    public static int Default(IReadOnlyList<CameraListing> cameras, Func<int, bool> delivers, Notices? notices, bool isRequested = true)
    {
        ArgumentNullException.ThrowIfNull(cameras);
        ArgumentNullException.ThrowIfNull(delivers);
        return FFmpegCameras.Default([.. cameras.Select(DeviceOf)], Look, notices, isRequested).Number;

        CameraVerdict Look(FFmpegDevice device) => delivers(device.Number)
            ? FFmpegVerdict.Of(device, [])
            : CameraVerdict.Of(CameraRank.Unreadable, device.Name, $"delivers no image: plug it in again, or {CameraAccess.OrElse}");
    }

    private static FFmpegDevice DeviceOf(CameraListing camera) => DeviceOf(camera.Number, camera.Name, camera.Identity);

    private static FFmpegDevice DeviceOf(int number, string name, string identity) =>
        new(number, name, "", identity) { IsVirtual = VirtualCameras.IsName(name) || VirtualCameras.IsMoniker("@device_pnp_" + identity) };
}
