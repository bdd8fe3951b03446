using System.Buffers.Binary;
using System.Security.Cryptography;
using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Hashes images: the first 128 bits of the SHA-256 of width, height (32 bits each, big-endian) and pixels. Not thread-safe.
/// </summary>
public sealed class FrameHasher : IDisposable
{
    private readonly IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Hashes the luma of a frame.</summary>
    /// <param name="frame">The frame; borrowed.</param>
    /// <returns>The hash.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="frame"/> is null.</exception>
    public UInt128 Of(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ReadOnlyPlaneView<byte> luma = frame.Luma;
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(head, luma.Width);
        BinaryPrimitives.WriteInt32BigEndian(head[4..], luma.Height);
        sha.AppendData(head);
        if (luma.TryGetSpan(out ReadOnlySpan<byte> pixels))
        {
            sha.AppendData(pixels);
        }
        else
        {
            for (int y = 0; y < luma.Height; y++)
            {
                sha.AppendData(luma.Row(y));
            }
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        sha.GetHashAndReset(hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <inheritdoc/>
    public void Dispose() => sha.Dispose();
}
