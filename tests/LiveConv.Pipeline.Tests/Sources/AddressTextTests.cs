namespace LiveConv.Pipeline.Tests;

public sealed class AddressTextTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    [InlineData("http://127.0.0.1:8080/", "http://127.0.0.1:8080")]
    [InlineData("http://user:S3CRET@camera/x", "http://camera/...")]
    [InlineData("http://user:S3C@RET@camera/x", "http://camera/...")]
    [InlineData("http://h?token=me@x", "http://h/...")]
    [InlineData("http://h:80?token=S3CRET@x", "http://h:80/...")]
    [InlineData("http://h#S3CRET@x", "http://h/...")]
    [InlineData("http://h/x?pwd=S3CRET", "http://h/...")]
    [InlineData("rtmp://h/live/S3CRET", "rtmp://h/...")]
    [InlineData("srt://h:9000?streamid=S3CRET&passphrase=S3CRET", "srt://h:9000/...")]
    [InlineData("rtsp://user:pa/S3CRET@camera/x", "rtsp://...")]
    [InlineData("rtsp://user:12/S3CRET@camera/x", "rtsp://...")]
    [InlineData("rtsp://user:pa?S3CRET@camera/x", "rtsp://...")]
    [InlineData("rtsp://user:pa#S3CRET@camera/x", "rtsp://...")]
    [InlineData("udp://@239.0.0.1:1234", "udp://239.0.0.1:1234")]
    [InlineData("http://u:S3CRET@[fe80::1]:81/x", "http://[fe80::1]:81/...")]
    [InlineData("http://[::1]/x@y", "http://[::1]/...")]
    [InlineData("foo+bar://S3CRET@h/x", "foo+bar://h/...")]
    [InlineData("rtsp:user:S3CRET@h/x", "rtsp:...")]
    [InlineData("HTTP:/user:S3CRET@h/x", "HTTP:...")]
    [InlineData("clip.mp4", "clip.mp4")]
    [InlineData("C:\\srt:x", "C:\\srt:x")]
    public void ToDisplay_Address_HasTheHostAndNoSecret(string address, string expected) =>
        Assert.Equal(expected, AddressText.ToDisplay(address));

    [Theory]
    [InlineData("rtsp://user:pa/ss@camera/x", true)]
    [InlineData("rtsp://user:pa?ss@camera/x", true)]
    [InlineData("rtsp://user:pa%2Fss@camera/x", false)]
    [InlineData("http://h:80?token=me@x", false)]
    [InlineData("http://h/@me", false)]
    [InlineData("rtsp:user:pass@h/x", true)]
    [InlineData("udp:x", true)]
    [InlineData("udp://h:65536", true)]
    [InlineData("rtsp://user:pass@h:184467440737095516160/x", true)]
    [InlineData("http://[::1]:99999/", true)]
    [InlineData("udp://h:65535", false)]
    [InlineData("udp://h:0065535", false)]
    [InlineData("http://h:/x", false)]
    [InlineData("file:x", false)]
    public void FindFault_PasswordThatCutsTheAddress_IsFound(string address, bool isFault) =>
        Assert.Equal(isFault, AddressText.FindFault(address) is not null);

    [Theory]
    [InlineData("http://user:S3CRET@h/x?t=1: Connection refused", "http://h/...: Connection refused")]
    [InlineData("Server error: Stream not found: S3CRET-KEY", "Server error: Stream not found: ...")]
    [InlineData("Opening 'https://other/seg.ts?sig=abc' for reading", "Opening 'https://other/...' for reading")]
    [InlineData("wrong password S3CRET.", "wrong password ....")]
    public void Clean_MessageOfAnotherProgram_KeepsNoSecret(string message, string expected) =>
        Assert.Equal(expected, AddressText.Clean(message, "rtmp://user:S3CRET@h/live/S3CRET-KEY?t=1"));
}
