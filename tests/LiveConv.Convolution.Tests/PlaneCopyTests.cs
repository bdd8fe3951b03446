namespace LiveConv.Convolution.Tests;

public class PlaneCopyTests
{
    [Fact]
    public void CopyFrom_ASpanWithAPitch_SkipsTheGaps()
    {
        using var plane = new Plane<byte>(3, 2);

        plane.CopyFrom([1, 2, 3, 99, 4, 5, 6], pitch: 4);

        Assert.Equal(new byte[,] { { 1, 2, 3 }, { 4, 5, 6 } }, Planes.ToArray(plane));
    }

    [Fact]
    public void CopyTo_ASpanWithAPitch_LeavesTheGaps()
    {
        using Plane<int> plane = Planes.From(new[,] { { 1, 2 }, { 3, 4 } });
        int[] dense = new int[4];
        int[] spaced = [9, 9, 9, 9, 9];

        plane.CopyTo(dense);
        plane.CopyTo(spaced, pitch: 3);

        Assert.Equal([1, 2, 3, 4], dense);
        Assert.Equal([1, 2, 9, 3, 4], spaced);
    }

    [Fact]
    public void CopyFrom_AnotherPlane_CopiesPixelsOnly()
    {
        using Plane<byte> from = Planes.From(Planes.Random(new Random(1), 70, 5));
        byte[] memory = new byte[100 * 5];
        var to = new PlaneView<byte>(memory, 70, 5, 100);

        to.CopyFrom(from);

        for (int y = 0; y < 5; y++)
        {
            Assert.Equal(from.Row(y), to.Row(y));
            Assert.False(memory.AsSpan(100 * y + 70, 30).ContainsAnyExcept((byte)0));
        }
    }

    [Fact]
    public void Copy_WhatDoesNotFit_Throws()
    {
        using var plane = new Plane<byte>(4, 4);
        using var other = new Plane<byte>(4, 5);

        Assert.Contains(
            "the source is 4x5; the target is 4x4", Assert.Throws<ArgumentException>("source", () => plane.CopyFrom(other)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("pixels", () => plane.CopyFrom(new byte[15]));
        Assert.Throws<ArgumentException>("pixels", () => plane.CopyTo(new byte[15]));
        Assert.Throws<ArgumentOutOfRangeException>("pitch", () => plane.CopyTo(new byte[99], pitch: 3));
    }

    [Fact]
    public void Slice_ARectangle_IsThosePixels()
    {
        using Plane<byte> plane = Planes.From(new byte[,] { { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 9 } });

        PlaneView<byte> part = plane.View.Slice(1, 1, 2, 2);
        part.Fill(0);

        Assert.Equal(new byte[,] { { 1, 2, 3 }, { 4, 0, 0 }, { 7, 0, 0 } }, Planes.ToArray(plane));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => plane.View.Slice(1, 0, 3, 1));
        Assert.Throws<ArgumentOutOfRangeException>("height", () => plane.View.Slice(0, int.MaxValue, 1, 1));
    }
}
