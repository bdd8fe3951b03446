using System.Text.Json;

namespace LiveConv;

/// <summary>The names of enumerations' values in everything that LiveConv writes and reads: files, statistics and messages.</summary>
public static class JsonName
{
    /// <summary>The name of a value, in camel case.</summary>
    /// <param name="value">A defined value.</param>
    /// <returns>Such as <c>offset128</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public static string Of(Enum value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
    }
}
