using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LiveConv.Pipeline;

namespace LiveConv.Media.Tests;

/// <summary>A live stream that a server offers in segments: at its own pace, and its end is no success.</summary>
public sealed class PlaylistTests
{
    [SkippableFact]
    public async Task Read_LivePlaylist_IsLivePacedAndItsEndIsReported()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string playlist = directory.File("live.m3u8");
        using Process camera = Process.Start(new ProcessStartInfo("ffmpeg", [
            "-v", "error", "-nostdin", "-re", "-f", "lavfi", "-i", "testsrc2=s=64x48:r=10", "-c:v", "libx264", "-preset", "ultrafast", "-g",
            "10", "-f", "hls", "-hls_time", "1", "-hls_list_size", "4", playlist]))!;
        using var server = new FolderServer(directory.Directory, FreePort());
        try
        {
            await UntilAsync(() => File.Exists(playlist) && File.ReadAllText(playlist).Split("#EXTINF").Length > 3);
            using IFrameSource source = Sources.Create(
                SourceSpec.Parse(server.Address + "live.m3u8"), new SourceMode(), TimeProvider.System, new Notices(), isOffline: true);
            await Task.Run(() => source.Open(CancellationToken.None));
            using Frame frame = Images.NewFrame();
            Assert.True(source.Read(frame));
            long begun = Stopwatch.GetTimestamp();
            TimeSpan first = frame.MediaTime;
            for (int i = 0; i < 25; i++)
            {
                Assert.True(source.Read(frame));
            }

            Assert.True(source.IsLive);
            Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 2.3, 10);
            Assert.Equal(2.5, (frame.MediaTime - first).TotalSeconds, 3);

            server.Dispose();
            while (source.Read(frame))
            {
            }

            Assert.NotNull(source.Info.Ended);
        }
        finally
        {
            camera.Kill();
        }
    }

    // The same server's file is no live stream.
    [SkippableFact]
    public void Read_WholePlaylist_EndsAsAFile()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        Tools.FFmpeg(
            "-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=3", "-c:v", "libx264", "-g", "10", "-f", "hls", "-hls_time", "1",
            "-hls_list_size", "0", directory.File("whole.m3u8"));
        using var server = new FolderServer(directory.Directory, FreePort());
        using IFrameSource source = Sources.Create(
            SourceSpec.Parse(server.Address + "whole.m3u8"), new SourceMode(), TimeProvider.System, new Notices(), isOffline: true);

        Assert.Equal(30 * 64 * 48, Images.ReadAll(source).Length);
        Assert.False(source.IsLive);
        Assert.Null(source.Info.Ended);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(50, timeout.Token);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
