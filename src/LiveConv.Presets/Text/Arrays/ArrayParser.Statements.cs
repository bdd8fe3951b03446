namespace LiveConv.Presets;

/// <content>Lines of assignments, and lines that only prepare.</content>
internal sealed partial class ArrayParser
{
    private static readonly string[] Preparing = ["import", "from", "using", "include", "clear", "clc", "close"];
    private static readonly string[] Flow =
        ["for", "while", "if", "else", "elif", "do", "switch", "def", "function", "class", "with", "try", "return", "lambda", "foreach"];

    private static readonly string[] Assigning = ["=", "+=", "-=", "*=", "/="];

    private List<ArrayValue> ReadStatements()
    {
        var order = new List<string>();
        int count = 0;
        while (Now.Kind != TokenKind.End)
        {
            if (TakeIf(";") || (language == ArrayLanguage.Matlab && TakeIf(",")))
            {
                continue;
            }

            if (++count > MaxStatements)
            {
                throw Error($"a kernel's text has at most {MaxStatements} lines that set something");
            }

            if (Now.Kind == TokenKind.Name && Preparing.Contains(Now.Text))
            {
                SkipStatement();
                continue;
            }

            if (SkipSurrounding())
            {
                continue;
            }

            // A name that no program can write stands for a line without one.
            string nameless = $"#{count}";
            string name = TakeUse(nameless) ? nameless : Statement(nameless);
            if (variables.ContainsKey(name))
            {
                order.Remove(name);
                order.Add(name);
            }

            ExpectEnd();
        }

        // A line or column that is turned over on the way to a product is a step, too.
        used.UnionWith(turned.Where(pair => used.Contains(pair.Key) && !IsKernel(variables[pair.Value])).Select(pair => pair.Value));
        Notices.AddRange(order.Where(name => used.Contains(name) && IsKernel(variables[name])).Select(name =>
            $"{name} is taken as a step on the way, not as a kernel of its own: later lines use it"));

        // What a text applies are its kernels; of others it has the numbers of an image.
        IEnumerable<string> unused = order.Where(name => uses.Count > 0 ? uses.ContainsKey(name) : !used.Contains(name));
        List<ArrayValue> arrays =
            [.. unused.Select(name => variables[name] with { Use = uses.GetValueOrDefault(name) }).Where(value => !value.IsScalar)];
        return arrays.Count > 0
            ? arrays
            : throw new KernelTextException("the text has no rows of numbers such as [[1, 0, -1], [1, 0, -1], [1, 0, -1]]");
    }

    private static bool IsKernel(ArrayValue value) => value is { Rank: 2, Height: > 1, Width: > 1 };

    private void SkipStatement()
    {
        do
        {
            Take();
        }
        while (Now.Kind != TokenKind.End && !Now.Is(";") && !Now.AfterLine);
    }

    private static int Nesting(ArrayToken token) =>
        token.Kind != TokenKind.Symbol ? 0 : token.Text is "(" or "[" or "{" ? 1 : token.Text is ")" or "]" or "}" ? -1 : 0;

    private int EndOfStatement()
    {
        int nested = 0;
        for (int i = at; ; i++)
        {
            ArrayToken token = tokens[i];
            bool endsLine = i > at && token.AfterLine && language != ArrayLanguage.C;
            if (token.Kind == TokenKind.End || (nested == 0 && (token.Is(";") || endsLine)))
            {
                return i;
            }

            nested += Nesting(token);
        }
    }

    private void ExpectEnd()
    {
        if (Now.Kind != TokenKind.End && !Now.Is(";") && !(Now.AfterLine && language != ArrayLanguage.C)
            && !(Now.Is(",") && language == ArrayLanguage.Matlab))
        {
            throw Error($"{What(Now)} stands after the kernel: paste the kernel alone");
        }
    }

    /// <summary>Reads one statement.</summary>
    /// <param name="nameless">The name of what has none.</param>
    /// <returns>The name that was set.</returns>
    private string Statement(string nameless)
    {
        if (Now.Kind == TokenKind.Name && Flow.Contains(Now.Text))
        {
            throw Error($"{SourceText.Quote(Now.Text)} is not read: nothing is run here; paste the numbers themselves");
        }

        HashSet<string> usedBefore = [.. used];
        mentioned.Clear();
        transposes = false;
        int sign = FindAssignment();
        if (sign < 0)
        {
            string declared = DeclaredMat() ?? nameless;
            Set(declared, Expression());
            KeepTransposed(declared, usedBefore);
            return declared;
        }

        if (SetsElement(sign))
        {
            return SetElement(sign);
        }

        WholeType? type = DeclaredType(sign, out bool isReal);
        string name = Target(sign, out int[] sides);
        string how = tokens[sign].Text;
        int place = tokens[sign].Place;
        ArrayValue? old = how == "=" ? null : Variable(name);
        at = sign + 1;
        ArrayValue value = Expression();
        if (old is not null)
        {
            used.Add(name);
            value = At(place, () => Operate(how[..1], old, value));
        }

        if (type is not null)
        {
            At(place, () => Hold(type, value));
        }

        value = isReal ? value with { IsInteger = false, Type = null } : value;
        Set(name, sides.Length == 2 && value.Rank == 1 ? At(place, () => value.Reshape(sides[0], sides[1])) : value);
        KeepTransposed(name, usedBefore);
        return name;
    }

