namespace LiveConv.Presets;

/// <summary>
/// Reads array expressions as Python, Matlab and C write them: numbers, lists, the four operations, calls that make arrays, and
/// assignments of these. Nothing is run: what is not listed here is refused by its name.
/// </summary>
internal sealed partial class ArrayParser
{
    private const int MaxDepth = 60;
    private const int MaxStatements = 100;

    private readonly SourceText source;
    private readonly ArrayLanguage language;
    private readonly List<ArrayToken> tokens;
    private readonly Dictionary<string, ArrayValue> variables = new(StringComparer.Ordinal);
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    // Of the current statement: the arrays that it names, and whether it turns one over.
    private readonly HashSet<string> mentioned = new(StringComparer.Ordinal);
    private readonly bool cutsDivisions;

    // Kernels that are others turned over, with these.
    private readonly Dictionary<string, string> turned = new(StringComparer.Ordinal);
    private bool transposes;
    private int at;
    private int depth;

    // In brackets a blank separates: [1 -1] are two numbers, (1 -1) is none.
    private bool blankSeparates;

    private ArrayParser(SourceText source, ArrayLanguage language, bool cutsDivisions)
    {
        this.cutsDivisions = cutsDivisions;
        this.source = source;
        this.language = language;
        tokens = new ArrayLexer(source, language).Read();
    }

    /// <summary>What names appeared that only one library has.</summary>
    public KernelDialect? Named { get; private set; }

    private ArrayToken Now => tokens[at];

    private ArrayToken Following => tokens[Math.Min(at + 1, tokens.Count - 1)];

    /// <summary>What is not kept of the text. One line each.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>Reads all of a text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="language">Its language.</param>
    /// <param name="cutsDivisions">Whether a division of integers is cut to a whole number, as in C and unlike in JavaScript.</param>
    /// <returns>The arrays that no later line uses, in the order of the text, and the library that the names belong to.</returns>
    public static (IReadOnlyList<ArrayValue> Arrays, KernelDialect? Named, IReadOnlyList<string> Notices) Read(
        SourceText source, ArrayLanguage language, bool cutsDivisions)
    {
        var parser = new ArrayParser(source, language, cutsDivisions);
        return (parser.ReadStatements(), parser.Named, parser.Notices);
    }

    private KernelTextException Error(string message) => source.Error(Now.Place, message);

    private ArrayToken Take()
    {
        ArrayToken token = Now;
        at = Math.Min(at + 1, tokens.Count - 1);
        return token;
    }

    private bool TakeIf(string symbol)
    {
        bool isIt = Now.Is(symbol);
        at += isIt ? 1 : 0;
        return isIt;
    }

    private void Expect(string symbol, string why)
    {
        if (!TakeIf(symbol))
        {
            throw Error($"{What(Now)} stands where {SourceText.Quote(symbol)} {why}");
        }
    }

    // Errors of shape, reported at the position of the operator.
    private T At<T>(int place, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (KernelTextException e) when (e.Line == 0)
        {
            throw source.Error(place, e.Message);
        }
    }

    private static string What(ArrayToken token) => token.Kind == TokenKind.End ? "the end of the text" : SourceText.Quote(token.Text);
}
