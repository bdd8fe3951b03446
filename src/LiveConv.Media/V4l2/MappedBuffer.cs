using System.Runtime.InteropServices;

namespace LiveConv.Media;

/// <summary>Owns memory that the driver writes images into.</summary>
internal abstract unsafe class MappedBuffer : SafeHandle
{
    protected MappedBuffer(nint address, int length)
        : base(-1, ownsHandle: true)
    {
        SetHandle(address);
        Length = length;
    }

    public int Length { get; }

    public override bool IsInvalid => handle == -1;

    /// <summary>The first bytes, or all when there are fewer. Valid until the buffer is queued again or disposed.</summary>
    public ReadOnlySpan<byte> Bytes(uint count)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return new ReadOnlySpan<byte>((void*)handle, (int)Math.Min(count, (uint)Length));
    }
}
