using LiveConv.Convolution;

namespace LiveConv.Page.Tests;

/// <summary>The words for what a map shows.</summary>
public sealed class MapDescriptionTests
{
    [Theory]
    [InlineData(0, 0, "at the top left")]
    [InlineData(1, 1, "in the middle")]
    [InlineData(2, 0, "at the top right")]
    [InlineData(0, 1, "at the left")]
    [InlineData(1, 2, "at the bottom")]
    public void Map_WithOneBrightPart_IsBrightThere(int column, int row, string place)
    {
        using Plane<byte> map = Grey(0);
        Fill(map, column * 20, row * 10, 20, 10, 255);

        Assert.Equal($"faint, mostly {place}", MapDescription.Of(MapDescription.Measure(map)));
    }

    [Theory]
    [InlineData(0, "almost all black")]
    [InlineData(20, "faint, all over")]
    [InlineData(200, "strong, all over")]
    public void Map_OfOneBrightness_IsThatAllOver(byte grey, string words)
    {
        using Plane<byte> map = Grey(grey);

        Assert.Equal(words, MapDescription.Of(MapDescription.Measure(map)));
    }

    [Fact]
    public void Both_WithOneMapBrighter_AreMostlyThat()
    {
        using Plane<byte> vertical = Grey(0);
        using Plane<byte> horizontal = Grey(2);
        Fill(vertical, 0, 0, 20, 30, 200);

        string words = MapDescription.Of(
            MapDescription.Measure(vertical), "Vertical edges", MapDescription.Measure(horizontal), "Horizontal edges");

        Assert.Matches("^mostly vertical edges, strong at the (top |bottom )?left$", words);
    }

    [Fact]
    public void Measure_OfALargeMap_IsThatOfItsPixels()
    {
        using var map = new Plane<byte>(1921, 1083);
        for (int y = 0; y < map.Height; y++)
        {
            map.Row(y).Fill((byte)(y < map.Height / 2 ? 100 : 0));
        }

        MapBrightness measured = MapDescription.Measure(map);

        Assert.InRange(measured.Mean, 48, 52);
        Assert.StartsWith("at the top", measured.Place, StringComparison.Ordinal);
    }

    private static Plane<byte> Grey(byte grey)
    {
        var map = new Plane<byte>(60, 30);
        Fill(map, 0, 0, 60, 30, grey);
        return map;
    }

    private static void Fill(Plane<byte> map, int left, int top, int width, int height, byte grey)
    {
        for (int y = top; y < top + height; y++)
        {
            map.Row(y).Slice(left, width).Fill(grey);
        }
    }
}