    // ky = kx.T makes a second kernel; any other use of kx makes it a step.
    private void KeepTransposed(string name, HashSet<string> usedBefore)
    {
        string[] sources = [.. mentioned.Where(one => one != name && variables[one].Rank == 2)];
        if (transposes && sources.Length == 1 && !usedBefore.Contains(sources[0]) && variables[name].IsTransposeOf(variables[sources[0]]))
        {
            used.Remove(sources[0]);
            turned[name] = sources[0];
        }
    }

    private static ArrayValue Hold(WholeType type, ArrayValue value)
    {
        type.Check(value.Cells);
        return value;
    }

    // The type in front of a name in C: unsigned char k[3][3], std::vector<std::vector<int>> k, Mat_<uchar> k.
    private WholeType? DeclaredType(int sign, out bool isReal)
    {
        string[] names = [.. tokens[at..sign].Where(token => token.Kind == TokenKind.Name).Select(token => token.Text).SkipLast(1)];
        isReal = language == ArrayLanguage.C && names.Any(WholeType.IsReal);
        if (language != ArrayLanguage.C || isReal)
        {
            return null;
        }

        WholeType? type = names.Select(WholeType.Of).LastOrDefault(one => one is not null);
        bool isUnsigned = names.Contains("unsigned") && type is { Name: not "unsigned" };
        return isUnsigned ? WholeType.Of("u" + type!.Name.TrimStart('u')) : type;
    }

    private void Set(string name, ArrayValue value)
    {
        if (uses.ContainsKey(name))
        {
            throw Error($"{SourceText.Quote(name)} is set again after it was applied: paste one kernel alone");
        }

        if (variables.TryGetValue(name, out ArrayValue? old) && !old.IsScalar && !used.Contains(name))
        {
            throw Error($"{SourceText.Quote(name)} is set twice: paste one kernel alone, or give each a name of its own");
        }

        variables[name] = value;
        used.Remove(name);
    }

    private ArrayValue Variable(string name) =>
        variables.GetValueOrDefault(name) ?? throw Error($"{SourceText.Quote(name)} has no value here: paste the line that sets it too");

    // cv::Mat k(3, 3, CV_32F, data): the type stays in front as a call, the name goes.
    private string? DeclaredMat()
    {
        for (int i = at; i + 2 < tokens.Count && i < at + 8; i++)
        {
            bool isMat = tokens[i].Kind == TokenKind.Name && tokens[i].Text.StartsWith("Mat", StringComparison.Ordinal);
            if (isMat && tokens[i + 1].Kind == TokenKind.Name && tokens[i + 2].Is("(") && language == ArrayLanguage.C)
            {
                string name = tokens[i + 1].Text;
                tokens.RemoveAt(i + 1);
                at = i;
                return name;
            }
        }

        return null;
    }

    private int FindAssignment()
    {
        int nested = 0;
        int end = EndOfStatement();
        for (int i = at; i < end; i++)
        {
            nested += Nesting(tokens[i]);
            if (nested == 0 && tokens[i].Kind == TokenKind.Symbol && Assigning.Contains(tokens[i].Text))
            {
                return i;
            }
        }

        return -1;
    }

    // What is assigned: in Python the first name ("k: np.ndarray ="), elsewhere the last ("const float k[3][3] =").
    private string Target(int sign, out int[] sides)
    {
        List<ArrayToken> left = tokens[at..sign];
        sides = [];
        var numbers = new List<int>();
        string? name = null;
        int nested = 0;
        foreach (ArrayToken token in left)
        {
            nested += token.Is("[") ? 1 : token.Is("]") ? -1 : 0;
            if (token.Kind == TokenKind.Name && nested == 0 && (name is null || language != ArrayLanguage.Python))
            {
                name = token.Text;
                numbers.Clear();
            }
            else if (token.Kind == TokenKind.Number && nested == 1)
            {
                numbers.Add((int)Math.Min(token.Number, ArrayValue.MaxCells + 1));
            }
            else if (token.Kind is TokenKind.Number or TokenKind.String
                || (token.Is(",") && nested == 0 && language == ArrayLanguage.Python))
            {
                throw source.Error(token.Place, $"{What(token)} stands left of \"=\": set one name a line");
            }
        }

        sides = [.. numbers];
        return name ?? throw source.Error(tokens[sign].Place, "a name is missing in front of \"=\"");
    }
}
