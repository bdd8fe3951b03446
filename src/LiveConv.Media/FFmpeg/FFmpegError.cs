namespace LiveConv.Media;

/// <summary>Turns FFmpeg's last error message into one that the user can act on.</summary>
internal static class FFmpegError
{
    /// <summary>Explains why an input cannot be read.</summary>
    /// <param name="reason">FFmpeg's line.</param>
    /// <param name="input">The input that it was to read.</param>
    /// <param name="notes">Its other messages.</param>
    public static string Explain(string reason, FFmpegInput input, IReadOnlyList<string> notes)
    {
        if (HasNote("Protocol not found") || HasNote($"Protocol '{Scheme(input)}' not on whitelist"))
        {
            return "addresses of this kind are not supported: use http, https, rtsp, rtmp, srt, udp or rtp, or name a file";
        }

        if (HasNote("Unsafe file name") || HasNote("not on whitelist"))
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
            _ when HasReason("matches no streams") && HasNote("(attached pic)") => "there is no video in it, only a cover image",
            _ when HasReason("matches no streams") => "there is no video in it",
            _ when HasReason("Invalid data found") && IsEmpty(input) => "the file is empty",
            _ when HasReason("Invalid data found") => "ffmpeg does not recognize it as a video",
            _ when HasReason("Device or resource busy") => "another program uses it: close that program",
            _ when HasNote("Failed to resolve hostname") => "there is no host of that name: check the address and the network",
            _ when HasReason("Connection refused") => "no server answers there (connection refused): check the address",
            _ when HasReason("Permission denied") => "not permitted: check its permissions",
            _ when HasReason("No such file or directory") && input.Kind == FFmpegInputKind.Camera => "there is no such camera",
            _ => text,
        };

        bool HasReason(string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
        bool HasNote(string words) => notes.Any(line => line.Contains(words, StringComparison.OrdinalIgnoreCase));
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
