namespace LiveConv.Presets;

/// <content>Numbers, brackets and names.</content>
internal sealed partial class ArrayParser
{
    private static readonly HashSet<string> CTypes =
        ["float", "double", "int", "char", "short", "long", "byte", "sbyte", "uchar", "int8_t", "int16_t", "int32_t"];

    private ArrayValue Primary()
    {
        ArrayToken token = Now;
        if (token.Kind == TokenKind.Number)
        {
            return ArrayValue.Scalar(Take().Number) with { IsInteger = IsInteger(token) };
        }

        if (token.Kind == TokenKind.Name)
        {
            return NameOrCall(Take());
        }

        if (token.Is("("))
        {
            return Parenthesis();
        }

        if (token.Is("[") || (token.Is("{") && language == ArrayLanguage.C))
        {
            return Bracket(Take().Text == "[" ? "]" : "}");
        }

        throw token.Kind == TokenKind.End
            ? Error("the text ends where a number should follow")
            : Error($"{What(token)} stands where a number should");
    }

    // 9, unlike 9. and 9f.
    private bool IsInteger(ArrayToken token)
    {
        int end = token.Place + token.Text.Length;
        return (cutsDivisions || language == ArrayLanguage.Python) && token.Text.All(char.IsAsciiDigit)
            && !(end < source.Text.Length && source.Text[end] is 'f' or 'F' or 'd' or 'D' or 'm');
    }

    private ArrayValue Parenthesis()
    {
        ArrayToken open = Take();
        if (language == ArrayLanguage.C && Now.Kind == TokenKind.Name && CTypes.Contains(Now.Text) && Following.Is(")"))
        {
            WholeType? type = WholeType.Of(Now.Text);
            at += 2;
            ArrayValue cast = Signed();
            return type is null
                ? cast with { IsInteger = false, Type = null }
                : At(open.Place, () => Hold(type, cast)) with { IsInteger = true };
        }

        bool outer = blankSeparates;
        blankSeparates = false;
        if (Now.Is(")"))
        {
            throw Error("nothing stands in these parentheses");
        }

        var elements = new List<ArrayValue> { Expression() };
        bool isTuple = false;
        while (TakeIf(","))
        {
            isTuple = true;
            if (!Now.Is(")"))
            {
                Add(elements, Expression());
            }
        }

        Expect(")", "should close these parentheses");
        blankSeparates = outer;
        return isTuple
            ? At(open.Place, () => Stack(elements)) with { IsPythonList = language == ArrayLanguage.Python }
            : elements[0];
    }

    private ArrayValue Bracket(string close)
    {
        int open = tokens[at - 1].Place;
        bool outer = blankSeparates;
        blankSeparates = true;
        ArrayValue value = language == ArrayLanguage.Matlab ? MatlabRows(open, close) : List(open, close);
        blankSeparates = outer;
        return value;
    }

    private ArrayValue List(int open, string close)
    {
        var elements = new List<ArrayValue>();
        bool sawComma = false;
        bool sawBlank = false;
        while (!TakeIf(close))
        {
            if (elements.Count > 0)
            {
                bool isComma = TakeIf(",");
                sawComma |= isComma;
                sawBlank |= !isComma;
                if (isComma && TakeIf(close))
                {
                    break;
                }

                if (sawComma && sawBlank)
                {
                    throw Error($"a comma is missing in front of {What(Now)}");
                }
            }

            Add(elements, Expression());
        }

        bool isFlat = elements.TrueForAll(element => element.IsScalar) && (sawComma || close == "}") && elements.Count > 1;
        return At(open, () => Stack(elements)) with
        {
            IsFlatList = isFlat,
            IsPythonList = language == ArrayLanguage.Python && !sawBlank,
            IsInteger = language == ArrayLanguage.Python && elements.TrueForAll(element => element.IsInteger),
        };
    }

    private ArrayValue MatlabRows(int open, string close)
    {
        var rows = new List<ArrayValue>();
        var row = new List<ArrayValue>();
        bool afterComma = false;
        while (true)
        {
            bool ends = Now.Is(close) || Now.Is(";") || Now.Kind == TokenKind.End;
            if ((ends || (Now.AfterLine && !afterComma)) && row.Count > 0)
            {
                rows.Add(At(open, () => Beside(row)));
                row = [];
            }

            if (TakeIf(close))
            {
                return At(open, () => Below(rows));
            }

            if (TakeIf(";"))
            {
                continue;
            }

            Add(row, Expression());
            afterComma = TakeIf(",");
        }
    }

    private void Add(List<ArrayValue> elements, ArrayValue element)
    {
        elements.Add(element);
        int count = element.IsScalar ? elements.Count : elements.Sum(e => e.Cells.Length);
        if (count > ArrayValue.MaxCells)
        {
            throw Error($"the array has more than {ArrayValue.MaxCells} numbers, those of the largest kernel");
        }
    }

    // Elements become the rows of what they are in.
    private static ArrayValue Stack(List<ArrayValue> elements)
    {
        if (elements.Count == 0)
        {
            throw new KernelTextException("a kernel has at least one row with one weight");
        }

        if (elements.TrueForAll(element => element.IsScalar))
        {
            return ArrayValue.List([.. elements.Select(element => element.Cells[0])]);
        }

        if (elements.Count == 1 && elements[0].Rank == 2)
        {
            return elements[0];
        }

        if (elements.Exists(element => element.Rank == 2))
        {
            throw new KernelTextException("the array has more than rows and columns: paste one kernel of it");
        }

        int bad = elements.FindIndex(element => element.IsScalar || element.Width != elements[0].Width);
        return bad < 0
            ? new ArrayValue(2, [.. elements.SelectMany(element => element.Cells)], elements.Count, elements[0].Width)
            : throw Ragged(elements[0].Cells.Length, bad + 1, elements[bad].Cells.Length);
    }

    private static KernelTextException Ragged(int first, int row, int other) =>
        new($"all rows must have the same number of weights: row 1 has {first}, row {row} has {other}");

    private static ArrayValue Beside(List<ArrayValue> parts)
    {
        int height = parts[0].Height;
        return parts.TrueForAll(part => part.Height == height)
            ? new ArrayValue(2,
                [.. Enumerable.Range(0, height).SelectMany(y => parts.SelectMany(part => RowOf(part, y)))],
                height, parts.Sum(part => part.Width))
            : throw new KernelTextException("what stands side by side must have the same number of rows");
    }

    private static ArraySegment<Ratio> RowOf(ArrayValue grid, int y) => new(grid.Cells, y * grid.Width, grid.Width);

    private static ArrayValue Below(List<ArrayValue> rows)
    {
        int bad = rows.Count == 0 ? 0 : rows.FindIndex(row => row.Width != rows[0].Width);
        return rows.Count == 0
            ? throw new KernelTextException("a kernel has at least one row with one weight")
            : bad < 0
                ? new ArrayValue(2, [.. rows.SelectMany(row => row.Cells)], rows.Sum(row => row.Height), rows[0].Width)
                : throw Ragged(rows[0].Width, bad + 1, rows[bad].Width);
    }
}
