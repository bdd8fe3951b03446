namespace LiveConv.Presets;

/// <content>Lines of assignments, and lines that only prepare.</content>
internal sealed partial class ArrayParser
{
    private static readonly string[] Preparing = ["import", "from", "using", "include", "clear", "clc", "close"];
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

            // A name that no program can write stands for a line without one.
            string name = Statement($"#{count}");
            order.Remove(name);
            order.Add(name);
            ExpectEnd();
        }

        IEnumerable<ArrayValue> unused = order.Where(name => !used.Contains(name)).Select(name => variables[name]);
        List<ArrayValue> arrays = [.. unused.Where(value => !value.IsScalar)];
        return arrays.Count > 0
            ? arrays
            : throw new KernelTextException("the text has no rows of numbers such as [[1, 0, -1], [1, 0, -1], [1, 0, -1]]");
    }

    private void SkipStatement()
    {
        do
        {
            Take();
        }
        while (Now.Kind != TokenKind.End && !Now.Is(";") && !Now.AfterLine);
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
        int sign = FindAssignment();
        if (sign < 0)
        {
            string declared = DeclaredMat() ?? nameless;
            Set(declared, Expression());
            return declared;
        }

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

        Set(name, sides.Length == 2 && value.Rank == 1 ? At(place, () => value.Reshape(sides[0], sides[1])) : value);
        return name;
    }

    private void Set(string name, ArrayValue value)
    {
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
        for (int i = at; tokens[i].Kind != TokenKind.End; i++)
        {
            ArrayToken token = tokens[i];
            bool endsHere = nested == 0 && (token.Is(";") || (i > at && token.AfterLine && language != ArrayLanguage.C));
            if (endsHere)
            {
                return -1;
            }

            nested += token.Kind != TokenKind.Symbol ? 0 : token.Text is "(" or "[" or "{" ? 1 : token.Text is ")" or "]" or "}" ? -1 : 0;
            if (nested == 0 && token.Kind == TokenKind.Symbol && Assigning.Contains(token.Text))
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
