using System.Numerics.Tensors;

namespace LiveConv.App;

/// <summary>An array as read from or written to a file: numbers in double precision, last axis fastest.</summary>
internal sealed record NumberArray(double[] Values, int[] Shape)
{
    /// <summary>The type of the elements in the file that they were read from; for images one of whole numbers.</summary>
    public ElementType Type { get; init; } = ElementType.Float64;

    public int Rank => Shape.Length;

    public string ShapeText => $"({string.Join(", ", Shape)}{(Rank == 1 ? "," : "")})";

    public static NumberArray Of(Tensor<double> tensor)
    {
        double[] values = new double[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return new(values, Array.ConvertAll(tensor.Lengths.ToArray(), n => (int)n));
    }

    public Tensor<double> ToTensor() => Tensor.Create(Values, Array.ConvertAll(Shape, n => (nint)n));

    public NumberArray WithShape(params int[] shape) => this with { Shape = shape };
}
