using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>The formats of kernels that the commands name: the dialects of kernel texts, and numpy's files.</summary>
internal static class KernelFormat
{
    /// <summary>A numpy file.</summary>
    public const string Npy = "npy";

    private static readonly (string Name, KernelDialect Dialect, string Program)[] Texts =
    [
        ("imagemagick", KernelDialect.ImageMagick, "ImageMagick"),
        ("ffmpeg", KernelDialect.FFmpeg, "FFmpeg"),
        ("numpy", KernelDialect.Numpy, "numpy"),
        ("matlab", KernelDialect.Matlab, "Matlab"),
        ("opencv", KernelDialect.OpenCv, "OpenCV"),
        ("c", KernelDialect.C, "C"),
        ("list", KernelDialect.List, "a list of rows"),
        ("numbers", KernelDialect.Numbers, "numbers"),
    ];

    /// <summary>What <c>--format</c> takes.</summary>
    public static (string Name, string Value)[] Choices { get; } = [.. Texts.Select(text => (text.Name, text.Name)), (Npy, Npy)];

    /// <summary>The dialect of a format, or null for none and for files.</summary>
    public static KernelDialect? DialectOf(string? format) =>
        Array.Find(Texts, text => text.Name == format) is { Name: not null } found ? found.Dialect : null;

    /// <summary>The program whose dialect it is, for people.</summary>
    public static string ProgramOf(KernelDialect dialect) => Array.Find(Texts, text => text.Dialect == dialect).Program;
}
