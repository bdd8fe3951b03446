using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>The element type of a result: whole numbers stay exact, and float64 keeps its digits.</summary>
internal sealed class ResultType
{
    // Up to here double precision holds every whole number, so the order of the additions does not matter.
    private const double MaxExact = 1L << 53;
    private readonly ConvRequest request;
    private readonly NumberArray input;
    private readonly NumberArray? weight;
    private readonly NumberArray? bias;

    public ResultType(ConvRequest request, NumberArray input, NumberArray? weight, NumberArray? bias)
    {
        this.request = request;
        this.input = input;
        this.weight = weight;
        this.bias = bias;
    }

    /// <summary>The type where none was named.</summary>
    public ElementType Default => request.Depth switch
    {
        "u8" => ElementType.UInt8,
        "s16" => ElementType.Int16,
        "f32" => ElementType.Float32,
        "f64" => ElementType.Float64,
        _ => IsWhole ? ElementType.Int64 : IsSingle ? ElementType.Float32 : ElementType.Float64,
    };

    private IEnumerable<NumberArray> Operands => new[] { input, weight, bias }.OfType<NumberArray>();

    // A mean and an interpolation of whole numbers are none.
    private bool IsWhole => Operands.All(array => array.Type.IsWhole)
        && request.Operation is not ("avg_pool2d" or "upsample_bilinear2d")
        && double.IsInteger(request.FillValue ?? 0) && double.IsInteger(request.Delta ?? 0);

    private bool IsSingle => Operands.All(array => array.Type.Code is "f2" or "f4");

    private bool IsCopied => request.Operation is "max_pool2d" or "upsample_nearest2d";

    /// <summary>Refuses sums of whole numbers that would be rounded.</summary>
    /// <param name="type">The type of the result.</param>
    /// <exception cref="LiveConvException">A sum can pass what is exact.</exception>
    public void CheckExact(ElementType type)
    {
        if (!IsWhole || !type.IsWhole)
        {
            return;
        }

        double max = IsCopied ? Largest(input) : MaxSum();
        if (max > MaxExact && !(IsCopied && max < long.MaxValue))
        {
            throw new LiveConvException(FormattableString.Invariant(
                $"{request.Operation}: the sums of these integers may reach {max:0.##e+0}; above 2^53 they would be rounded: ")
                + "where that is right, save --input with x.astype(np.float64)");
        }
    }

    // What no partial sum passes.
    private double MaxSum() =>
        Math.Max(Largest(input), Math.Abs(request.FillValue ?? 0)) * MaxWeights() + (bias is null ? 0 : Largest(bias))
        + Math.Abs(request.Delta ?? 0);

    // The first axis of a layer's weights are its output channels, each of which has a sum of its own.
    private double MaxWeights()
    {
        bool isLayer = request.Operation is "conv1d" or "conv2d" or "conv3d" && weight!.Rank == request.Operation[4] - '0' + 2;
        int count = isLayer ? weight!.Values.Length / Math.Max(1, weight.Shape[0]) : weight!.Values.Length;
        double max = 0;
        for (int at = 0; count > 0 && at < weight.Values.Length; at += count)
        {
            max = Math.Max(max, weight.Values.AsSpan(at, count).ToArray().Sum(Math.Abs));
        }

        return max;
    }

    private static double Largest(NumberArray array) => array.Values.Length == 0 ? 0 : array.Values.Max(Math.Abs);
}
