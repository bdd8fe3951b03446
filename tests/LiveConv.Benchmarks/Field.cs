using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>Who takes part with images.</summary>
internal static class Field
{
    private static readonly int[] Sides = [5, 7, 9, 11, 15];

    public static Contender<Frames.Set>[] Limits(WorkerPool workers) =>
    [
        new("limit, cached", null, set => CopyLimit.Run(set, workers, streaming: false)),
        new("limit, streaming", null, set => CopyLimit.Run(set, workers, streaming: true)),
    ];

    /// <summary>The 3x3 pairs, with maps written through the caches or past them.</summary>
    public static Contender<Frames.Set>[] Edges(WorkerPool workers, bool stream)
    {
        string how = stream ? ", streamed" : "";
        return
        [
            Ours($"LiveConv Prewitt pair{how}", "prewitt", Kernels.Prewitt, workers, stream),
            Ours($"LiveConv Sobel pair{how}", "sobel", Kernels.Sobel, workers, stream),
            Ours($"LiveConv Scharr pair{how}", "scharr", Kernels.Scharr, workers, stream),
            Ours($"LiveConv any 3x3 pair{how}", "any", Kernels.Unstructured(3), workers, stream),
        ];
    }

    /// <summary>A Sobel pair as users get it who set nothing: the bank decides how maps are written.</summary>
    public static Contender<Frames.Set> Unset(WorkerPool workers) =>
        Ours("LiveConv Sobel pair, nothing set", "sobel", Kernels.Sobel, workers, stream: null);

    /// <summary>The 3x3 pairs with nothing set, and the Sobel pair under every border.</summary>
    public static IEnumerable<Contender<Frames.Set>> Shapes(WorkerPool workers) =>
    [
        .. Enum.GetValues<BorderMode>().Select(
            border => Ours($"LiveConv Sobel pair, {border}", $"sobel, {border}", Kernels.Sobel, workers, stream: null, border: border)),
        Ours("LiveConv Prewitt pair", "prewitt", Kernels.Prewitt, workers, stream: null),
        Ours("LiveConv Scharr pair", "scharr", Kernels.Scharr, workers, stream: null),
        Ours("LiveConv any 3x3 pair", "any", Kernels.Unstructured(3), workers, stream: null),
    ];

    /// <summary>Pairs of larger kernels without any structure.</summary>
    public static IEnumerable<Contender<Frames.Set>> Large(WorkerPool workers, PixelPeers? peers)
    {
        foreach (int side in Sides)
        {
            string name = $"{side}x{side}";
            Kernel[] kernels = Kernels.Unstructured(side);
            yield return Ours($"LiveConv {name} pair", name, kernels, workers, stream: false);
            foreach (Contender<Frames.Set> peer in peers?.Pair(name, kernels, workers) ?? [])
            {
                yield return peer;
            }
        }
    }

    /// <summary>Pairs of larger kernels that are a column times a row.</summary>
    public static IEnumerable<Contender<Frames.Set>> Separable(WorkerPool workers, PixelPeers? peers)
    {
        foreach (int side in Sides)
        {
            string name = $"{side}x{side} separable";
            (Kernel[] kernels, Kernel[] factors) = Kernels.Separable(side);
            yield return Ours($"LiveConv {name} pair", name, kernels, workers, stream: false);
            foreach (Contender<Frames.Set> peer in peers?.Pair(name, factors, workers) ?? [])
            {
                yield return peer;
            }
        }
    }

    /// <summary>Pairs of kernels with a gain that is no power of two.</summary>
    public static IEnumerable<Contender<Frames.Set>> Scaled(WorkerPool workers, PixelPeers? peers) =>
        ((int[])[3, 5, 7, 9]).SelectMany(side => OursAndPeers($"{side}x{side} gain", Kernels.Unstructured(side), 1 / 3f, workers, peers));

