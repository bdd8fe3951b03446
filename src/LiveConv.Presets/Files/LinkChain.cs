using System.Text;

namespace LiveConv.Presets;

/// <summary>The links that a path leads through, one after the other. No link on Windows.</summary>
/// <param name="Path">Where the last one leads.</param>
/// <param name="IsOfOthers">Another account may have made one of them; the path is then that one's.</param>
/// <param name="IsOpenFile">The path is a link of <c>/proc</c>, which leads to an open file itself: no name stands for it.</param>
internal readonly record struct LinkChain(string Path, bool IsOfOthers, bool IsOpenFile)
{
    // As many as Linux follows.
    private const int MaxLinks = 40;
    private const int MaxTargetBytes = 4096;

    /// <summary>Reads the links.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Where they lead.</returns>
    /// <exception cref="PlainFileException">They are too many, or lead in a circle.</exception>
    public static LinkChain Of(string path)
    {
        string at = path;
        for (int i = 0; i <= MaxLinks; i++)
        {
            if (FileStatus.Of(at, followLink: false) is not { IsLink: true } link)
            {
                return new(at, IsOfOthers: false, IsOpenFile: false);
            }

            string folder = FolderOf(at);
            if (link.IsOfAnother || FileStatus.Of(folder) is { IsFolderOfOthers: true })
            {
                return new(at, IsOfOthers: true, IsOpenFile: false);
            }

            if (FileStatus.Of("/proc") is { } processes && IsOnOneDevice(link, processes))
            {
                return new(at, IsOfOthers: false, IsOpenFile: true);
            }

            if (Target(at) is not { } target)
            {
                return new(at, IsOfOthers: false, IsOpenFile: false);
            }

            // Not made shorter: "..", behind a link to a folder, is not the folder that is written before it.
            at = System.IO.Path.Combine(folder, target);
        }

        throw new PlainFileException(path, $"leads through more than {MaxLinks} links, or in a circle");
    }

    /// <summary>The folder that holds a path's last name.</summary>
    /// <param name="path">The path.</param>
    public static string FolderOf(string path) => System.IO.Path.GetDirectoryName(path) switch
    {
        null => path,
        "" => ".",
        var folder => folder,
    };

    private static bool IsOnOneDevice(FileStatus one, FileStatus other) =>
        (one.Identity.DeviceMajor, one.Identity.DeviceMinor) == (other.Identity.DeviceMajor, other.Identity.DeviceMinor);

    // Null when it is none any more: it is then opened without following any.
    private static string? Target(string link)
    {
        Span<byte> bytes = stackalloc byte[MaxTargetBytes];
        nint length = NativeFile.ReadLink(link, bytes, bytes.Length);
        return length > 0 ? Encoding.UTF8.GetString(bytes[..(int)length]) : null;
    }
}
