using System.Text;

namespace LiveConv.App.Tests;

public class NpyFileTests
{
    [Fact]
    public void Read_EveryTypeAndByteOrder_GivesTheNumbers()
    {
        foreach (ElementType type in ElementType.All)
        {
            var array = new NumberArray([0, 1, 2, 100, 7, 5], [3, 2]);
            byte[] file = NpyFile.Write(array, type);
            Assert.Equal(0, (file.Length - 6 * type.Size) % 64);
            Assert.Equal(array.Values, NpyFile.Read(file).Values);
            Assert.Equal(array.Shape, NpyFile.Read(file).Shape);
            if (type.Size > 1)
            {
                for (int at = file.Length - 6 * type.Size; at < file.Length; at += type.Size)
                {
                    file.AsSpan(at, type.Size).Reverse();
                }

                file[Array.IndexOf(file, (byte)'<')] = (byte)'>';
                Assert.Equal(array.Values, NpyFile.Read(file).Values);
            }
        }
    }

    [Fact]
    public void Read_FortranOrder_IsTurned()
    {
        byte[] file = NpyFile.Write(new NumberArray([1, 4, 2, 5, 3, 6], [2, 3]), ElementType.Float32);
        string text = Encoding.Latin1.GetString(file).Replace("'fortran_order': False", "'fortran_order': True ", StringComparison.Ordinal);

        Assert.Equal([1, 2, 3, 4, 5, 6], NpyFile.Read(Encoding.Latin1.GetBytes(text)).Values);
    }

    [Fact]
    public void Read_UnicodeTypeOfPython2_IsTheSame()
    {
        byte[] file = NpyFile.Write(new NumberArray([1, 2], [2]), ElementType.Float32);
        string text = Encoding.Latin1.GetString(file).Replace("'<f4', ", "u'<f4',", StringComparison.Ordinal);

        Assert.Equal([1, 2], NpyFile.Read(Encoding.Latin1.GetBytes(text)).Values);
    }

    [Fact]
    public void Read_LengthsOfPython2_AreNumbers()
    {
        byte[] file = NpyFile.Write(new NumberArray([1, 2], [2]), ElementType.Float32);
        string text = Encoding.Latin1.GetString(file).Replace("(2,), } ", "(2L,), }", StringComparison.Ordinal);

        Assert.Equal([2], NpyFile.Read(Encoding.Latin1.GetBytes(text)).Shape);
    }

    [Fact]
    public void Read_Bool_IsZeroAndOne()
    {
        byte[] file = NpyFile.Write(new NumberArray([1, 0, 1], [3]), ElementType.UInt8);
        string text = Encoding.Latin1.GetString(file).Replace("|u1", "|b1", StringComparison.Ordinal);

        Assert.Equal([1, 0, 1], NpyFile.Read(Encoding.Latin1.GetBytes(text)).Values);
    }

    [Theory]
    [InlineData((1L << 53) + 1)]
    [InlineData(long.MaxValue)]
    [InlineData(-(1L << 53) - 1)]
    public void Read_WholeNumberThatDoublesDoNotHold_IsRefused(long value)
    {
        byte[] file = NpyFile.Write(new NumberArray([0], [1]), ElementType.Int64);
        BitConverter.TryWriteBytes(file.AsSpan(^8), value);

        Assert.Contains($"{value}", Assert.Throws<FormatException>(() => NpyFile.Read(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'descr': '<f4'", "'descr': '<c8'", "'<c8'")]
    [InlineData("'descr': '<f4'", "'descr': '|O'", "x.tolist()")]
    [InlineData("'descr': '<f4'", "'descr': '<c8'", "x.real")]
    [InlineData("'descr': '<f4'", "'descr': [('a', '<f4')]", "records")]
    [InlineData("'descr': '<f4'", "'descr': '<M8[ns]'", "times")]
    [InlineData("'descr': '<f4'", "'descr': '<f16'", "x.astype(np.float64)")]
    [InlineData("'shape': (2, 3)", "'shape': (9, 3)", "needs 108 bytes")]
    [InlineData("'shape': (2, 3)", "'shape': (2,-3)", "(2,-3)")]
    [InlineData("'shape'", "'shrpe'", "'shape'")]
    public void Read_Malformed_SaysWhatIsWrong(string from, string to, string says)
    {
        byte[] file = NpyFile.Write(new NumberArray(new double[6], [2, 3]), ElementType.Float32);
        string text = Encoding.Latin1.GetString(file).Replace(from, to, StringComparison.Ordinal);

        Assert.Contains(
            says, Assert.Throws<FormatException>(() => NpyFile.Read(Encoding.Latin1.GetBytes(text))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ValuesBeyondAType_AreRoundedHalfToEvenAndSaturated()
    {
        byte[] file = NpyFile.Write(new NumberArray([-1, 0.5, 1.5, 2.5, 300, double.NaN], [6]), ElementType.UInt8);

        Assert.Equal([0, 0, 2, 2, 255, 0], NpyFile.Read(file).Values);
    }
}
