using System.Buffers.Binary;
using System.Security.Cryptography;

namespace LiveConv.Media;

/// <summary>One hash of many frames: the first 128 bits of the SHA-256 of their hashes, in order. Not thread-safe.</summary>
public sealed class FrameDigest : IDisposable
{
    private readonly IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds a frame.</summary>
    /// <param name="hash">Its hash.</param>
    public void Add(UInt128 hash)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        sha.AppendData(bytes);
    }

    /// <summary>The hash of the frames so far, and forgets them.</summary>
    /// <returns>The hash.</returns>
    public UInt128 Take()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        sha.GetHashAndReset(hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <inheritdoc/>
    public void Dispose() => sha.Dispose();
}
