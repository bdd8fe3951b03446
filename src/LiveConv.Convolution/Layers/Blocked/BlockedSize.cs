namespace LiveConv.Convolution;

/// <summary>The size of an image of some channels.</summary>
internal readonly record struct BlockedSize(int Channels, int Height, int Width)
{
    public override string ToString() => Shapes.Text([Channels, Height, Width]);
}
