namespace LiveConv.Convolution;

/// <summary>Where one filter's part of a block goes: its first pixel, and the bytes from one row to the next.</summary>
internal unsafe struct Target
{
    public byte* Origin;
    public nint Pitch;
}
