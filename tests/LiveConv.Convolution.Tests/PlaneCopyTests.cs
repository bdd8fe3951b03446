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
    public void PlaneSlice_ARectangle_IsThosePixelsAndDoesNotFreeThem()
    {
        using Plane<short> plane = Planes.From(new short[,] { { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 9 } });

        Plane<short> slice = plane.Slice(1, 1, 2, 2);
        slice.Row(0)[0] = 50;
        Assert.Equal(new short[,] { { 50, 6 }, { 8, 9 } }, Planes.ToArray(slice));
        Assert.Equal(plane.Pitch, slice.Pitch);
        slice.Dispose();

        Assert.Equal(50, plane.Row(1)[1]);
        Assert.Throws<ObjectDisposedException>(() => slice.View.Width);
        Assert.Throws<ArgumentOutOfRangeException>(() => plane.Slice(2, 0, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => plane.Slice(0, 0, 0, 1));
    }

    [Theory]
    [InlineData(0, 128, 192, true)]
    [InlineData(64, 128, 192, true)]
    [InlineData(64, 100, 164, true)]
    [InlineData(64, 100, 192, false)]
    [InlineData(0, 100, 200, false)]
    [InlineData(100, 100, 200, true)]
    [InlineData(100, 92, 200, true)]
    [InlineData(32, 128, 192, false)]
    public void PlaneSlice_OwnsItsLastLinesOnlyWhereNothingElseStandsThere(int left, int width, int planeWidth, bool expected)
    {
        using var plane = new Plane<byte>(planeWidth, 2);

        Assert.Equal(expected, plane.Slice(left, 0, width, 2).View.OwnsLineEnds);
    }

    [Fact]
    public void TryGetSpan_GivesAllPixelsWhereNothingStandsBetween()
    {
        byte[] memory = [1, 2, 3, 4, 5, 6];

        Assert.True(new ReadOnlyPlaneView<byte>(memory, 3, 2, 3).TryGetSpan(out ReadOnlySpan<byte> whole));
        Assert.Equal(memory, whole.ToArray());
        Assert.False(new ReadOnlyPlaneView<byte>(memory, 2, 2, 3).TryGetSpan(out ReadOnlySpan<byte> none));
        Assert.True(none.IsEmpty);
        Assert.True(new ReadOnlyPlaneView<byte>(memory, 2, 1, 3).TryGetSpan(out ReadOnlySpan<byte> row));
        Assert.Equal([1, 2], row.ToArray());
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
