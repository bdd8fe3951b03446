using System.Globalization;

namespace LiveConv.Presets;

/// <summary>
/// ImageMagick's geometry, <c>WxH+X+Y</c> with flags: up to four numbers, of which the first two stand around an x and the others
/// behind commas or signs.
/// </summary>
internal readonly record struct MagickGeometry(double? Width, double? Height, double? X, double? Y, char Flag)
{
    /// <summary>Reads a geometry that fills a piece of the text.</summary>
    /// <returns>False for anything else.</returns>
    public static bool TryRead(string text, out MagickGeometry geometry)
    {
        double?[] numbers = new double?[4];
        int place = 0;
        char flag = '\0';
        int at = 0;
        geometry = default;
        while (at < text.Length)
        {
            char c = text[at];
            if (c is '@' or '>' or '<' or '!' or '^' or '%')
            {
                flag = c is '@' or '>' or '<' ? c : flag;
                at++;
            }
            else if (c is 'x' or 'X' or ',' or '/' or ':' && at > 0)
            {
                place = Math.Max(place, c is 'x' or 'X' ? 1 : place);
                at++;
                place += c is 'x' or 'X' ? 0 : 1;
            }
            else if (c == ' ')
            {
                at++;
            }
            else if (!ReadNumber(text, ref at, ref place, numbers))
            {
                return false;
            }
        }

        geometry = new MagickGeometry(numbers[0], numbers[1], numbers[2], numbers[3], flag);
        return true;
    }

    private static bool ReadNumber(string text, ref int at, ref int place, double?[] numbers)
    {
        bool isSigned = text[at] is '+' or '-';
        int end = NumberText.End(text, isSigned ? at + 1 : at);
        if (end == at + (isSigned ? 1 : 0)
            || !double.TryParse(text.AsSpan(at, end - at), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            || !double.IsFinite(value))
        {
            return false;
        }

        // A signed number behind another is an offset.
        bool isOffset = isSigned && at > 0 && (char.IsAsciiDigit(text[at - 1]) || text[at - 1] == '.');
        place = isOffset ? Math.Max(2, numbers[2] is null ? 2 : 3) : place;
        if (place > 3 || numbers[place] is not null)
        {
            return false;
        }

        numbers[place] = value;
        at = end;
        return true;
    }
}
