using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>Answers the page's pasted and copied kernels with the one grammar, <see cref="KernelText"/>. Safe on any thread.</summary>
internal static class KernelTexts
{
    /// <summary>What a pasted text means.</summary>
    public static KernelTextMessage Answer(KernelTextRequest request)
    {
        try
        {
            KernelTextResult result = KernelText.Read(request.Text);
            bool isTurned = result.Operation is { } stated && stated != request.Operation;
            IEnumerable<Kernel> kernels = isTurned ? result.Scaled().Select(kernel => kernel.Rotate180()) : result.Scaled();
            return new KernelTextMessage(
                request.Map,
                result.Dialect,
                [.. kernels.Select(WrittenKernel.Of)],
                result.Operation,
                result.Gain,
                result.Bias,
                result.Response,
                result.Border,
                [.. result.Notices, .. NoticesOf(result)],
                null);
        }
        catch (KernelTextException e)
        {
            return new KernelTextMessage(request.Map, null, [], null, 1, 0, null, null, [], e.Message);
        }
    }

    /// <summary>A kernel as text for another program.</summary>
    /// <exception cref="FormatException">The request holds no kernel.</exception>
    public static KernelCopyMessage Answer(KernelCopyRequest request)
    {
        try
        {
            // Lists of rows state no operation: they are the page's rows as they stand.
            Operation operation = request.Dialect is KernelDialect.ImageMagick or KernelDialect.FFmpeg
                ? request.Operation
                : Operation.Correlation;
            string text = KernelText.Write(request.ToKernel(), request.Dialect, operation, request.Response, request.Gain);
            return new KernelCopyMessage(request.Map, text, null);
        }
        catch (KernelTextException e)
        {
            return new KernelCopyMessage(request.Map, null, e.Message);
        }
    }

    // A paste box takes one kernel; notices tell of the rest.
    private static IEnumerable<string> NoticesOf(KernelTextResult result)
    {
        if (result.Kernels.Count > 1)
        {
            yield return $"the text holds {result.Kernels.Count} kernels; this is the first";
        }

        if (result.Response == Response.Offset128)
        {
            yield return "the text adds 128 to the sums: choose the response offset128 for that";
        }
    }
}
