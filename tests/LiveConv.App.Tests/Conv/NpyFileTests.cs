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

    [Theory]
    [InlineData("'descr': '<f4'", "'descr': '<c8'", "'<c8'")]
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
