namespace LiveConv.App;

/// <summary>How <c>--source</c> names a camera or file that OpenCV shall read: <c>opencv</c> or <c>opencv:NAME</c>.</summary>
internal static class OpenCvSpec
{
    private const string Word = "opencv";
    private const string FirstCamera = "0";

    /// <summary>The index, path or file; null when OpenCV was not asked for.</summary>
    public static string? NameIn(string source) =>
        source == Word || source == Word + ":" ? FirstCamera
        : source.StartsWith(Word + ":", StringComparison.Ordinal) ? source[(Word.Length + 1)..]
        : null;

    /// <summary>The file on this machine that OpenCV shall read; null when it is none.</summary>
    public static string? FileIn(string source) => NameIn(source) is { } name && File.Exists(name) ? name : null;
}
