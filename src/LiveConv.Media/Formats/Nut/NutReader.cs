using System.Buffers.Binary;

namespace LiveConv.Media;

/// <summary>
/// Reads one raw video stream in the NUT container from FFmpeg, which writes each frame immediately and with its exact time (Matroska
/// would keep a frame back until the next one, and round its time). Supports only what FFmpeg writes for one stream.
/// Owns the stream. Not thread-safe.
/// </summary>
internal sealed class NutReader(Stream stream) : IDisposable
{
    private const ulong MainStart = 0x4E4D7A561F5F04AD;
    private const ulong StreamStart = 0x4E5311405BF2F9DB;
    private const ulong SyncpointStart = 0x4E4BE4ADEECA4569;
    private const int MaxHeaderBytes = 1 << 20;
    private static readonly byte[] FileId = "nut/multimedia container\0"u8.ToArray();
    private readonly ByteReader bytes = new(stream);
    private NutFrameCode[] codes = [];
    private (long Numerator, long Denominator)[] timeBases = [];
    private byte[][] elisions = [[]];
    private byte[] elided = [];
    private int elidedTaken;
    private long lastPts;

    /// <summary>The video stream. Null until <see cref="ReadHeaders"/> found it.</summary>
    public NutStream? Video { get; private set; }

    /// <summary>Reads up to the first frame.</summary>
    /// <returns>False when the stream ends before that.</returns>
    /// <exception cref="InvalidDataException">Not what FFmpeg writes.</exception>
    public bool ReadHeaders()
    {
        Span<byte> id = stackalloc byte[FileId.Length];
        int got = bytes.Read(id);
        if (got < id.Length)
        {
            return got == 0 ? false : throw new InvalidDataException("NUT: cut short in its first bytes");
        }

        if (!id.SequenceEqual(FileId))
        {
            throw new InvalidDataException("NUT: not a NUT stream");
        }

        while (Video is null)
        {
            int first = bytes.ReadByte();
            if (first < 0)
            {
                return false;
            }

            if (first != 'N')
            {
                throw new InvalidDataException("NUT: a frame before the stream's header");
            }

            ReadPacket(first);
        }

        return true;
    }

    /// <summary>Advances to the next frame. The caller must then read exactly its bytes with <see cref="ReadData"/>.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidDataException">Damaged, or not what FFmpeg writes.</exception>
    public bool NextFrame(out NutFrame frame)
    {
        int code = bytes.ReadByte();
        while (code == 'N')
        {
            ReadPacket(code);
            code = bytes.ReadByte();
        }

        frame = default;
        if (code < 0)
        {
            return false;
        }

        frame = ReadFrameHeader(codes[code]);
        return true;
    }

    /// <summary>Reads pixels of the frame returned by <see cref="NextFrame"/>.</summary>
    /// <returns>False when the stream ends in the middle.</returns>
    public bool ReadData(Span<byte> target)
    {
        // Small frames that start with common bytes are stored without them.
        int known = Math.Min(elided.Length - elidedTaken, target.Length);
        elided.AsSpan(elidedTaken, known).CopyTo(target);
        elidedTaken += known;
        return ReadBytes(target[known..]);
    }

    public void Dispose() => bytes.Dispose();

    private bool ReadBytes(Span<byte> target) => bytes.Read(target) == target.Length;

