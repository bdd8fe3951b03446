namespace LiveConv.Media;

/// <summary>Turns FFmpeg's last word into something that a person can act on.</summary>
internal static class FFmpegError
{
    /// <summary>Says why an input cannot be read.</summary>
    /// <param name="reason">FFmpeg's line.</param>
    /// <param name="input">What it was told to read.</param>
    public static string Explain(string reason, FFmpegInput input)
    {
        string text = reason.Replace(input.Address, input.Name, StringComparison.Ordinal);
        text = text.StartsWith(input.Name + ": ", StringComparison.Ordinal) ? text[(input.Name.Length + 2)..] : text;
        return text switch
        {
            _ when Says("matches no streams") => "there is no video in it",
            _ when Says("Invalid data found") && IsEmpty(input) => "the file is empty",
            _ when Says("Invalid data found") => "this is no video that ffmpeg knows",
            _ when Says("Device or resource busy") => "another program uses it: close that program",
            _ when Says("Permission denied") => "not permitted: check its permissions",
            _ when Says("No such file or directory") && input.Kind == FFmpegInputKind.Camera => "there is no such camera",
            _ => text,
        };

        bool Says(string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsEmpty(FFmpegInput input) =>
        input.Kind == FFmpegInputKind.File && new FileInfo(input.Address["file:".Length..]) is { Exists: true, Length: 0 };
}
