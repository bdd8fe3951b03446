namespace LiveConv.Convolution;

/// <summary>A vector of neighbouring outputs: where its first tap's pixels are read, and where the first channel's sums go.</summary>
internal unsafe struct Place<T>
    where T : unmanaged
{
    public T* Source;
    public T* Target;
}
