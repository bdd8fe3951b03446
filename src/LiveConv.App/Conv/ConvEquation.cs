namespace LiveConv.App;

/// <summary>The equation of the output's shape, in the operation's terms.</summary>
internal static class ConvEquation
{
    public static string Of(ConvRequest request) => request.Operation switch
    {
        "conv_transpose2d" => "output = (input - 1)*stride - 2*padding + dilation*(kernel - 1) + output_padding + 1",
        "upsample_nearest2d" or "upsample_bilinear2d" => "output = floor(input * scale)",
        "convolve2d" or "correlate2d" => (request.Mode ?? "full") switch
        {
            "full" => "output = input + kernel - 1",
            "same" => "output = input",
            _ => "output = larger - smaller + 1",
        },
        "convolve" or "correlate" or "filter2d" => "output = input",
        _ when request.Padding is "same-upper" or "same-lower"
            || ((request.Padding is "same" or "SAME") && request.Convention == "tensorflow") => "output = ceil(input / stride)",
        _ => "output = floor((input + 2*padding - dilation*(kernel - 1) - 1) / stride) + 1",
    };
}
