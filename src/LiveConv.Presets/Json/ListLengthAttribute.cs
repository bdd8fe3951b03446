namespace LiveConv.Presets;

/// <summary>
/// How many items a list of a file may have. <c>LengthAttribute</c> would count them by reflection, which trimming breaks.
/// </summary>
/// <param name="min">Lower bound.</param>
/// <param name="max">Upper bound.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ListLengthAttribute(int min, int max) : Attribute
{
    public int Min => min;

    public int Max => max;
}
