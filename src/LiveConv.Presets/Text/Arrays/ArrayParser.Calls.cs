namespace LiveConv.Presets;

/// <content>Names with a value, and the calls that make arrays.</content>
internal sealed partial class ArrayParser
{
    private static readonly HashSet<string> Casts =
    [
        "array", "asarray", "asanyarray", "matrix", "mat", "list", "tuple", "tensor", "Tensor", "FloatTensor",
        "DoubleTensor", "IntTensor", "as_tensor",
        "constant", "Variable", "float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8",
        "single", "double", "Float32Array",
        "Float64Array", "Int8Array", "Int16Array", "Int32Array",
    ];

    private const int MaxSide = Convolution.FilterBank.MaxKernelSize;

    private static readonly string[] Pythons = ["np", "numpy", "torch", "tf", "jnp", "cp", "cupy", "jax", "scipy", "mx"];

    private ArrayValue NameOrCall(ArrayToken first)
    {
        if (variables.TryGetValue(first.Text, out ArrayValue? known))
        {
            used.Add(first.Text);
            return IsFlattened() ? ArrayValue.List(known.Cells) : known;
        }

        if (first.Text == "new" && language == ArrayLanguage.C)
        {
            return New();
        }

        string name = FullName(first, out string[] parts);
        return OpenCvCall(first, parts) ?? ArrayCall(first, parts[^1], parts.Length > 1)
            ?? throw source.Error(first.Place, Now.Is("(")
                ? $"{SourceText.Quote(name)} is not read: paste its numbers (array, ones, zeros, full, eye, outer and fspecial are read)"
                : $"{SourceText.Quote(name)} has no value here: paste the line that sets it too");
    }

    // Matlab's k(:), all numbers as one list.
    private bool IsFlattened()
    {
        bool isIt = language == ArrayLanguage.Matlab && Now.Is("(") && Following.Is(":")
            && tokens[Math.Min(at + 2, tokens.Count - 1)].Is(")");
        at += isIt ? 3 : 0;
        return isIt;
    }

    private string FullName(ArrayToken first, out string[] parts)
    {
        var all = new List<string> { first.Text };
        while ((Now.Is(".") || Now.Is("::")) && Following.Kind == TokenKind.Name)
        {
            at++;
            all.Add(Take().Text);
            TemplateTypes();
        }

        TemplateTypes();
        parts = [.. all];
        return string.Join('.', parts);
    }

    // The types in Mat_<float> and in vector<vector<float>>.
    private void TemplateTypes()
    {
        if (language != ArrayLanguage.C || !Now.Is("<"))
        {
            return;
        }

        do
        {
            Take();
        }
        while (Now.Kind == TokenKind.Name || Now.Is(",") || Now.Is("<") || Now.Is(">") || Now.Is("::")
            || (Now.Kind == TokenKind.Number && !tokens[at - 1].Is(">")));
    }

    // new float[,] { … }, new double[3][] { … }, new Float32Array([ … ])
    private ArrayValue New()
    {
        while (Now.Kind == TokenKind.Name)
        {
            Take();
        }

        while (Now.Is("["))
        {
            while (!Now.Is("]"))
            {
                _ = Now.Kind is TokenKind.End ? throw Error("this bracket is not closed") : Take();
            }

            Take();
        }

        return Now.Is("(") || Now.Is("{") ? Primary() : throw Error($"{What(Now)} stands where the numbers of a new array should");
    }

    private ArrayValue? ArrayCall(ArrayToken name, string function, bool hasModule)
    {
        if (!Now.Is("("))
        {
            return null;
        }

        Named ??= hasModule && Pythons.Contains(name.Text) ? KernelDialect.Numpy : null;
        if (Casts.Contains(function))
        {
            return Cast(name);
        }

        switch (function)
        {
            case "ones" or "zeros" or "eye" or "identity" or "full":
                (List<ArrayValue> values, _) = Arguments();
                return At(name.Place, () => Filled(function, values));
            case "outer":
                (List<ArrayValue> factors, _) = Arguments();
                return factors.Count == 2
                    ? At(name.Place, () => ArrayValue.Product(Row(factors[0]).Transpose(), Row(factors[1])))
                    : throw source.Error(name.Place, "outer takes a column and a row");
            case "transpose":
                return Only(name).AsGrid().Transpose();
            case "sum":
                ArrayValue summed = Only(name);
                return language == ArrayLanguage.Matlab && summed.Height > 1
                    ? ArrayValue.Product(ArrayValue.Grid(1, summed.Height, (_, _) => 1), summed)
                    : ArrayValue.Scalar(summed.Sum());
            case "sqrt":
                ArrayValue square = Only(name);
                return square.Map(cell => cell.Value >= 0 ? Math.Sqrt(cell.Value) :
                    throw source.Error(name.Place, "a root of a negative number"));
            case "fspecial":
                (List<ArrayValue> numbers, List<ArrayToken> words) = Arguments();
                Named ??= KernelDialect.Matlab;
                return words.Count == 1
                    ? At(words[0].Place, () => SpecialFilters.Make(words[0].Text, numbers))
                    : throw source.Error(name.Place, "fspecial takes a filter's name such as 'sobel'");
            default:
                return null;
        }
    }

