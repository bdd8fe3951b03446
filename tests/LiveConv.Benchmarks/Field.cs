using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>Who takes part.</summary>
internal static class Field
{
    private static readonly int[] LargeSides = [5, 7, 15];

    public static Contender[] Limits(WorkerPool workers) =>
    [
        new("limit, cached", null, set => CopyLimit.Run(set, workers, streaming: false)),
        new("limit, streaming", null, set => CopyLimit.Run(set, workers, streaming: true)),
    ];

    public static Contender[] Edges(WorkerPool workers, OpenCvPeer? peer)
    {
        List<Contender> list = [.. Ours(workers, stream: false), .. Ours(workers, stream: true)];
        if (peer is not null)
        {
            list.Add(new("OpenCV spatialGradient", "sobel", set => peer.Run(OpenCvPeer.Method.SpatialGradient, set, Kernels.Sobel)));
            list.Add(new("OpenCV Sobel x2", "sobel", set => peer.Run(OpenCvPeer.Method.Sobel, set, Kernels.Sobel)));
            list.Add(new("OpenCV filter2D x2, Prewitt", "prewitt", set => peer.Run(OpenCvPeer.Method.Filter2D, set, Kernels.Prewitt)));
            list.Add(new("OpenCV filter2D x2, any", "any", set => peer.Run(OpenCvPeer.Method.Filter2D, set, Kernels.Unstructured(3))));
        }

        return [.. list];
    }

    /// <summary>The 3x3 pairs, with maps written through the caches or past them.</summary>
    public static Contender[] Ours(WorkerPool workers, bool stream)
    {
        string how = stream ? ", streamed" : "";
        return
        [
            Ours($"LiveConv Prewitt pair{how}", "prewitt", Kernels.Prewitt, workers, stream),
            Ours($"LiveConv Sobel pair{how}", "sobel", Kernels.Sobel, workers, stream),
            Ours($"LiveConv any 3x3 pair{how}", "any", Kernels.Unstructured(3), workers, stream),
        ];
    }

    /// <summary>The Sobel pair and what its next reader pays: both maps copied once, by the thread that asked for them.</summary>
    public static Contender[] ReadAtOnce(WorkerPool workers, byte[] side)
    {
        return [.. ((bool[])[false, true]).Select(stream => Reader(Ours(stream ? "Sobel streamed, copied once" : "Sobel, copied once", "sobel", Kernels.Sobel, workers, stream)))];

        Contender Reader(Contender maps) => maps with { Run = set => { maps.Run(set); Copy(set, side); } };
    }

    public static Contender[] Large(WorkerPool workers, OpenCvPeer? peer)
    {
        var list = new List<Contender>();
        foreach (int side in LargeSides)
        {
            Kernel[] kernels = Kernels.Unstructured(side);
            list.Add(Ours($"LiveConv {side}x{side} pair", $"{side}", kernels, workers, stream: false));
            if (peer is not null)
            {
                list.Add(new($"OpenCV filter2D x2, {side}x{side}", $"{side}", set => peer.Run(OpenCvPeer.Method.Filter2D, set, kernels)));
            }
        }

        return [.. list];
    }

    /// <summary>The first disagreement between contenders of one job, or null.</summary>
    public static string? Disagreement(Frames.Set set, IEnumerable<Contender> contenders)
    {
        foreach (IGrouping<string?, Contender> job in contenders.GroupBy(c => c.Job))
        {
            byte[]? expected = null;
            foreach (Contender contender in job)
            {
                foreach (Plane<byte> map in set.Maps)
                {
                    map.View.Row(0).Clear();
                }

                contender.Run(set);
                byte[] got = [.. Pixels(set.Maps[0]), .. Pixels(set.Maps[1])];
                expected ??= got;
                if (!expected.AsSpan().SequenceEqual(got))
                {
                    return $"{contender.Name} disagrees with {job.First().Name}";
                }
            }
        }

        return null;
    }

    private static Contender Ours(string name, string job, Kernel[] kernels, WorkerPool workers, bool stream)
    {
        var bank = new FilterBank(
            Operation.Correlation, BorderMode.Mirror, new FilterBankOptions { StreamMaps = stream }, new Filter(kernels[0]), new Filter(kernels[1]));
        return new(name, job, set => bank.Apply(set.Input.View, set.Maps, workers));
    }

    private static void Copy(Frames.Set set, byte[] side)
    {
        Span<byte> rest = side;
        foreach (Plane<byte> map in set.Maps)
        {
            for (int y = 0; y < map.Height; y++)
            {
                map.Row(y).CopyTo(rest);
                rest = rest[map.Width..];
            }
        }
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