    /// <summary>Pairs of kernels of fractions: squares of every side, oblong ones, and a column times a row.</summary>
    public static IEnumerable<Contender<Frames.Set>> Fractions(WorkerPool workers, PixelPeers? peers)
    {
        (int Width, int Height)[] oblong = [(3, 4), (3, 7), (5, 3), (15, 3), (5, 15)];
        return [
            .. Enumerable.Range(3, 13).Select(side => (side, side)).Concat(oblong)
                .SelectMany(size => Of($"{size.Item1}x{size.Item2} fractions", Kernels.Fractions(size.Item1, size.Item2))),
            .. Sides.SelectMany(OfGaussian)];

        IEnumerable<Contender<Frames.Set>> OfGaussian(int side)
        {
            string name = $"{side}x{side} Gaussian";
            (Kernel[] kernels, Kernel[] factors) = Kernels.Gaussians(side);
            return Of(name, kernels).Concat(peers?.SeparableFractions(name, factors, workers) ?? []);
        }

        IEnumerable<Contender<Frames.Set>> Of(string name, Kernel[] kernels) =>
            OursAndPeers(name, kernels, 1, workers, peers).Concat(peers?.ToPixels(name, kernels, workers) ?? []);
    }

    /// <summary>The first disagreement between contenders of one job, or null.</summary>
    public static string? Disagreement(Frames.Set set, IEnumerable<Contender<Frames.Set>> contenders)
    {
        foreach (IGrouping<string?, Contender<Frames.Set>> job in contenders.GroupBy(c => c.Job))
        {
            byte[]? expected = null;
            foreach (Contender<Frames.Set> contender in job)
            {
                foreach (Plane<byte> map in set.Maps)
                {
                    map.View.Fill(0);
                }

                contender.Run(set);
                byte[] got = [.. Pixels(set.Maps[0]), .. Pixels(set.Maps[1])];
                expected ??= got;
                if (expected.Zip(got).Any(pixels => Math.Abs(pixels.First - pixels.Second) > contender.Tolerance))
                {
                    return $"{contender.Name} disagrees with {job.First().Name}";
                }
            }
        }

        return null;
    }

    /// <summary>Who makes other maps of one image in one layout of memory than in another, or null.</summary>
    public static string? Difference(Frames.Set set, Frames.Set other, IEnumerable<Contender<Frames.Set>> contenders)
    {
        foreach (Contender<Frames.Set> contender in contenders)
        {
            contender.Run(set);
            contender.Run(other);
            if (!Pixels(set.Input).SequenceEqual(Pixels(other.Input)))
            {
                return "the images differ";
            }

            if (set.Maps.Zip(other.Maps).Any(maps => !Pixels(maps.First).SequenceEqual(Pixels(maps.Second))))
            {
                return $"{contender.Name} makes other maps in another layout";
            }
        }

        return null;
    }

    private static IEnumerable<Contender<Frames.Set>> OursAndPeers(
        string name, Kernel[] kernels, float gain, WorkerPool workers, PixelPeers? peers) =>
        [
            Ours($"LiveConv {name} pair", name, kernels, workers, stream: false, gain),
            .. peers?.Scaled(name, kernels, gain, workers) ?? []];

    private static Contender<Frames.Set> Ours(
        string name, string job, Kernel[] kernels, WorkerPool workers, bool? stream, float gain = 1, BorderMode border = BorderMode.Mirror)
    {
        Filter[] filters = [.. kernels.Select(kernel => new Filter(kernel, Gain: gain))];
        var bank = new FilterBank(Operation.Correlation, border, new FilterBankOptions { StreamMaps = stream }, filters);
        return new(name, job, set => bank.Apply(set.Input.View, set.Maps, workers));
    }

    private static byte[] Pixels(Plane<byte> plane)
    {
        byte[] pixels = new byte[plane.Width * plane.Height];
        for (int y = 0; y < plane.Height; y++)
        {
            plane.Row(y).CopyTo(pixels.AsSpan(y * plane.Width));
        }

        return pixels;
    }
}
