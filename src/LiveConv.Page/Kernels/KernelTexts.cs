using System.Globalization;
using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
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
            IEnumerable<Kernel> kernels = result.Upright().Select(kernel => kernel.Upright(request.Operation).Scale(result.Gain));
            return new KernelTextMessage(
                request.Map,
                result.Dialect,
                [.. kernels.Select(WrittenKernel.Of)],
                result.Operation,
                result.Gain,
                result.Bias,
                result.Response,
                result.Border,
                [.. result.Notices, .. NoticesOf(result, request)],
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
            string text = KernelText.Write(request.ToKernel(), request.Dialect, request.Operation, request.Response, request.Gain);
            return new KernelCopyMessage(request.Map, text, null);
        }
        catch (KernelTextException e)
        {
            return new KernelCopyMessage(request.Map, null, e.Message);
        }
    }

    // A grid takes the weights of one kernel: what else the text states is not used, and a notice reports that.
    private static IEnumerable<string> NoticesOf(KernelTextResult result, KernelTextRequest request)
    {
        if (result.OperationNotice is { } operation)
        {
            yield return operation;
        }

        if (result.Kernels.Count > 1)
        {
            string merged = result.Merge == Merge.None ? "" : $" and merges their maps ({NameOf(result.Merge)})";
            yield return $"the text holds {result.Kernels.Count} kernels{merged}; this is the first alone";
        }

        if (result.Bias != 0)
        {
            string bias = result.Bias.ToString(CultureInfo.InvariantCulture);
            yield return $"the text adds {bias} to the pixels, which is left out here; liveconv preset import keeps it";
        }

        if (result.Response is { } response && response != request.Response)
        {
            yield return $"the text's program has the response {NameOf(response)}: choose that for the same map";
        }

        if (result.Border is { } border && border != request.Border)
        {
            yield return $"the text's program has the border {NameOf(border)}: choose that for the same rim";
        }
    }

    private static string NameOf(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
