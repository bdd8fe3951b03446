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

    /// <summary>Reads the links, those of folders and of the file.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Where they lead.</returns>
    /// <exception cref="PlainFileException">They are too many, or lead in a circle.</exception>
    public static LinkChain Of(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return new(path, IsOfOthers: false, IsOpenFile: false);
        }

        string at = "";
        string rest = path;
        int links = 0;
        while (rest.Length > 0)
        {
            (string name, rest) = SplitFirst(rest);
            string folder = at.Length == 0 ? "." : at;
            at += name;
            bool isLast = rest.Length == 0;
            if (FileStatus.Of(at.TrimEnd('/'), followLink: false) is not { IsLink: true } link)
            {
                continue;
            }

            if (IsOfOthersIn(folder, link, isLast))
            {
                return new(at + rest, IsOfOthers: true, IsOpenFile: false);
            }

            if (isLast && FileStatus.Of("/proc") is { } processes && IsOnOneDevice(link, processes))
            {
                return new(at, IsOfOthers: false, IsOpenFile: true);
            }

            if (Target(at.TrimEnd('/')) is not { } target)
            {
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new PlainFileException(path, $"leads through more than {MaxLinks} links, or in a circle");
            }

            // Not made shorter: "..", behind a link to a folder, is not the folder that is written before it.
            at = target.StartsWith('/') ? "" : at[..^name.Length];
            rest = isLast ? target : $"{target}/{rest}";
        }

        return new(at, IsOfOthers: false, IsOpenFile: false);
    }

    /// <summary>The folder that holds a path's last name.</summary>
    /// <param name="path">The path.</param>
    public static string FolderOf(string path) => System.IO.Path.GetDirectoryName(path) switch
    {
        null => path,
        "" => ".",
        var folder => folder,
    };

    // "a/b/c" as "a/" and "b/c", "/a" as "/" and "a".
    private static (string Name, string Left) SplitFirst(string path)
    {
        int end = path.IndexOf('/', StringComparison.Ordinal);
        while (end >= 0 && end + 1 < path.Length && path[end + 1] == '/')
        {
            end++;
        }

        return end < 0 ? (path, "") : (path[..(end + 1)], path[(end + 1)..]);
    }

    // In a folder such as /tmp, where nobody removes what another has made, the user's own link to a folder stays the user's.
    private static bool IsOfOthersIn(string folder, FileStatus link, bool isLast) =>
        link.IsOfAnother
        || (FileStatus.Of(folder) is { IsFolderOfOthers: true } shared && (isLast || !shared.IsSticky || link.Names > 1));

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