    private NutFrame ReadFrameHeader(NutFrameCode code)
    {
        NutFlags flags = code.Flags;
        if (flags.HasFlag(NutFlags.Invalid))
        {
            throw new InvalidDataException("NUT: a frame code that means nothing");
        }

        if (flags.HasFlag(NutFlags.CodedFlags))
        {
            flags ^= (NutFlags)ReadUnsigned();
        }

        if (flags.HasFlag(NutFlags.StreamId) && ReadUnsigned() != 0)
        {
            throw new InvalidDataException("NUT: more than one stream");
        }

        lastPts = flags.HasFlag(NutFlags.CodedPts) ? DecodePts(ReadUnsigned()) : lastPts + code.PtsDelta;
        long size = code.SizeLow + (flags.HasFlag(NutFlags.SizeHigh) ? code.SizeStep * ReadUnsigned() : 0);
        if (flags.HasFlag(NutFlags.MatchTime))
        {
            ReadUnsigned();
        }

        long elision = flags.HasFlag(NutFlags.HeaderIndex) ? ReadUnsigned() : code.HeaderIndex;
        long reserved = flags.HasFlag(NutFlags.Reserved) ? ReadUnsigned() : code.Reserved;
        for (; reserved > 0; reserved--)
        {
            ReadUnsigned();
        }

        SkipBytes(flags.HasFlag(NutFlags.Checksum) ? 4 : 0);
        if (flags.HasFlag(NutFlags.SideData) || elision >= elisions.Length)
        {
            throw new InvalidDataException("NUT: a frame with side data, which raw video does not have");
        }

        elided = elisions[elision];
        elidedTaken = 0;
        (long numerator, long denominator) = timeBases[Video!.TimeBase];
        return new NutFrame(lastPts, TimeOf(lastPts, numerator, denominator), size);
    }

    // Images can be days after the time base's zero: 128 bits, so that the product stays in range.
    private static TimeSpan TimeOf(long pts, long numerator, long denominator) =>
        TimeSpan.FromTicks((long)((Int128)pts * numerator * TimeSpan.TicksPerSecond / denominator));

    private long DecodePts(long coded)
    {
        int shift = Video!.PtsShift;
        if (coded >= 1L << shift)
        {
            return coded - (1L << shift);
        }

        long mask = (1L << shift) - 1;
        long delta = lastPts - mask / 2;
        return ((coded - delta) & mask) + delta;
    }

    private void ReadPacket(int first)
    {
        Span<byte> rest = stackalloc byte[8];
        rest[0] = (byte)first;
        if (!ReadBytes(rest[1..]))
        {
            throw new InvalidDataException("NUT: cut short in a start code");
        }

        ulong startCode = BinaryPrimitives.ReadUInt64BigEndian(rest);
        long length = ReadUnsigned();
        SkipBytes(length > 4096 ? 4 : 0);
        if (length is < 4 or > MaxHeaderBytes)
        {
            throw new InvalidDataException($"NUT: a packet of {length} bytes");
        }

        byte[] body = new byte[length];
        if (!ReadBytes(body))
        {
            throw new InvalidDataException("NUT: cut short in a packet");
        }

        var fields = new NutFields(body);
        switch (startCode)
        {
            case MainStart:
                (timeBases, codes, elisions) = NutHeaders.ReadMain(fields);
                CheckTimeBase();
                break;
            case StreamStart:
                Video = NutHeaders.ReadStream(fields);
                CheckTimeBase();
                break;
            case SyncpointStart when Video is null:
                throw new InvalidDataException("NUT: a syncpoint before the stream's header");
            case SyncpointStart:
                long key = fields.Unsigned();
                Resynchronise(key / timeBases.Length, (int)(key % timeBases.Length));
                break;
        }
    }

    private void CheckTimeBase()
    {
        if (Video is { } video && video.TimeBase >= timeBases.Length)
        {
            throw new InvalidDataException("NUT: a stream without a time base");
        }
    }

    private void Resynchronise(long pts, int timeBase)
    {
        (long numerator, long denominator) = timeBases[timeBase];
        (long ownNumerator, long ownDenominator) = timeBases[Video!.TimeBase];
        lastPts = (long)((Int128)pts * numerator * ownDenominator / ((Int128)denominator * ownNumerator));
    }

    private void SkipBytes(int count)
    {
        if (bytes.Skip(count) < count)
        {
            throw new InvalidDataException("NUT: cut short");
        }
    }

    private long ReadUnsigned()
    {
        ulong value = 0;
        int next;
        do
        {
            next = bytes.ReadByte();
            if (next < 0 || value >> 56 != 0)
            {
                throw new InvalidDataException("NUT: cut short in a number");
            }

            value = (value << 7) | (uint)(next & 0x7F);
        }
        while ((next & 0x80) != 0);
        return (long)value;
    }
}
