using System.Text.RegularExpressions;
using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <summary>
/// Numbers alone: rows on lines or ended by semicolons, or a square number of them in one line. Commas and blanks separate, and
/// semicolons where they stand between all numbers of several lines, as in a table of a language with decimal commas; a number
/// may be one over another, such as 1/9. They are taken as a correlation: applied as written.
/// </summary>
internal static partial class NumberLines
{
    private readonly record struct Word(string Text, int Place);

    public static KernelTextResult Read(SourceText source)
    {
        CheckBlocks(source);
        List<List<Word>> groups = Groups(source);
        CheckDecimalCommas(source, groups);
        List<List<Ratio>> rows = [.. groups.Select(group => group.SelectMany(word => Numbers(source, word)).ToList())];
        bool isOneLine = rows.Count == 1;
        if (isOneLine)
        {
            rows = OneLine(source, groups[0], rows[0]);
        }

        int bad = rows.FindIndex(row => row.Count != rows[0].Count);
        if (bad >= 0)
        {
            string counts = $"row 1 has {rows[0].Count}, row {bad + 1} has {rows[bad].Count}";
            throw source.Error(groups[bad][0].Place, $"all rows must have the same number of weights: {counts}");
        }

        (Kernel kernel, float gain) = KernelMaker.Make([.. rows.SelectMany(row => row)], rows[0].Count, rows.Count);
        return new KernelTextResult(KernelDialect.Numbers, [kernel])
        {
            Gain = gain,
            OperationNotice = OperationNotice(kernel),
            Notices = [.. Notices(kernel, gain, isOneLine)],
        };
    }

    // A blank line within one kernel is nothing; between blocks of as many rows it separates kernels, and one alone is read here.
    private static void CheckBlocks(SourceText source)
    {
        int[] rows = [.. Regex.Split(source.Text.Trim(), @"\n\s*\n").Select(block => block.Count(c => c == '\n') + 1)];
        if (rows.Length > 1 && rows[0] > 1 && rows.Distinct().Count() == 1)
        {
            throw new KernelTextException("a blank line separates two kernels: give each in an argument of its own");
        }
    }

