namespace LiveConv.Media;

/// <summary>Reads NUT's main header and its stream header.</summary>
internal static class NutHeaders
{
    public static ((long Numerator, long Denominator)[] TimeBases, NutFrameCode[] Codes, byte[][] Elisions) ReadMain(NutFields fields)
    {
        long version = fields.Unsigned();
        if (version > 3)
        {
            fields.Unsigned();
        }

        if (version is < 2 or > 4)
        {
            throw new InvalidDataException($"NUT: version {version}");
        }

        if (fields.Unsigned() != 1)
        {
            throw new InvalidDataException("NUT: not one stream");
        }

        fields.Unsigned();
        var timeBases = new (long Numerator, long Denominator)[Within(fields.Unsigned(), 1, 256)];
        foreach (ref var timeBase in timeBases.AsSpan())
        {
            timeBase = (fields.Unsigned(), fields.Unsigned());
            if (timeBase.Numerator < 1 || timeBase.Denominator < 1)
            {
                throw new InvalidDataException("NUT: a time base of zero");
            }
        }

        return (timeBases, ReadCodes(fields), ReadElisions(fields));
    }

    public static NutStream ReadStream(NutFields fields)
    {
        long id = fields.Unsigned();
        long kind = fields.Unsigned();
        if (id != 0 || kind != 0)
        {
            throw new InvalidDataException("NUT: not one video stream");
        }

        byte[] fourCc = fields.Bytes();
        int timeBase = Within(fields.Unsigned(), 0, 255);
        int shift = Within(fields.Unsigned(), 0, 16);
        fields.Unsigned();
        fields.Unsigned();
        fields.Unsigned();
        fields.Bytes();
        return new NutStream(fourCc, timeBase, shift, Within(fields.Unsigned(), 1, 65535), Within(fields.Unsigned(), 1, 65535));
    }

    // Each entry fills a run of frame codes; fields that an entry omits keep their previous values.
    private static NutFrameCode[] ReadCodes(NutFields fields)
    {
        var codes = new NutFrameCode[256];
        long ptsDelta = 0;
        long step = 1;
        for (int i = 0; i < 256;)
        {
            var flags = (NutFlags)fields.Unsigned();
            long count = fields.Unsigned();
            ptsDelta = count > 0 ? fields.Signed() : ptsDelta;
            step = count > 1 ? fields.Unsigned() : step;
            _ = count > 2 ? fields.Unsigned() : 0;
            long size = count > 3 ? fields.Unsigned() : 0;
            long reserved = count > 4 ? fields.Unsigned() : 0;
            long run = count > 5 ? fields.Unsigned() : step - size;
            _ = count > 6 ? fields.Signed() : 0;
            long elision = count > 7 ? fields.Unsigned() : 0;
            for (; count > 8; count--)
            {
                fields.Unsigned();
            }

            for (long j = 0; j < run && i < 256; i++)
            {
                // N is the first byte of a start code, never of a frame.
                codes[i] = i == 'N' ? new(NutFlags.Invalid, 0, 1, 0, 0, 0) : new(flags, ptsDelta, step, size + j, reserved, elision);
                j += i == 'N' ? 0 : 1;
            }

            if (run <= 0)
            {
                throw new InvalidDataException("NUT: an entry of the frame table fills nothing");
            }
        }

        return codes;
    }

    private static byte[][] ReadElisions(NutFields fields)
    {
        byte[][] elisions = new byte[1 + Within(fields.Unsigned(), 0, 127)][];
        elisions[0] = [];
        for (int i = 1; i < elisions.Length; i++)
        {
            elisions[i] = fields.Bytes();
        }

        return elisions;
    }

    private static int Within(long value, int min, int max) =>
        value >= min && value <= max ? (int)value : throw new InvalidDataException($"NUT: {value} is not between {min} and {max}");
}
