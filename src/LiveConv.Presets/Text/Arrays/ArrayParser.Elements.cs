namespace LiveConv.Presets;

/// <content>Lines that set one number of an array.</content>
internal sealed partial class ArrayParser
{
    // k[1, 1] = 8, k[1][1] -= 9, k(2, 2) = 8 in Matlab, k.at<float>(1, 1) = 8
    private bool SetsElement(int sign)
    {
        bool isKnown = variables.ContainsKey(Now.Text);
        bool isIndexed = language switch
        {
            ArrayLanguage.Python => Following.Is("["),
            ArrayLanguage.Matlab => Following.Is("("),
            _ => isKnown && (Following.Is("[") || (Following.Is(".") && tokens[at + 2].Text == "at")),
        };
        return sign > at + 1 && Now.Kind == TokenKind.Name && isIndexed;
    }

    private string SetElement(int sign)
    {
        string name = Now.Text;
        ArrayValue old = Variable(name);
        string part = source.Text[Now.Place..tokens[sign].Place].Trim();
        if (used.Contains(name) || uses.ContainsKey(name))
        {
            throw Error($"{SourceText.Quote(name)} is used above, and changed by {SourceText.Quote(part)}: paste the numbers themselves");
        }

        if (old is { IsPythonList: true, Rank: 2 })
        {
            throw Error($"rows of a Python list may be one and the same: write {SourceText.Quote(name)} as np.array([[…]])");
        }

        int[] place = Indices(tokens[(at + 1)..sign])
            ?? throw Error($"{SourceText.Quote(part)} is no single number of {SourceText.Quote(name)}: paste the numbers themselves");
        (int y, int x) = old.Rank == 2 && place.Length == 2 ? (Index(place[0], old.Height, part), Index(place[1], old.Width, part))
            : old.Rank == 1 && place.Length == 1 ? (0, Index(place[0], old.Width, part))
            : throw Error($"{SourceText.Quote(part)} is no single number of {old.Shape}: paste the numbers themselves");
        int cell = y * old.Width + x;
        string how = tokens[sign].Text;
        int sense = tokens[sign].Place;
        at = sign + 1;
        ArrayValue value = Expression();
        if (!value.IsScalar)
        {
            throw source.Error(sense, $"{value.Shape} stand where {SourceText.Quote(part)} takes one number");
        }

        value = how == "=" ? value : At(sense, () => Operate(how[..1], ArrayValue.Scalar(old.Cells[cell]), value));
        if (language == ArrayLanguage.Python && old.IsInteger && !double.IsInteger(value.Cells[0].Value))
        {
            throw source.Error(
                sense, $"numpy cuts this to a whole number in an array of integers: write {SourceText.Quote(name)} with points");
        }

        Ratio[] cells = [.. old.Cells];
        cells[cell] = value.Cells[0];
        variables[name] = At(sense, () => Held(old with { Cells = cells, IsFlatList = false, IsPythonList = false }));
        return name;
    }

    // The whole numbers between brackets; null where anything else stands there.
    private int[]? Indices(List<ArrayToken> words)
    {
        var numbers = new List<int>();
        bool isNegative = false;
        foreach (ArrayToken word in words.SkipWhile(word => language == ArrayLanguage.C && !word.Is("[") && !word.Is("(")))
        {
            if (word.Kind == TokenKind.Number && word.Number is >= 0 and <= ArrayValue.MaxCells && word.Number == (int)word.Number)
            {
                numbers.Add(isNegative ? -(int)word.Number : (int)word.Number);
                isNegative = false;
            }
            else if (word.Is("-") && !isNegative && language == ArrayLanguage.Python)
            {
                isNegative = true;
            }
            else if (isNegative || !(word.Is("[") || word.Is("]") || word.Is("(") || word.Is(")") || word.Is(",")))
            {
                return null;
            }
        }

        return [.. numbers];
    }

    // Matlab counts from 1; in Python -1 is the last.
    private int Index(int number, int count, string part)
    {
        int index = language == ArrayLanguage.Matlab ? number - 1 : number < 0 ? number + count : number;
        return index >= 0 && index < count ? index : throw Error($"{SourceText.Quote(part)} lies outside the array");
    }
}
