using System.Runtime.InteropServices;

namespace LiveConv.Media.V4l2;

/// <summary>Owns memory that the driver writes pictures into.</summary>
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

    /// <summary>The first bytes. Valid until the buffer is queued again or disposed.</summary>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return new ReadOnlySpan<byte>((void*)handle, Math.Min(count, Length));
    }
}
