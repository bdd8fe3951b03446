using System.Buffers.Binary;
using System.IO.Compression;

namespace LiveConv.App.Tests.Lessons;

public class PngFileTests
{
    [Fact]
    public void Read_SixteenBitGrey_KeepsEveryBit()
    {
        NumberArray image = PngFile.Read(Grey16([[0, 1, 255], [256, 40000, 65535]]));

        Assert.Equal([2, 3], image.Shape);
        Assert.Equal([0, 1, 255, 256, 40000, 65535], image.Values);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(40)]
    [InlineData(50)]
    public void Read_SixteenBitGreyCutShort_IsMalformed(int length)
    {
        byte[] file = Grey16([[1, 2, 3]]);

        FormatException error = Assert.Throws<FormatException>(() => PngFile.Read(file[..length]));

        Assert.Equal("the PNG is damaged (a part is missing or unreadable)", error.Message);
    }

    // A small file of one grey unfolds into gigabytes.
    [Theory]
    [InlineData(8193, 8192)]
    [InlineData(1, 0x7FFFFFFF)]
    [InlineData(-1, -1)]
    public void Read_MorePixelsThanAnyImageNeeds_IsRefusedBeforeMemoryIsTaken(int width, int height)
    {
        byte[] file = Grey16([[1, 2, 3]]);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);

        FormatException error = Assert.Throws<FormatException>(() => PngFile.Read(file));

        Assert.StartsWith($"the PNG has {(uint)width}x{(uint)height} pixels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SizeBehindAnotherChunk_IsMalformed()
    {
        byte[] file = Grey16([[1, 2, 3]]);

        FormatException error = Assert.Throws<FormatException>(
            () => PngFile.Read([.. file.AsSpan(0, 8), .. Chunk("CgBI"u8, new byte[4]), .. file.AsSpan(8)]));

        Assert.Equal("the PNG is damaged (it does not begin with IHDR)", error.Message);
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheImage() =>
        Assert.Equal([0, 7, 255, 128], PngFile.Read(PngFile.Write(new NumberArray([-3, 7, 300, 127.6], [2, 2]))).Values);

    // https://www.w3.org/TR/png-3/: each row begins with its filter, 0 for none.
    private static byte[] Grey16(ushort[][] rows)
    {
        using var pixels = new MemoryStream();
        using (var zip = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (ushort[] row in rows)
            {
                zip.WriteByte(0);
                zip.Write([.. row.SelectMany(pixel => new[] { (byte)(pixel >> 8), (byte)pixel })]);
            }
        }

        byte[] header = [0, 0, 0, (byte)rows[0].Length, 0, 0, 0, (byte)rows.Length, 16, 0, 0, 0, 0];
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, pixels.ToArray()), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] chunk = [0, 0, 0, 0, .. type, .. content, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(chunk.AsSpan(4, chunk.Length - 8)));
        return chunk;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
