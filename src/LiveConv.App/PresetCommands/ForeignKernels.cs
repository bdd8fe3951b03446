using LiveConv.Convolution;

namespace LiveConv.App;

/// <summary>What another program's kernel text means, in LiveConv's words.</summary>
/// <param name="Kernels">The kernels as the text writes them, with their anchors.</param>
/// <param name="Operation">Whether that program turns them before it lays them on the image.</param>
internal sealed record ForeignKernels(IReadOnlyList<Kernel> Kernels, Operation Operation)
{
    public Response Response { get; init; } = Response.Abs;

    public float Gain { get; init; } = 1;

    /// <summary>Added to the pixel, after the gain.</summary>
    public float Bias { get; init; }

    public string Border { get; init; } = "mirror";
}
