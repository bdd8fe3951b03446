namespace LiveConv.Media;

/// <summary>Keeps a file that we write ourselves at whole images.</summary>
internal static class FileTail
{
    /// <summary>Writes an image's parts; when the disk is full in the middle, what was written of them is taken back.</summary>
    /// <param name="stream">The file, or a pipe, where nothing can be taken back.</param>
    /// <param name="head">What stands before the image.</param>
    /// <param name="image">The image.</param>
    /// <param name="chroma">What stands behind it; empty for gray.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    public static void WriteWhole(Stream stream, ReadOnlySpan<byte> head, ReadOnlySpan<byte> image, ReadOnlySpan<byte> chroma)
    {
        long begin = stream.CanSeek ? stream.Position : 0;
        try
        {
            stream.Write(head);
            stream.Write(image);
            stream.Write(chroma);
        }
        catch (IOException) when (stream.CanSeek)
        {
            TakeBack(stream, begin);
            throw;
        }
    }

    private static void TakeBack(Stream stream, long begin)
    {
        try
        {
            stream.SetLength(begin);
            stream.Position = begin;
        }
        catch (IOException)
        {
            // A device has no length.
        }
    }
}
