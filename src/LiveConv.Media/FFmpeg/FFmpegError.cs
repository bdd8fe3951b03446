namespace LiveConv.Media;

/// <summary>Turns FFmpeg's last word into something that a person can act on.</summary>
internal static class FFmpegError
{
    /// <summary>Says why an input cannot be read.</summary>
    /// <param name="reason">FFmpeg's line.</param>
    /// <param name="input">What it was told to read.</param>
    /// <param name="notes">What else it said.</param>
    public static string Explain(string reason, FFmpegInput input, IReadOnlyList<string> notes)
    {
        if (Noted("Protocol not found") || Noted($"Protocol '{Scheme(input)}' not on whitelist"))
        {
            return "there is no video at addresses of this kind: use http, https, rtsp, rtmp, srt, udp or rtp, or name a file";
        }

        if (Noted("Unsafe file name") || Noted("not on whitelist"))
        {
            return "it is a playlist of other files or addresses, which are not followed: name one of them";
        }

        if (input.Kind is FFmpegInputKind.Download or FFmpegInputKind.Stream && HasNoHost(input.Address))
        {
            return "the address names no host";
        }

        string text = reason.Replace(input.Address, input.Name, StringComparison.Ordinal);
        text = text.StartsWith(input.Name + ": ", StringComparison.Ordinal) ? text[(input.Name.Length + 2)..] : text;
        return text switch
        {
            _ when Says("matches no streams") && Noted("(attached pic)") => "there is no video in it, only a cover image",
            _ when Says("matches no streams") => "there is no video in it",
            _ when Says("Invalid data found") && IsEmpty(input) => "the file is empty",
            _ when Says("Invalid data found") => "this is no video that ffmpeg knows",
            _ when Says("Device or resource busy") => "another program uses it: close that program",
            _ when Noted("Failed to resolve hostname") => "there is no host of that name: check the address and the network",
            _ when Says("Connection refused") => "nobody answers there (connection refused): check the address",
            _ when Says("Permission denied") => "not permitted: check its permissions",
            _ when Says("No such file or directory") && input.Kind == FFmpegInputKind.Camera => "there is no such camera",
            _ => text,
        };

        bool Says(string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
        bool Noted(string words) => notes.Any(line => line.Contains(words, StringComparison.OrdinalIgnoreCase));
    }

    private static string Scheme(FFmpegInput input) =>
        input.Kind is FFmpegInputKind.Download or FFmpegInputKind.Stream
        ? input.Address[..input.Address.IndexOf(':', StringComparison.Ordinal)]
        : "";

    private static bool HasNoHost(string address)
    {
        int host = address.IndexOf("://", StringComparison.Ordinal) + 3;
        return host == address.Length || address[host] is '/' or '?' or '#';
    }

    private static bool IsEmpty(FFmpegInput input) =>
        input.Kind == FFmpegInputKind.File && new FileInfo(input.Address["file:".Length..]) is { Exists: true, Length: 0 };
}
