using System.Diagnostics;

namespace LiveConv.App.Tests.Documents;

/// <summary>Small files with the names that the documented commands read, in a folder of their own.</summary>
internal static class StandInFiles
{
    private const int Height = 140;
    private const int Width = 220;

    public static void WriteTo(string folder, IReadOnlyCollection<string> words)
    {
        NumberArray photo = Noise(Height, Width);
        File.WriteAllBytes(Path.Combine(folder, "photo.png"), PngFile.Write(photo));
        Save("response.npy", Differences(photo));
        Save("x.npy", Noise(40, 60));
        Save("k.npy", words.Contains("conv3d") ? Noise(3, 3, 3) : new NumberArray([1, 0, -1, 1, 0, -1, 1, 0, -1], [3, 3]));
        Save("volume.npy", Noise(5, 12, 16));
        Save("images.npy", Noise(1, 3, 32, 32));
        Save("w.npy", Noise(8, 3, 3, 3));
        Save("b.npy", Noise(8));
        var network = new OnnxWriter(13, [1, 3, 16, 16]);
        string maps = network.Node("Relu", [network.Node("Conv", ["x", network.Weights(1, 8, 3, 3, 3)])]);
        network.Node("Flatten", [network.Node("GlobalAveragePool", [maps])]);
        File.WriteAllBytes(Path.Combine(folder, "net.onnx"), network.ToFile());
        string networks = Directory.CreateDirectory(Path.Combine(folder, "presets", "networks")).FullName;
        File.Copy(RepositoryFiles.PathOf("presets", "networks", "ball-or-bat.onnx"), Path.Combine(networks, "ball-or-bat.onnx"));
        File.WriteAllLines(Path.Combine(folder, "classes.txt"), Enumerable.Range(1, 8).Select(number => $"class {number}"));
        string images = Directory.CreateDirectory(Path.Combine(folder, "docs", "images")).FullName;
        File.Copy(RepositoryFiles.PathOf("docs", "images", "seed.png"), Path.Combine(images, "seed.png"));

        void Save(string name, NumberArray array) =>
            File.WriteAllBytes(Path.Combine(folder, name), NpyFile.Write(array, ElementType.Float32));
    }

    /// <summary>Ten frames of FFmpeg's test image.</summary>
    public static async Task WriteClipAsync(string folder)
    {
        string[] arguments = ["-v", "error", "-f", "lavfi", "-i", "testsrc=size=64x48:rate=30", "-frames:v", "10", "clip.mp4"];
        using Process ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", arguments) { WorkingDirectory = folder })!;
        await ffmpeg.WaitForExitAsync();
        Assert.Equal(0, ffmpeg.ExitCode);
    }

    private static NumberArray Noise(params int[] shape)
    {
        var random = new Random(5);
        return new NumberArray([.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => (double)random.Next(256))], shape);
    }

    // What the seed's kernel makes of whole windows.
    private static NumberArray Differences(NumberArray image)
    {
        double At(int y, int x) => image.Values[y * Width + x];
        double Response(int y, int x) => Enumerable.Range(0, 3).Sum(row => At(y + row, x) - At(y + row, x + 2));
        return new NumberArray(
            [.. from y in Enumerable.Range(0, Height - 2) from x in Enumerable.Range(0, Width - 2) select Response(y, x)],
            [Height - 2, Width - 2]);
    }
}
