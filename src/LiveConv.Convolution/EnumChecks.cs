namespace LiveConv.Convolution;

/// <summary>A number cast to an enumeration is caught before it means something else.</summary>
internal static class EnumChecks
{
    public static void ThrowIfUnnamed<T>(T value, string name)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{value} is no {typeof(T).Name}");
        }
    }
}