    private static ArrayValue Row(ArrayValue value) => ArrayValue.List(value.Cells).AsGrid();

    private ArrayValue Only(ArrayToken name)
    {
        (List<ArrayValue> values, _) = Arguments();
        return values.Count == 1 ? values[0] : throw source.Error(name.Place, $"{name.Text} takes one array here");
    }

    private ArrayValue Cast(ArrayToken name)
    {
        (List<ArrayValue> values, List<ArrayToken> words) = Arguments();
        ArrayValue value = values.Count > 0 ? values[0] : throw source.Error(name.Place, $"{SourceText.Quote(name.Text)} holds no numbers");
        foreach (ArrayToken word in words)
        {
            bool isUnsigned = word.Text.StartsWith("uint", StringComparison.Ordinal);
            bool isWhole = isUnsigned || word.Text.StartsWith("int", StringComparison.Ordinal);
            if (Array.Exists(value.Cells, cell => (isWhole && cell.Value != Math.Truncate(cell.Value)) || (isUnsigned && cell.Value < 0)))
            {
                throw source.Error(word.Place, $"{word.Text} cannot hold these weights: take float32");
            }
        }

        // numpy's array of one list is a row; JavaScript's Float32Array has no rows at all.
        return value with { IsFlatList = value.IsFlatList && language == ArrayLanguage.C };
    }

    private ArrayValue Filled(string function, List<ArrayValue> values)
    {
        int count = function == "full" ? Math.Min(1, values.Count) : values.Count;
        Ratio[] sides = [.. values.Take(count).SelectMany(value => value.Cells)];
        if (sides.Length is < 1 or > 2
            || !Array.TrueForAll(sides, side => side.Value is >= 1 and <= MaxSide && side.Value == (int)side.Value))
        {
            throw new KernelTextException($"{function} takes the rows and columns of a kernel, 1 to {MaxSide}");
        }

        bool isSquare = sides.Length == 1 && (language == ArrayLanguage.Matlab || function is "eye" or "identity");
        int width = (int)sides[^1].Value;
        int height = isSquare ? width : sides.Length == 2 ? (int)sides[0].Value : 1;
        Ratio fill = function != "full" ? (function == "zeros" ? 0 : 1)
            : values.Count == 2 && values[1].IsScalar ? values[1].Cells[0]
            : throw new KernelTextException("full takes a shape and a number");
        ArrayValue grid = ArrayValue.Grid(height, width, (y, x) => function is "eye" or "identity" ? (x == y ? 1 : 0) : fill);
        return grid with { Rank = sides.Length == 1 && !isSquare ? 1 : 2 };
    }

    /// <summary>Reads arguments: numbers and arrays, and apart from them the words (types, strings).</summary>
    private (List<ArrayValue> Values, List<ArrayToken> Words) Arguments()
    {
        Expect("(", "should open the arguments");
        bool outer = blankSeparates;
        blankSeparates = false;
        var values = new List<ArrayValue>();
        var words = new List<ArrayToken>();
        while (!TakeIf(")"))
        {
            if (Now.Kind == TokenKind.Name && Following.Is("="))
            {
                at += 2;
            }

            if (Now.Kind == TokenKind.String || IsWord())
            {
                words.Add(Word());
            }
            else
            {
                Add(values, Expression());
            }

            if (!Now.Is(")"))
            {
                Expect(",", "or \")\" should follow");
            }
        }

        blankSeparates = outer;
        return (values, words);
    }

    private bool IsWord()
    {
        int i = at;
        while (tokens[i].Kind == TokenKind.Name && (tokens[i + 1].Is(".") || tokens[i + 1].Is("::"))
            && tokens[i + 2].Kind == TokenKind.Name)
        {
            i += 2;
        }

        return tokens[i].Kind == TokenKind.Name && !variables.ContainsKey(Now.Text) && (tokens[i + 1].Is(",") || tokens[i + 1].Is(")"));
    }

    // The last part of np.float32.
    private ArrayToken Word()
    {
        ArrayToken word = Take();
        while (Now.Is(".") || Now.Is("::"))
        {
            Take();
            word = Take();
        }

        return word;
    }

    private void SkipArguments()
    {
        if (Now.Is("("))
        {
            Arguments();
        }
    }
}
