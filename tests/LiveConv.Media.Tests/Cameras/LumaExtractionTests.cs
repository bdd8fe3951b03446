using LiveConv.Convolution;

namespace LiveConv.Media.Tests.Cameras;

public sealed class LumaExtractionTests
{
    private static readonly Dictionary<string, Func<byte[], int, byte>> Reference = new()
    {
        ["GREY"] = (row, x) => row[x],
        ["NV12"] = (row, x) => row[x],
        ["NV21"] = (row, x) => row[x],
        ["YU12"] = (row, x) => row[x],
        ["YV12"] = (row, x) => row[x],
        ["P010"] = (row, x) => (byte)(BitConverter.ToUInt16(row, 2 * x) >> 8),
        ["P012"] = (row, x) => (byte)(BitConverter.ToUInt16(row, 2 * x) >> 8),
        ["YUYV"] = (row, x) => row[2 * x],
        ["UYVY"] = (row, x) => row[(2 * x) + 1],
        ["Y10"] = (row, x) => (byte)Math.Min(255, BitConverter.ToUInt16(row, 2 * x) >> 2),
        ["Y12"] = (row, x) => (byte)Math.Min(255, BitConverter.ToUInt16(row, 2 * x) >> 4),
        ["Y14"] = (row, x) => (byte)Math.Min(255, BitConverter.ToUInt16(row, 2 * x) >> 6),
        ["Y16"] = (row, x) => row[(2 * x) + 1],
        ["Y16-BE"] = (row, x) => row[2 * x],
    };

    public static TheoryData<string> Codes => new(Reference.Keys);

    [Theory]
    [MemberData(nameof(Codes))]
    public void Copy_EveryWidth_EqualsTheReference(string code)
    {
        LumaFormat format = LumaFormats.Find(FourCc.Parse(code))!;
        for (int width = 1; width <= 200; width++)
        {
            int pitch = format.RowBytes(width) + (width % 3);
            byte[] image = new byte[LumaExtraction.BytesNeeded(format, 3, width, pitch)];
            new Random(width).NextBytes(image);
            using var luma = new Plane<byte>(width, 3);

            LumaExtraction.Copy(format, image, pitch, luma.View);

            for (int y = 0; y < 3; y++)
            {
                byte[] row = image[(y * pitch)..];
                Assert.Equal([.. Enumerable.Range(0, width).Select(x => Reference[code](row, x))], luma.Row(y).ToArray());
            }
        }
    }

    [Theory]
    [InlineData("YUYV")]
    [InlineData("Y16-BE")]
    [InlineData("Y10")]
    public void FourCc_IsReadBackAsWritten(string name) => Assert.Equal(name, FourCc.Parse(name).ToString());

    [Fact]
    public void Find_FormatWithoutLuma_IsNull() => Assert.Null(LumaFormats.Find(FourCc.Parse("RGB3")));
}
