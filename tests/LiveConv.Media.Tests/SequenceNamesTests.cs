using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveConv.Pipeline;

namespace LiveConv.Media.Tests;

public sealed class SequenceNamesTests
{
    private static readonly string[] Names =
        ["p%02d/s%d", "a%[1]", "a%3db", "%d", "a%%3d", "x%dy%d", "100%", "my%20dog", "p%02d/x", "a%{b}"];

    [SkippableTheory]
    [InlineData("png")]
    [InlineData("jpg")]
    [InlineData("bmp")]
    [InlineData("tiff")]
    [InlineData("webp")]
    [InlineData("gif")]
    [InlineData("pgm")]
    [InlineData("ppm")]
    [InlineData("pbm")]
    [InlineData("pam")]
    [InlineData("jp2")]
    [InlineData("ras")]
    [InlineData("tga")]
    [InlineData("pcx")]
    [InlineData("sgi")]
    [InlineData("xwd")]
    [InlineData("dpx")]
    [InlineData("exr")]
    [InlineData("qoi")]
    [InlineData("apng")]
    public void Read_NameOrFolderLikeAPattern_IsTheFile(string ending)
    {
        Tools.NeedFFmpeg();
        Tools.NeedCodecsOf(ending);
        using var directory = new TempDirectory();
        string plain = directory.File("plain." + ending);
        Tools.FFmpeg("-f", "lavfi", "-i", "testsrc2=s=66x50:r=5:d=1", "-frames:v", "1", plain);
        byte[] expected = ReadAll(plain);
        Assert.Equal(66 * 50, expected.Length);

        foreach (string name in ending == "png" ? Names : Names[..2])
        {
            string path = directory.File($"{name}.{ending}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(plain, path);
            Assert.True(expected.AsSpan().SequenceEqual(ReadAll(path)), name);
        }
    }

    [SkippableTheory]
    [InlineData("png", "jpg")]
    [InlineData("jpg", "png")]
    [InlineData("webp", "jpg")]
    [InlineData("gif", "png")]
    [InlineData("bmp", "tga")]
    public void Read_PatternWithTheWrongEnding_IsReadByItsContent(string content, string ending)
    {
        Tools.NeedFFmpeg();
        Tools.NeedCodecsOf(content);
        using var directory = new TempDirectory();
        string plain = directory.File("plain." + content);
        Tools.FFmpeg("-f", "lavfi", "-i", "testsrc2=s=66x50:r=5:d=1", "-frames:v", "1", plain);
        File.Copy(plain, directory.File("x%d." + ending));

        Assert.Equal(ReadAll(plain), ReadAll(directory.File("x%d." + ending)));
    }

    [SkippableFact]
    public void Read_AnimatedPngWithANameLikeAPattern_HasAllFrames()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string path = directory.File("x%d.png");
        Tools.FFmpeg("-f", "lavfi", "-i", "testsrc2=s=66x50:r=5:d=1", "-f", "apng", directory.File("x.apng"));
        File.Move(directory.File("x.apng"), path);

        Assert.Equal(5 * 66 * 50, ReadAll(path).Length);
    }

    [SkippableFact]
    public void Read_VideoInAFolderLikeAPattern_IsRead()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        Directory.CreateDirectory(directory.File("p%02d"));
        string path = directory.File("p%02d/s%d.mkv");
        Tools.FFmpeg("-f", "lavfi", "-i", "testsrc2=s=66x50:r=5:d=1", "-c:v", "ffv1", path);

        Assert.Equal(5 * 66 * 50, ReadAll(path).Length);
    }

    // The first two are how browsers write "a=b.png" and "my dog.png".
    [SkippableTheory]
    [InlineData("a%3db.png", "a=b.png")]
    [InlineData("my%20dog.png", "my dog.png")]
    [InlineData("a%3Db.png", "a=b.png")]
    [InlineData("%d0%b0.png", "\u0430.png")]
    [InlineData("plain.png", "plain.png")]
    public async Task Read_EscapedAddressOfAnImage_RequestsThatImage(string path, string name)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        Tools.FFmpeg("-f", "lavfi", "-i", "testsrc2=s=66x50:r=5:d=1", "-frames:v", "1", directory.File("x.png"));
        byte[] image = await File.ReadAllBytesAsync(directory.File("x.png"));
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        Task<string> requested = AnswerAsync(server, image);

        byte[] read = await Task.Run(() => ReadAll($"http://{server.LocalEndpoint}/{path}")).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(66 * 50, read.Length);
        Assert.Equal("/" + name, Uri.UnescapeDataString(await requested));
    }

    // Answers every request, and returns the first one's path.
    private static async Task<string> AnswerAsync(TcpListener server, byte[] image)
    {
        var first = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    using TcpClient client = await server.AcceptTcpClientAsync();
                    using NetworkStream stream = client.GetStream();
                    using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                    string request = await reader.ReadLineAsync() ?? "";
                    while (await reader.ReadLineAsync() is { Length: > 0 })
                    {
                    }

                    first.TrySetResult(request.Split(' ').ElementAtOrDefault(1) ?? "");
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(
                        $"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {image.Length}\r\nConnection: close\r\n\r\n"));
                    await stream.WriteAsync(image);
                }
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
            {
                first.TrySetException(e);
            }
        });
        return await first.Task;
    }

    private static byte[] ReadAll(string path)
    {
        using IFrameSource source =
            Sources.Create(SourceSpec.Parse(path), new SourceMode(), TimeProvider.System, new Notices(), isOffline: true);
        return Images.ReadAll(source);
    }
}
