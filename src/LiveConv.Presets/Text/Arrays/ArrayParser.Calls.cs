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

    private static readonly HashSet<string> Keywords =
    [
        "dtype", "shape", "size", "fill_value", "value", "object", "data", "a", "b", "m", "n", "N", "M", "requires_grad", "device", "copy",
        "subok", "input",
    ];

    private WholeType? templateType;

    private const int MaxSide = Convolution.FilterBank.MaxKernelSize;

    private static readonly string[] Pythons = ["np", "numpy", "torch", "tf", "jnp", "cp", "cupy", "jax", "scipy", "mx"];

    private ArrayValue NameOrCall(ArrayToken first)
    {
        if (variables.TryGetValue(first.Text, out ArrayValue? known))
        {
            used.Add(first.Text);
            mentioned.Add(first.Text);
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

    // The types in Mat_<float> and in vector<vector<float>>; the last that is whole counts.
    private void TemplateTypes()
    {
        if (language != ArrayLanguage.C || !Now.Is("<"))
        {
            return;
        }

        templateType = null;
        do
        {
            templateType = WholeType.Of(Take().Text) ?? templateType;
        }
        while (Now.Kind == TokenKind.Name || Now.Is(",") || Now.Is("<") || Now.Is(">") || Now.Is("::")
            || (Now.Kind == TokenKind.Number && !tokens[at - 1].Is(">")));
    }

    // new float[,] { … }, new double[3][] { … }, new Float32Array([ … ])
    private ArrayValue New()
    {
        WholeType? type = null;
        while (Now.Kind == TokenKind.Name)
        {
            type = WholeType.Of(Take().Text) ?? type;
        }

        int open = Now.Place;
        while (Now.Is("["))
        {
            while (!Now.Is("]"))
            {
                _ = Now.Kind is TokenKind.End ? throw Error("this bracket is not closed") : Take();
            }

            Take();
        }

        ArrayValue value = Now.Is("(") || Now.Is("{")
            ? Primary()
            : throw Error($"{What(Now)} stands where the numbers of a new array should");
        return type is null ? value : At(open, () => Hold(type, value));
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
            return Cast(name, function);
        }

        switch (function)
        {
            case "ones" or "zeros" or "eye" or "identity" or "full":
                (List<ArrayValue> values, List<ArrayToken> types) = Arguments();
                return At(name.Place, () => Typed(Filled(function, values), types.Select(type => type.Text)));
            case "outer":
                (List<ArrayValue> factors, _) = Arguments();
                return factors.Count == 2
                    ? At(name.Place, () => ArrayValue.Product(Row(factors[0]).Transpose(), Row(factors[1])))
                    : throw source.Error(name.Place, "outer takes a column and a row");
            case "transpose":
                transposes = true;
                return language == ArrayLanguage.Matlab ? Only(name).AsGrid().Transpose() : Only(name).Transpose();
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

    private ArrayValue Cast(ArrayToken name, string function)
    {
        (List<ArrayValue> values, List<ArrayToken> words) = Arguments();
        string fault = values.Count == 0 ? "holds no numbers" : "takes one array here";
        ArrayValue value = values.Count == 1 ? values[0] : throw source.Error(name.Place, $"{SourceText.Quote(function)} {fault}");
        value = At(name.Place, () => Typed(value, [function, .. words.Select(word => word.Text)]));

        // numpy's array of one list is a row; JavaScript's Float32Array has no rows at all.
        bool isList = function is "list" or "tuple";
        return value with { IsFlatList = value.IsFlatList && language == ArrayLanguage.C, IsPythonList = value.IsPythonList && isList };
    }

    // Where numbers get a type of whole numbers: np.array(…, dtype=np.uint8), uint8([…]), Mat::ones(3, 3, CV_8U).
    private ArrayValue Typed(ArrayValue value, IEnumerable<string> words)
    {
        WholeType? type = words.Select(WholeType.Of).LastOrDefault(one => one is not null);
        type?.Check(value.Cells);

        // Python divides integers to floats; Matlab and OpenCV round to the type.
        return language == ArrayLanguage.Python
            ? value.IsScalar ? value : value with { IsInteger = type is not null || (value.IsInteger && !words.Any(WholeType.IsReal)) }
            : type is not null ? value with { Type = type }
            : words.Any(WholeType.IsReal) ? value with { Type = null, IsInteger = false }
            : value;
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
                CheckKeyword(tokens[Math.Min(at + 2, tokens.Count - 1)].Text);
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

    // What has another name would change the numbers, or their places: k=1 of eye, axis=0 of sum, order='F' of reshape.
    private void CheckKeyword(string value)
    {
        if (!Keywords.Contains(Now.Text) && !(Now.Text == "order" && value == "C"))
        {
            throw Error($"{SourceText.Quote(Now.Text + "=")} is no argument that is read: paste the numbers themselves");
        }
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
