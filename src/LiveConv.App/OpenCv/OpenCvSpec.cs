namespace LiveConv.App;

/// <summary>The spelling in <c>--source</c> of a camera or file to read with OpenCV: <c>opencv</c> or <c>opencv:NAME</c>.</summary>
internal static class OpenCvSpec
{
    private const string Word = "opencv";
    private const string FirstCamera = "0";

    /// <summary>The index, path or file; null when OpenCV was not requested.</summary>
    public static string? NameIn(string source) =>
        source == Word || source == Word + ":" ? FirstCamera
        : source.StartsWith(Word + ":", StringComparison.Ordinal) ? source[(Word.Length + 1)..]
        : null;

    /// <summary>The local file to read with OpenCV; null when it is none.</summary>
    public static string? FileIn(string source) => NameIn(source) is { } name && File.Exists(name) ? name : null;
}
