namespace LiveConv.Presets;

/// <content>Sums, products, signs and what stands behind a value.</content>
internal sealed partial class ArrayParser
{
    // What changes no number: the type, the place in memory, one more axis.
    private static readonly HashSet<string> Harmless =
    [
        "astype", "copy", "to", "float", "double", "half", "cuda", "cpu", "numpy", "tolist", "contiguous", "clone", "detach", "unsqueeze",
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
            "+" => ArrayValue.Combine(a, b, (x, y) => x + y),
            "-" => ArrayValue.Combine(a, b, (x, y) => x - y),
            "@" => ArrayValue.Product(a, b),
            "*" when language == ArrayLanguage.Matlab => ArrayValue.Product(a, b),
            "/" or "./" when b.Cells.Any(cell => cell.Above == 0) => throw new KernelTextException("this divides by 0"),
            "/" when language == ArrayLanguage.Matlab && !b.IsScalar =>
                throw new KernelTextException("\"/\" between matrices solves equations in Matlab; \"./\" divides number by number"),
            "/" or "./" => ArrayValue.Combine(a, b, (x, y) => x / y),
            _ => ArrayValue.Combine(a, b, (x, y) => x * y),
        };
        return Array.TrueForAll(value.Cells, cell => cell.IsFinite)
            ? value
            : throw new KernelTextException("this makes numbers that are not finite");
    }

    private ArrayValue Signed()
    {
        if (++depth > MaxDepth)
        {
            throw Error($"more than {MaxDepth} brackets stand in one another");
        }

        bool isNegative = false;
        while (Now.Is("+") || Now.Is("-"))
        {
            isNegative ^= Take().Is("-");
        }

        ArrayValue value = Behind(Primary());
        depth--;
        return isNegative ? value.Map(cell => -cell) : value;
    }

    private ArrayValue Behind(ArrayValue value)
    {
        while (true)
        {
            if (language == ArrayLanguage.Matlab && (Now.Is("'") || Now.Is(".'")))
            {
                Take();
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
                return value.Transpose();
            case "t" or "transpose":
                SkipArguments();
                return value.Transpose();
            case "sum":
                return Arguments().Values.Count == 0
                    ? ArrayValue.Scalar(value.Sum())
                    : throw source.Error(name.Place, "a sum along one axis is not read");
            case "reshape" or "view":
                List<ArrayValue> sides = Arguments().Values;
                return At(name.Place, () => Reshaped(value, sides));
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
