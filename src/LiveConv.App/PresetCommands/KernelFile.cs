using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>Kernels from array files.</summary>
internal static class KernelFile
{
    /// <summary>Reads a kernel.</summary>
    /// <param name="option">The option that named the file.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="LiveConvException">The file cannot be read or holds no kernel.</exception>
    public static Kernel Read(string option, string path)
    {
        NumberArray array = ArrayFile.Read(option, path);
        const int Max = FilterBank.MaxKernelSize;
        if (array.Rank != 2 || array.Values.Length == 0)
        {
            throw new LiveConvException($"{option} {path}: a kernel has rows and columns; this array has shape {array.ShapeText}");
        }

        float[] weights = Array.ConvertAll(array.Values, value => (float)value);
        int rounded = Array.FindIndex(array.Values, value => double.IsInteger(value) && (float)value != value);
        if (rounded >= 0 && array.Type.IsWhole)
        {
            throw new LiveConvException(FormattableString.Invariant(
                $"{option} {path}: weights are 32-bit floats, and {array.Values[rounded]} would be rounded: integers up to 2^24 are kept"));
        }

        return array.Shape[0] <= Max && array.Shape[1] <= Max && Array.TrueForAll(weights, float.IsFinite)
            ? new Kernel(weights, array.Shape[1], array.Shape[0])
            : throw new LiveConvException(
                $"{option} {path}: a kernel has finite 32-bit weights, 1x1 to {Max}x{Max}; this has shape {array.ShapeText}");
    }
}