    /// <summary>Words between blanks, in rows.</summary>
    private static List<List<Word>> Groups(SourceText source)
    {
        var groups = new List<List<Word>>();
        var group = new List<Word>();
        string text = WithoutRules(source.Text);
        bool isTable = text.Trim().Contains('\n', StringComparison.Ordinal)
            && Array.TrueForAll(text.Split('\n'), line => string.IsNullOrWhiteSpace(line) || TableRow().IsMatch(line));
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] == '\n' || (text[i] == ';' && !isTable))
            {
                groups.Add(group);
                group = [];
                continue;
            }

            int start = i;
            while (i < text.Length && !char.IsWhiteSpace(text[i]) && text[i] != ';')
            {
                i++;
            }

            if (i > start)
            {
                group.Add(new Word(text[start..i], start));
                i--;
            }
        }

        groups.RemoveAll(row => row.Count == 0);
        return groups.Count > 0 ? groups : throw new KernelTextException("there is no kernel in an empty text");
    }

    // A table's bars, its lines of dashes, and the quotes round its numbers become blanks, so that places stay.
    private static string WithoutRules(string text)
    {
        string[] lines = text.Split('\n');
        bool hasBars = Array.TrueForAll(lines, line => string.IsNullOrWhiteSpace(line) || BarRow().IsMatch(line));
        bool hasQuotes = Array.TrueForAll(lines, line => string.IsNullOrWhiteSpace(line) || QuotedRow().IsMatch(line));
        return string.Join('\n', lines.Select(line =>
            hasBars && DashRow().IsMatch(line) ? new string(' ', line.Length)
            : hasBars ? line.Replace('|', ' ')
            : hasQuotes ? line.Replace('"', ' ')
            : line));
    }

    // "0,5 1,0 0,5" is three numbers of a language with decimal commas, or six; "1,5 0 -1,5" is three, or five.
    private static void CheckDecimalCommas(SourceText source, List<List<Word>> groups)
    {
        foreach (List<Word> group in groups)
        {
            if (group.Exists(LooksDecimal) && group.TrueForAll(word => LooksDecimal(word) || !word.Text.Contains(',')))
            {
                Word first = group.Find(LooksDecimal);
                const string Cure = "write a point in one number, or a blank after a comma that separates two";
                throw source.Error(first.Place, $"{SourceText.Quote(first.Text)} may be one number with a decimal comma or two: {Cure}");
            }
        }
    }

    [GeneratedRegex(@"^\s*[^\s;]+(\s*;\s*[^\s;]+)+\s*;?\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"^\s*\|.*\|\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex BarRow();

    [GeneratedRegex(@"^[\s|:]*--[-\s|:]*$", RegexOptions.NonBacktracking)]
    private static partial Regex DashRow();

    [GeneratedRegex(@"^\s*""[^""]*""(\s*[,;\t]\s*""[^""]*"")*\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex QuotedRow();

    private static bool LooksDecimal(Word word) =>
        word.Text.TrimStart('-', '+').Split(',') is [{ Length: > 0 } whole, { Length: > 0 } fraction]
        && whole.All(char.IsAsciiDigit) && fraction.All(char.IsAsciiDigit);

    private static IEnumerable<Ratio> Numbers(SourceText source, Word word)
    {
        string[] parts = word.Text.Split(',');
        int place = word.Place;
        for (int i = 0; i < parts.Length; i++)
        {
            // A comma at a word's end separates it from the next; two commas leave a gap.
            if (parts[i].Length > 0)
            {
                yield return NumberText.TryRead(parts[i], out Ratio value)
                    ? value
                    : throw source.Error(place, $"{SourceText.Quote(parts[i])} is no finite number");
            }
            else if (i > 0 && i < parts.Length - 1)
            {
                throw source.Error(place, "a number is missing between two commas");
            }

            place += parts[i].Length + 1;
        }
    }

    // "1,0,-1 1,0,-1 1,0,-1" shows its rows; otherwise a square number of weights is a square, and any other a row.
    private static List<List<Ratio>> OneLine(SourceText source, List<Word> words, List<Ratio> all)
    {
        int across = words[0].Text.Split(',').Length;
        bool showsRows = words.Count > 1 && across > 1
            && words.TrueForAll(word => !word.Text.EndsWith(',')
            && !word.Text.StartsWith(',') && word.Text.Split(',').Length == across);
        int side = (int)Math.Sqrt(all.Count);
        int width = showsRows ? across : side > 1 && side * side == all.Count ? side : all.Count;
        return all.Count > 0
            ? [.. all.Chunk(width).Select(row => row.ToList())]
            : throw source.Error(words[0].Place, "there are no numbers between the commas");
    }

    private static string? OperationNotice(Kernel kernel) => kernel.Weights.SequenceEqual(kernel.Rotate180().Weights)
        ? null
        : "numbers alone state no operation: taken as a correlation, which applies them as written, like FFmpeg and OpenCV; "
        + $"ImageMagick's Convolve rotates them by 180 degrees (choose convolution, or write {kernel.Width}x{kernel.Height}: in front)";

    private static IEnumerable<string> Notices(Kernel kernel, float gain, bool isOneLine)
    {
        float sum = kernel.Weights.ToArray().Sum();
        if (isOneLine && gain == 1 && sum is not (0 or 1) && kernel.Width == kernel.Height && kernel.Width is 3 or 5 or 7)
        {
            yield return $"FFmpeg's convolution would divide by the sum, {NumberText.Of(sum)}: write convolution=0m='…' for that";
        }

        if (isOneLine && kernel.Width == kernel.Height && kernel.Width % 2 == 0)
        {
            string square = $"{kernel.Width}x{kernel.Height}";
            yield return $"{kernel.Weights.Length} numbers in one line are taken as a square of {square}; write [[…]] for a row";
        }
    }
}
