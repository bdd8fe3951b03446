using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace LiveConv.OpenCv;

/// <summary>A camera as Windows' Media Foundation lists it.</summary>
/// <param name="Name">Display name.</param>
/// <param name="Link">Windows' own name for it, as <c>\\?\usb#vid_046d...</c>; the same when it is plugged in again.</param>
internal sealed record MediaFoundationCamera(string Name, string Link);

/// <summary>
/// Lists cameras by Windows' Media Foundation, in the order in which OpenCV counts them; OpenCV itself tells no names.
/// </summary>
[SupportedOSPlatform("windows")]
internal static unsafe partial class MediaFoundationCameras
{
    private const uint Version = 0x20070; // MF_VERSION
    private const uint NoSockets = 1; // MFSTARTUP_LITE
    private static readonly Guid SourceType = new("c60ac5fe-252a-478f-a0ef-bc8fa5f7cad3");
    private static readonly Guid Cameras = new("8ac3587a-4ae7-42d8-99e0-0a6013eef90f");

    /// <summary>The key of a camera's display name.</summary>
    internal static readonly Guid FriendlyName = new("60d0e559-52f8-4fa2-bbce-acdb34a8ec01");

    /// <summary>The key of a camera's <see cref="MediaFoundationCamera.Link"/>.</summary>
    internal static readonly Guid SymbolicLink = new("58f0aad8-22bf-4f8a-bb3d-d2c4978c6e2f");

    /// <summary>All cameras, by their numbers.</summary>
    /// <exception cref="COMException">Media Foundation fails.</exception>
    /// <exception cref="DllNotFoundException">This Windows has no Media Foundation.</exception>
    public static IReadOnlyList<MediaFoundationCamera> List()
    {
        Marshal.ThrowExceptionForHR(Startup(Version, NoSockets));
        nint attributes = 0;
        nint* devices = null;
        uint count = 0;
        try
        {
            attributes = NewAttributes();
            Marshal.ThrowExceptionForHR(SetGuid(attributes, SourceType, Cameras));
            Marshal.ThrowExceptionForHR(EnumerateSources(attributes, &devices, out count));
            var cameras = new List<MediaFoundationCamera>();
            for (uint i = 0; i < count; i++)
            {
                cameras.Add(new MediaFoundationCamera(
                    Text(devices[i], FriendlyName) ?? $"camera {i}", Text(devices[i], SymbolicLink) ?? $"camera {i}"));
            }

            return cameras;
        }
        finally
        {
            for (uint i = 0; i < count; i++)
            {
                _ = Marshal.Release(devices[i]);
            }

            Marshal.FreeCoTaskMem((nint)devices);
            if (attributes != 0)
            {
                _ = Marshal.Release(attributes);
            }

            _ = Shutdown();
        }
    }

    /// <summary>A new, empty list of attributes (IMFAttributes), to be released.</summary>
    internal static nint NewAttributes()
    {
        Marshal.ThrowExceptionForHR(CreateAttributes(out nint attributes, initialSize: 2));
        return attributes;
    }

    /// <summary>A text among a device's attributes; null when it has none of that key.</summary>
    internal static string? Text(nint attributes, Guid key)
    {
        char* text = null;
        uint length = 0;
        var read = (delegate* unmanaged<nint, Guid*, char**, uint*, int>)Method(attributes, 13); // GetAllocatedString
        if (read(attributes, &key, &text, &length) < 0)
        {
            return null;
        }

        string copy = new(text, 0, (int)length);
        Marshal.FreeCoTaskMem((nint)text);
        return copy;
    }

    /// <summary>Sets a text.</summary>
    internal static int SetText(nint attributes, Guid key, string text)
    {
        fixed (char* value = text)
        {
            return ((delegate* unmanaged<nint, Guid*, char*, int>)Method(attributes, 25))(attributes, &key, value); // SetString
        }
    }

    private static int SetGuid(nint attributes, Guid key, Guid value) =>
        ((delegate* unmanaged<nint, Guid*, Guid*, int>)Method(attributes, 24))(attributes, &key, &value);

    // The methods of IMFAttributes in the order of mfobjects.h, behind the three of IUnknown; IMFActivate begins with the same.
    private static nint Method(nint instance, int place) => (*(nint**)instance)[place];

    [LibraryImport("mfplat", EntryPoint = "MFStartup")]
    private static partial int Startup(uint version, uint flags);

    [LibraryImport("mfplat", EntryPoint = "MFShutdown")]
    private static partial int Shutdown();

    [LibraryImport("mfplat", EntryPoint = "MFCreateAttributes")]
    private static partial int CreateAttributes(out nint attributes, uint initialSize);

    [LibraryImport("mf", EntryPoint = "MFEnumDeviceSources")]
    private static partial int EnumerateSources(nint attributes, nint** devices, out uint count);
}
