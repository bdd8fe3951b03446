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
        return array.Rank == 2 && array.Values.Length > 0
            ? ListKernel.FromRows([.. array.Values.Select(value => (float)value).Chunk(array.Shape[1])])
            : throw new LiveConvException($"{option} {path}: a kernel has rows and columns; this array has shape {array.ShapeText}");
    }
}
