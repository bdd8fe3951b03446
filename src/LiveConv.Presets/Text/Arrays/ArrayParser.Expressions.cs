namespace LiveConv.Presets;

/// <content>Sums, products, signs and what stands behind a value.</content>
internal sealed partial class ArrayParser
{
    // What changes no number: the type, the place in memory, one more axis.
    private static readonly HashSet<string> Harmless =
    [
        "copy", "float", "double", "half", "cuda", "cpu", "numpy", "tolist", "contiguous", "clone", "detach", "unsqueeze",
        "squeeze", "requires_grad_",
    ];

    private ArrayValue Expression()
    {
        ArrayValue value = Term();
        while ((Now.Is("+") || Now.Is("-")) && !StartsElement())
        {
            ArrayToken sign = Take();
            ArrayValue right = Term();
            ArrayValue left = value;
            value = At(sign.Place, () => Operate(sign.Text, left, right));
        }

        return value;
    }

    private bool StartsElement() => blankSeparates && Now.AfterBlank && !Following.AfterBlank;

    private ArrayValue Term()
    {
        ArrayValue value = Signed();
        while (Now.Is("*") || Now.Is("/") || Now.Is(".*") || Now.Is("./") || Now.Is("@"))
        {
            ArrayToken sign = Take();
            ArrayValue right = Signed();
            ArrayValue left = value;
            value = At(sign.Place, () => Operate(sign.Text, left, right));
        }

        return value;
    }

    private ArrayValue Operate(string sign, ArrayValue a, ArrayValue b)
    {
        ArrayValue value = sign switch
        {
            "+" when a.IsPythonList && b.IsPythonList => Listed(a.Join(b)),
            "*" when a.IsPythonList && Repeats(b) => Listed(a.Repeat(b.Cells[0].Value)),
            "*" when b.IsPythonList && Repeats(a) => Listed(b.Repeat(a.Cells[0].Value)),
            "+" => ArrayValue.Combine(a, b, (x, y) => x + y),
            "-" => ArrayValue.Combine(a, b, (x, y) => x - y),
            "@" => ArrayValue.Product(a, b),
            "*" when language == ArrayLanguage.Matlab => ArrayValue.Product(a, b),
            "/" or "./" when b.Cells.Any(cell => cell.Above == 0) => throw new KernelTextException("this divides by 0"),
            "/" when language == ArrayLanguage.Matlab && !b.IsScalar =>
                throw new KernelTextException("\"/\" between matrices solves equations in Matlab; \"./\" divides number by number"),
            "/" when cutsDivisions && a.IsInteger && b.IsInteger && !double.IsInteger(a.Cells[0].Value / b.Cells[0].Value) =>
                throw new KernelTextException(FormattableString.Invariant(
                    $"{a.Cells[0].Value}/{b.Cells[0].Value} of integers is {Math.Truncate(a.Cells[0].Value / b.Cells[0].Value) + 0.0} ")
                    + "in C: write one with a point, such as 1.0/9"),
            "/" or "./" => ArrayValue.Combine(a, b, (x, y) => x / y) with { IsInteger = cutsDivisions && a.IsInteger && b.IsInteger },
            _ => ArrayValue.Combine(a, b, (x, y) => x * y),
        };
        return Array.TrueForAll(Held(value).Cells, cell => cell.IsFinite)
            ? value
            : throw new KernelTextException("this makes numbers that are not finite");
    }

    // No list is repeated 0 or -1 times in earnest: that is a product.
    private static bool Repeats(ArrayValue times) => times.IsScalar && times.IsInteger && times.Cells[0].Value >= 1;

    private ArrayValue Listed(ArrayValue list)
    {
        Note("Python's * repeats a list and its + joins two; for products and sums write np.array([[…]])");
        return list;
    }

    private ArrayValue Signed()
    {
        if (++depth > MaxDepth)
        {
            throw Error($"more than {MaxDepth} brackets stand in one another");
        }

        int sign = Now.Place;
        bool isNegative = false;
        while (Now.Is("+") || Now.Is("-"))
        {
            isNegative ^= Take().Is("-");
        }

        ArrayValue value = Behind(Primary());
        depth--;
        if (isNegative)
        {
            value = value.Map(cell => -cell);
            At(sign, () => Held(value));
        }

        return value;
    }

    private static ArrayValue Held(ArrayValue value)
    {
        value.Type?.Check(value.Cells);
        return value;
    }

    private ArrayValue Behind(ArrayValue value)
    {
        while (true)
        {
            if (language == ArrayLanguage.Matlab && (Now.Is("'") || Now.Is(".'")))
            {
                Take();
                transposes = true;
                value = value.AsGrid().Transpose();
            }
            else if (Now.Is(".") && Following.Kind == TokenKind.Name)
            {
                Take();
                value = Attribute(value, Take());
            }
            else if (Now.Is("[") && !Now.AfterBlank)
            {
                throw Error("a part of an array is not read: paste the numbers themselves");
            }
            else
            {
                return value;
            }
        }
    }

    private ArrayValue Attribute(ArrayValue value, ArrayToken name)
    {
        switch (name.Text)
        {
            case "T":
                transposes = true;
                return value.Transpose();
            case "t" or "transpose":
                SkipArguments();
                transposes = true;
                return value.Transpose();
            case "sum":
                return Arguments().Values.Count == 0
                    ? ArrayValue.Scalar(value.Sum())
                    : throw source.Error(name.Place, "a sum along one axis is not read");
            case "reshape" or "view":
                List<ArrayValue> sides = Arguments().Values;
                return At(name.Place, () => Reshaped(value, sides));
            case "astype" or "to" or "type":
                (_, List<ArrayToken> types) = Arguments();
                return At(name.Place, () => Typed(value, types.Select(type => type.Text)));
            case "int" or "long" or "short" or "char" or "byte" or "bool":
                SkipArguments();
                return At(name.Place, () => Typed(value, [name.Text]));
            case var known when Harmless.Contains(known):
                SkipArguments();
                return value;
            default:
                throw source.Error(name.Place, $"{SourceText.Quote("." + name.Text)} is not read: paste the numbers themselves");
        }
    }

    private static ArrayValue Reshaped(ArrayValue value, List<ArrayValue> sides)
    {
        Ratio[] numbers = [.. sides.SelectMany(side => side.Cells)];
        bool IsSide(Ratio side) => side.Value is >= -1 and <= ArrayValue.MaxCells && side.Value == (int)side.Value;
        int[] whole = [.. numbers.Select(side => IsSide(side) ? (int)side.Value : 0)];
        if (whole.Length < 1 || Array.Exists(whole, side => side == 0) || whole[..^Math.Min(whole.Length, 2)].Any(side => side != 1))
        {
            throw new KernelTextException("a kernel's shape has rows and columns; axes before these are 1");
        }

        int width = whole[^1];
        int height = whole.Length > 1 ? whole[^2] : 1;
        width = width == -1 ? value.Cells.Length / Math.Max(height, 1) : width;
        height = height == -1 ? value.Cells.Length / width : height;
        return height < 1 || width < 1
            ? throw new KernelTextException("this shape leaves no numbers")
            : value.Reshape(height, width) with { Rank = Math.Min(whole.Length, 2) };
    }
}
