namespace LiveConv.Media;

/// <summary>A frame of a video that was decoded from its start.</summary>
/// <param name="Own">Its time as FFmpeg has it.</param>
/// <param name="At">Its time from the first frame on, as recordings keep it.</param>
/// <param name="IsKey">Whether decoding may start there.</param>
/// <param name="Hash">The hash of its image.</param>
public readonly record struct IndexedFrame(TimeSpan Own, TimeSpan At, bool IsKey, UInt128 Hash);

/// <summary>Every frame of a video, as decoding from its start delivers them.</summary>
/// <param name="Name">The display name.</param>
/// <param name="Frames">The frames, at least one.</param>
public sealed record VideoIndex(string Name, IReadOnlyList<IndexedFrame> Frames)
{
    /// <summary>Why the video can only be read from its start; null when nothing is known against it.</summary>
    public string? Fault { get; init; }

    /// <summary>One hash of a range of frames.</summary>
    /// <param name="first">The first frame.</param>
    /// <param name="last">The last frame, included.</param>
    /// <returns>The hash.</returns>
    public UInt128 Digest(int first, int last)
    {
        using var digest = new FrameDigest();
        for (int i = first; i <= last; i++)
        {
            digest.Add(Frames[i].Hash);
        }

        return digest.Take();
    }
}
