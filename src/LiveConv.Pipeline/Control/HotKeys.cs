using System.Globalization;

namespace LiveConv.Pipeline;

/// <summary>
/// Which hotkey a key means, on every keyboard layout: the letter that is printed on it if that is Latin, else the key that a US keyboard
/// has in its place. The page has the same rule in <c>keys.js</c>.
/// </summary>
public static class HotKeys
{
    private const int FullWidth = '！' - '!';

    // Each script's most common layout, row by row. Where two of a script differ, the first one here counts.
    private static readonly (string Letters, string Places)[] Layouts =
    [
        ("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,."),
        ("іїєґўљњђћџј", "s]'\\oqw]'xj"),
        ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
        ("קראטוןםפשדגכעיחלךףזסבהנמצתץ", "ertyuiopasdfghjkl;zxcvbnm,."),
        ("ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ", "qwertyuiop[]asdfghjkl;'zxcvnm,./"),
        ("چیکگژپ", "]d;'\\m"),
        ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ", "qwertyuiopasdfghjklzxcvbnmqwertop"),
        ("ქწერტყუიოპასდფგჰჯკლზხცვბნმ", "qwertyuiopasdfghjklzxcvbnm"),
        ("؟。「」", "?.[]"),
        ("ๆไำพะัีรนยบลฟหกดเ้่าสวงผปแอิืทมใฝ", "qwertyuiop[]asdfghjkl;'zxcvbnm,./"),
    ];

    private static readonly Dictionary<char, char> Places = Load();

    /// <summary>The hotkey of a typed character, where nothing else is known of the key.</summary>
    /// <param name="typed">The character.</param>
    /// <returns>The character of the hotkey in lower case; any other character as it is.</returns>
    public static char Of(char typed)
    {
        char folded = Fold(typed);
        return Places.GetValueOrDefault(folded, folded);
    }

    /// <summary>The hotkey of a key.</summary>
    /// <param name="typed">The character that it typed.</param>
    /// <param name="place">What the key in its place types on a US keyboard, without Shift; U+0000 when that is not known.</param>
    /// <param name="hasShift">Shift was held.</param>
    /// <returns>The character of the hotkey in lower case; any other character as it is.</returns>
    public static char Of(char typed, char place, bool hasShift)
    {
        char folded = Fold(typed);
        bool isForeign = IsForeign(folded);
        bool countsPlace = place switch
        {
            '\0' => false,
            _ when char.IsAsciiLetter(folded) || LiveCommand.FromKey(folded) is not null => false,

            // The signs that the Greek and the Hebrew keyboard have in the place of q.
            'q' when folded is ';' or '/' => true,
            >= 'a' and <= 'z' => isForeign,

            // Digits that need Shift, as on the French keyboard; brackets and the full stop.
            >= '1' and <= '9' or '[' or ']' or '.' => isForeign || !hasShift,
            _ => false,
        };
        return countsPlace ? place : Of(typed);
    }

    /// <summary>Whether a character is of another script than Latin.</summary>
    /// <param name="character">The character's number in Unicode; any other number is none.</param>
    public static bool IsForeign(int character) => character is > '\u007F' and <= char.MaxValue && !IsLatin((char)character);

    // Lower case; full-width letters, and the digits of every script, are as good as the others.
    private static char Fold(char typed)
    {
        char narrow = typed switch
        {
            >= '！' and <= '～' => (char)(typed - FullWidth),
            '\u3000' => ' ',
            _ => char.ToLowerInvariant(typed),
        };
        return char.IsDigit(narrow) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(narrow)) : char.ToLowerInvariant(narrow);
    }

    private static bool IsLatin(char letter) => letter is >= '\u00AA' and <= '\u024F' or >= '\u1E00' and <= '\u1EFF';

    private static Dictionary<char, char> Load()
    {
        var places = new Dictionary<char, char>();
        foreach ((string letters, string on) in Layouts)
        {
            for (int i = 0; i < letters.Length; i++)
            {
                places.TryAdd(letters[i], on[i]);
            }
        }

        return places;
    }
}
