using System.Globalization;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>Weights as text, the same in every language.</summary>
internal static class Numbers
{
    public static string Text(float value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number, or one divided by another, such as 1/9.</summary>
    public static float Read(string text)
    {
        string[] parts = text.Split('/');
        float value = parts.Length <= 2 && TryRead(parts[0], out float above) && TryRead(parts[^1], out float below)
            ? parts.Length == 1 ? above : above / below
            : float.NaN;
        return float.IsFinite(value) ? value : throw new LiveConvException($"\"{text}\" is no finite number");
    }

    private static bool TryRead(string text, out float value) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
