using System.Runtime.InteropServices;
using LiveConv.Convolution;
using LiveConv.TurboJpeg;
using LiveConv.Window;

namespace LiveConv.Benchmarks;

/// <summary>
/// A Sobel pair and what its first reader does with the maps, as the program does it: a recording's image, a window's pixels, a page's JPEG
/// files; beside the same with maps that are kept apart and copied.
/// </summary>
internal sealed class ReaderRace : IDisposable
{
    private const int Quality = 90;
    private readonly Frames frames;
    private readonly Dictionary<Frames.Set, Plane<byte>> images = [];
    private readonly Plane<byte> copy;
    private readonly Plane<byte> magnitude;
    private readonly uint[] screen;
    private readonly byte[] file;
    private readonly JpegEncoder? encoder;

    public ReaderRace(int width, int height)
    {
        frames = new Frames(width, height, cold: true);
        foreach (Frames.Set set in frames.Sets)
        {
            images[set] = new Plane<byte>(2 * width, height);
            Draw(set.Input);
        }

        copy = new Plane<byte>(2 * width, height);
        magnitude = new Plane<byte>(width, height);
        screen = new uint[2 * width * height];
        encoder = JpegLibrary.IsAvailable ? new JpegEncoder(Quality) : null;
        file = new byte[encoder is null ? 0 : JpegEncoder.MaxBytes(width, height)];
    }

    public IReadOnlyList<Frames.Set> Sets => frames.Sets;

    public IEnumerable<Contender<Frames.Set>> Contenders(WorkerPool workers)
    {
        var streamed = new Maps(workers, streams: true);
        var cached = new Maps(workers, streams: false);
        yield return new("side by side: a recording's image", null, set => streamed.Into(set, images[set]));
        yield return new("apart, then copied side by side", null, set => Copy(streamed.Apart(set), copy));
        yield return new("side by side, a window's pixels", null, set => Show(streamed.Into(set, images[set])));
        yield return new("side by side, then their magnitude", null, set => streamed.IntoThenRead(set, images[set], new(magnitude)));
        yield return new("side by side, magnitude strip by strip", null, set => streamed.IntoAndRead(set, images[set], new(magnitude)));
        if (encoder is not null)
        {
            yield return new("past the caches, two JPEG files", null, set => Encode(streamed.Apart(set)));
            yield return new("through the caches, two JPEG files", null, set => Encode(cached.Apart(set)));
        }
    }

    public void Dispose()
    {
        foreach (Plane<byte> image in images.Values)
        {
            image.Dispose();
        }

        encoder?.Dispose();
        copy.Dispose();
        magnitude.Dispose();
        frames.Dispose();
    }

    // Soft hills and a little noise: what an encoder makes of pure noise says nothing about images.
    private static void Draw(Plane<byte> image)
    {
        var random = new Random(1);
        double[] along = [.. Enumerable.Range(0, image.Width).Select(x => Math.Sin(x / 37.0))];
        byte[] noise = new byte[image.Width];
        for (int y = 0; y < image.Height; y++)
        {
            random.NextBytes(noise);
            double down = 90 * Math.Cos(y / 23.0);
            Span<byte> row = image.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = (byte)(128 + down * along[x] + noise[x] / 64);
            }
        }
    }

    private static void Copy(Plane<byte>[] maps, Plane<byte> to)
    {
        PlaneView<byte> image = to.View;
        image.Slice(0, 0, maps[0].Width, maps[0].Height).CopyFrom(maps[0]);
        image.Slice(maps[0].Width, 0, maps[1].Width, maps[1].Height).CopyFrom(maps[1]);
    }

    private void Show(Plane<byte> image)
    {
        for (int y = 0; y < image.Height; y++)
        {
            GrayToArgb.Convert(image.Row(y), screen.AsSpan(y * image.Width, image.Width));
        }
    }

    private void Encode(Plane<byte>[] maps)
    {
        foreach (Plane<byte> map in maps)
        {
            ReadOnlySpan<byte> pixels = MemoryMarshal.CreateReadOnlySpan(ref map.Row(0)[0], map.Pitch * (map.Height - 1) + map.Width);
            encoder!.Encode(pixels, map.Width, map.Height, map.Pitch, file);
        }
    }

    private sealed class Maps(WorkerPool workers, bool streams)
    {
        private readonly FilterBank bank = new(
            Operation.Correlation, BorderMode.Mirror, new FilterBankOptions { StreamMaps = streams },
            [.. Kernels.Sobel.Select(kernel => new Filter(kernel))]);

        public Plane<byte>[] Apart(Frames.Set set)
        {
            bank.Apply(set.Input, set.Maps, workers);
            return set.Maps;
        }

        public Plane<byte> Into(Frames.Set set, Plane<byte> image)
        {
            bank.Apply(set.Input, Left(set, image), Right(set, image), workers);
            return image;
        }

        public void IntoThenRead(Frames.Set set, Plane<byte> image, MagnitudeReader reader)
        {
            Into(set, image);
            reader.Read(0, Left(set, image), Right(set, image));
        }

        public void IntoAndRead(Frames.Set set, Plane<byte> image, MagnitudeReader reader) =>
            bank.Apply(set.Input, Left(set, image), Right(set, image), reader, workers);

        private static PlaneView<byte> Left(Frames.Set set, Plane<byte> image) =>
            image.View.Slice(0, 0, set.Input.Width, set.Input.Height);

        private static PlaneView<byte> Right(Frames.Set set, Plane<byte> image) =>
            image.View.Slice(set.Input.Width, 0, set.Input.Width, set.Input.Height);
    }
}
