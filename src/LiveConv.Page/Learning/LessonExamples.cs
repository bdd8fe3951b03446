using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>
/// What the lesson learns from: windows of an image, and the sum that the engine makes of each for one map. One thread at a time.
/// </summary>
/// <param name="preset">The preset.</param>
/// <param name="map">0 the left map, 1 the right one.</param>
/// <param name="step">The one convolution that makes the map.</param>
internal sealed class LessonExamples(Preset preset, int map, PixelStep step)
{
    /// <summary>The kernel that is to be found, as it lies on the image.</summary>
    public Kernel Kernel => step.Kernel;

    /// <summary>The examples of a preset's map.</summary>
    /// <exception cref="LiveConvException">No single kernel makes the map from one image.</exception>
    public static LessonExamples Of(Preset preset, int map) => PixelStep.Of(preset, map) is { } step
        ? new LessonExamples(preset, map, step)
        : throw new LiveConvException("No single kernel makes this map of one image: it has several layers or frames. Try Sobel.");

    /// <summary>The smallest kernel whose weights reach as far from its centre as those of the kernel that is to be found.</summary>
    public KernelSize Needs()
    {
        (int left, int right) = Reach(Kernel.Width, Kernel.AnchorX, x => Enumerable.Range(0, Kernel.Height).Any(y => Kernel[y, x] != 0));
        (int top, int bottom) = Reach(Kernel.Height, Kernel.AnchorY, y => Enumerable.Range(0, Kernel.Width).Any(x => Kernel[y, x] != 0));
        return new KernelSize(SideFor(left, right), SideFor(top, bottom));
    }

    /// <summary>Adds the examples of an image: all windows that lie within it, or a sample of them, evenly spread.</summary>
    /// <param name="problem">Where they are added.</param>
    /// <param name="image">The image; borrowed for the length of the call.</param>
    /// <param name="workers">The threads that filter.</param>
    /// <param name="maxProducts">Beyond this many products a sample is taken.</param>
    public void Add(LeastSquares problem, Plane<byte> image, WorkerPool workers, double maxProducts)
    {
        if (preset.Bank is { } bank)
        {
            int width = bank.OutputWidth(image.Width);
            int height = bank.OutputHeight(image.Height);
            using var sums = new Plane<float>(width, height);
            new FilterBank(bank.Operation, bank.Border, bank.Options, bank.Filters[map]).Apply(image.View, [sums], workers);
            Add(problem, image, sums, maxProducts);
            return;
        }

        LayerStack stack = preset.Stack!;
        using var runner = new LayerStackRunner(stack, new ImageSize(image.Width, image.Height));
        ImageSize size = stack.SizeOf(0, runner.Image);
        using var vertical = new Plane<byte>(size.Width, size.Height);
        using var horizontal = new Plane<byte>(size.Width, size.Height);
        runner.Run([image], vertical, horizontal, workers);
        Add(problem, image, runner.MapsOf(0)[(map == 0 ? stack.Vertical : stack.Horizontal).Map], maxProducts);
    }

    /// <summary>The map that a kernel makes of an image, with the preset's steps and its response.</summary>
    /// <param name="weights">The kernel, as it lies on the image; its centre is its anchor.</param>
    /// <param name="image">The image.</param>
    public SmallMap MapOf(Kernel weights, Plane<byte> image)
    {
        var layer = new StackLayer
        {
            Filters = [new([new(0, weights)])],
            Stride = step.StrideX,
            Dilation = step.Dilation,
            Border = step.Border == BorderMode.Constant ? BorderMode.Zero : step.Border,
        };
        var output = new StackOutput(0, 0, step.Response, step.Gain);
        var stack = new LayerStack([layer], output, output);
        using var runner = new LayerStackRunner(stack, new ImageSize(image.Width, image.Height));
        ImageSize size = stack.SizeOf(0, runner.Image);
        using var made = new Plane<byte>(size.Width, size.Height);
        runner.Run([image], made, made);
        return SmallMap.Of(made);
    }

    // How far the weights that count lie before and after the anchor.
    private static (int Before, int After) Reach(int length, int anchor, Func<int, bool> counts)
    {
        int[] places = [.. Enumerable.Range(0, length).Where(counts)];
        return places.Length == 0 ? (0, 0) : (Math.Max(0, anchor - places[0]), Math.Max(0, places[^1] - anchor));
    }

    // The centre of an even side is right of and below the middle: one place more before it than after.
    private static int SideFor(int before, int after) => before > after ? 2 * before : (2 * after) + 1;

    private void Add(LeastSquares problem, Plane<byte> image, Plane<float> sums, double maxProducts)
    {
        int firstX = (step.Dilation * Kernel.AnchorX) - step.Left - (step.Dilation * (problem.Width / 2));
        int firstY = (step.Dilation * Kernel.AnchorY) - step.Top - (step.Dilation * (problem.Height / 2));
        (int fromX, int countX) = Inside(firstX, step.StrideX, problem.Width, sums.Width, image.Width);
        (int fromY, int countY) = Inside(firstY, step.StrideY, problem.Height, sums.Height, image.Height);
        double products = (double)countX * countY * problem.Weights * problem.Weights;
        int skip = Math.Max(1, (int)Math.Ceiling(products / maxProducts));
        for (long at = 0; at < (long)countX * countY; at += skip)
        {
            (int y, int x) = (fromY + (int)(at / countX), fromX + (int)(at % countX));
            int top = firstY + (y * step.StrideY);
            int left = firstX + (x * step.StrideX);
            problem.Add((j, i) => image.Row(top + (j * step.Dilation))[left + (i * step.Dilation)], 0, 0, sums.Row(y)[x]);
        }
    }

    // The pixels of the map whose windows lie within the image: the first, and how many.
    private (int From, int Count) Inside(int first, int stride, int side, int mapLength, int imageLength)
    {
        int window = (step.Dilation * (side - 1)) + 1;
        int from = first >= 0 ? 0 : ((-first) + stride - 1) / stride;
        int last = (imageLength - window - first) / stride;
        bool isAny = imageLength - window - first >= 0;
        return (from, isAny ? Math.Max(0, Math.Min(last, mapLength - 1) - from + 1) : 0);
    }
}

/// <summary>The size of a kernel.</summary>
/// <param name="Width">Its columns.</param>
/// <param name="Height">Its rows.</param>
internal sealed record KernelSize(int Width, int Height);
