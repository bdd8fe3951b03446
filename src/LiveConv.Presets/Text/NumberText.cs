using System.Globalization;

namespace LiveConv.Presets;

/// <summary>Weights as text, the same in every language of the system.</summary>
internal static class NumberText
{
    /// <summary>The shortest text that gives the same 32-bit number again.</summary>
    public static string Of(float value) => (value + 0f).ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads a number, or one over another such as 1/9.</summary>
    /// <returns>False for what is no finite number.</returns>
    public static bool TryRead(string text, out Ratio value)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        value = default;
        if (slash < 0)
        {
            bool isNumber = TryReadOne(text, out double number);
            value = number;
            return isNumber;
        }

        if (!TryReadOne(text.AsSpan(0, slash), out double above) || !TryReadOne(text.AsSpan(slash + 1), out double below))
        {
            return false;
        }

        value = new Ratio(above, 1) / below;
        return value.IsFinite;
    }

    /// <summary>The end of the number that starts at a place: with a point and an exponent; the place itself when there is none.</summary>
    public static int End(string text, int start)
    {
        int end = Digits(text, start);
        int digits = end - start;
        if (end < text.Length && text[end] == '.')
        {
            int decimals = Digits(text, end + 1);
            digits += decimals - end - 1;
            end = digits > 0 ? decimals : end;
        }

        if (digits == 0)
        {
            return start;
        }

        if (end < text.Length && text[end] is 'e' or 'E')
        {
            int sign = end + 1 < text.Length && text[end + 1] is '+' or '-' ? 1 : 0;
            int exponent = Digits(text, end + 1 + sign);
            end = exponent > end + 1 + sign ? exponent : end;
        }

        return end;
    }

    private static int Digits(string text, int start)
    {
        int end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end;
    }

    private static bool TryReadOne(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value);
}
