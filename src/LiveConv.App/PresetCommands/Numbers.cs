using System.Globalization;
using LiveConv.Pipeline;

namespace LiveConv.App.PresetCommands;

/// <summary>Weights as text, the same in every language.</summary>
internal static class Numbers
{
    public static string Text(float value) => value.ToString(CultureInfo.InvariantCulture);

    public static float Read(string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)
            ? value
            : throw new LiveConvException($"\"{text}\" is no finite number");
}
