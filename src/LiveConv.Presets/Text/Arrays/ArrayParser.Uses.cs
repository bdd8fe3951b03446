using System.Text.RegularExpressions;
using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <content>Lines that apply kernels to images, and what stands around these.</content>
internal sealed partial class ArrayParser
{
    // What reads, shows and writes images. None of these changes a kernel.
    private static readonly HashSet<string> Surrounding =
    [
        "imread", "imwrite", "imshow", "imsave", "waitKey", "destroyAllWindows", "destroyWindow", "namedWindow", "VideoCapture", "cvtColor",
        "show", "figure", "subplot", "title", "axis", "print", "disp", "rgb2gray", "im2gray", "im2double",
    ];

    // Names of what is no kernel, and those among them that a filter made.
    private readonly HashSet<string> images = new(StringComparer.Ordinal);
    private readonly HashSet<string> results = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KernelUse> uses = new(StringComparer.Ordinal);

    private bool SkipSurrounding()
    {
        int end = EndOfStatement();
        int sign = FindAssignment();
        int start = sign < 0 ? at : sign + 1;
        List<ArrayToken> all = tokens[at..end];
        bool isDeclaration = language == ArrayLanguage.C && sign < 0 && all.Count(token => token.Kind == TokenKind.Name) > 1
            && all.TrueForAll(token => token.Kind == TokenKind.Name || token.Is(",") || token.Is("::"));
        bool namesKernel = all.Exists(
            token => token.Kind == TokenKind.Name && variables.GetValueOrDefault(token.Text) is { IsScalar: false });
        string[] call = NameOfCall(start);
        bool isSurrounding = call.Length > 0 && (call[0] == "plt" || Surrounding.Contains(call[^1])) && (sign < 0 || !namesKernel);
        bool isAboutImages = !namesKernel && !(call.Length > 0 && Filtering().IsMatch(call[^1]))
            && tokens[start..end].Exists(token => token.Kind == TokenKind.Name && images.Contains(token.Text));
        if (!isDeclaration && !isSurrounding && !isAboutImages)
        {
            return false;
        }

        images.UnionWith(NamesIn(at, isDeclaration ? end : Math.Max(at, sign)));
        if (!isDeclaration)
        {
            Note("of this code the kernels are kept, and how they are applied, but not what else it does with images");
        }

        at = end;
        return true;
    }

    // dst = cv2.filter2D(src, -1, kernel)
    private bool TakeUse(string nameless)
    {
        int sign = FindAssignment();
        int start = sign < 0 ? at : sign + 1;
        string[] parts = NameOfCall(start);
        if (parts.Length == 0 || FilterFunction.Of(language, parts) is not { } function)
        {
            return false;
        }

        List<string> made = [.. NamesIn(at, Math.Max(at, sign))];
        int place = tokens[start].Place;
        at = start + 2 * parts.Length;
        var use = new KernelUse(parts[^1], function.Operation, function.Border);
        string? kernel = null;
        int position = 0;
        while (!TakeIf(")"))
        {
            FilterArgument kind = Parameter(function, use.Function, ref position);
            if (kind == FilterArgument.Kernel)
            {
                kernel = KernelArgument(nameless);
            }
            else
            {
                use = Argument(kind, use, made);
            }

            if (!Now.Is(")"))
            {
                Expect(",", "or \")\" should follow");
            }
        }

        Apply(kernel ?? throw source.Error(place, $"this {use.Function} has no kernel"), use, place);
        images.UnionWith(made);
        results.UnionWith(made);
        return true;
    }

    private void Apply(string kernel, KernelUse use, int place)
    {
        ArrayValue array = variables[kernel];
        if (uses.Values.FirstOrDefault(other => other with { Function = use.Function } != use) is { } first)
        {
            throw source.Error(
                place, $"this {use.Function} and the {first.Function} before it apply kernels in unequal ways: paste one of them");
        }

        // Elsewhere the centre of an even side is another one.
        if (use.Function != "filter2D" && (array.Width % 2 == 0 || array.Height % 2 == 0))
        {
            throw source.Error(place, $"{use.Function} with a kernel of an even side is not read: paste the kernel alone");
        }

        if (use.Anchor is { } anchor && (anchor.X >= array.Width || anchor.Y >= array.Height))
        {
            throw source.Error(place, $"the anchor lies outside the kernel of {array.Width}x{array.Height}");
        }

        uses[kernel] = use;
    }

    private FilterArgument Parameter(FilterFunction function, string name, ref int position)
    {
        ArrayToken token = Now;
        int index = position++;
        if (token.Kind == TokenKind.Name && Following.Is("="))
        {
            at += 2;
            index = Array.FindIndex(function.Parameters, parameter => parameter.Name == token.Text);
        }

        return index >= 0 && index < function.Parameters.Length
            ? function.Parameters[index].Kind
            : throw source.Error(token.Place, $"{What(token)} is no argument of {name} that is read: paste the kernel alone");
    }

    private string KernelArgument(string nameless)
    {
        bool isAlone = Now.Kind == TokenKind.Name && (Following.Is(",") || Following.Is(")"));
        string name = isAlone ? Now.Text : nameless;
        ArrayValue value = isAlone ? Variable(Take().Text) : Expression();
        variables[name] = value.IsScalar ? throw Error("the kernel of a filter has rows of numbers, and this is one number") : value;
        return name;
    }

    private KernelUse Argument(FilterArgument kind, KernelUse use, List<string> made)
    {
        int start = at;
        ArrayToken first = Now;
        SkipArgument();
        List<ArrayToken> words = tokens[start..at];
        string text = source.Text[first.Place..Now.Place].Trim();
        string word = words[^1].Text;
        switch (kind)
        {
            case FilterArgument.Image when words.Exists(token => results.Contains(token.Text) && !made.Contains(token.Text)):
                throw source.Error(first.Place, $"{SourceText.Quote(text)} is the result of another filter: paste one of them");
            case FilterArgument.Result:
                made.AddRange(words.Where(token => token.Kind == TokenKind.Name).Select(token => token.Text));
                return use;
            case FilterArgument.Depth:
                string cuts = text == "-1" || word.StartsWith("CV_8U", StringComparison.Ordinal)
                    ? " (OpenCV cuts sums below 0 with this one, as the response positive does)" : "";
                Note($"ddepth is not kept: the preset's response makes pixels of the sums{cuts}");
                return use;
            case FilterArgument.Extent when word is not ("same" or "full" or "valid"):
                throw source.Error(
                    first.Place, $"{SourceText.Quote(text)} is no argument of {use.Function} that is read: paste the kernel alone");
            case FilterArgument.Extent when word is not "same":
                Note($"{SourceText.Quote(word)} is not kept: maps have the image's size");
                return use;
            case FilterArgument.Border:
                BorderMode? border = FilterFunction.BorderOf(word);
                return use with { Border = border ?? throw source.Error(first.Place, $"the border {SourceText.Quote(text)} is not read") };
            case FilterArgument.Bias:
                return use with { Bias = (float)NumbersOf(words, text)[0] };
            case FilterArgument.Zero when NumbersOf(words, text)[0] != 0:
                throw source.Error(first.Place, $"of this argument of {use.Function} only 0 is read");
            case FilterArgument.Anchor:
                double[] place = NumbersOf(words, text);
                return place is [-1, -1] ? use
                    : place is [>= 0 and <= MaxSide and var x, >= 0 and <= MaxSide and var y] ? use with { Anchor = ((int)x, (int)y) }
                    : throw source.Error(first.Place, $"the anchor {SourceText.Quote(text)} is no column and row of the kernel");
            default:
                return use;
        }
    }

    // The numbers in 128, (-1, -1), Point(0, 1).
    private double[] NumbersOf(List<ArrayToken> words, string text)
    {
        double[] numbers = [.. words.Select((word, i) => (word, IsNegative: i > 0 && words[i - 1].Is("-")))
            .Where(one => one.word.Kind == TokenKind.Number)
            .Select(one => one.IsNegative ? -one.word.Number : one.word.Number)];
        bool isPlain = words.TrueForAll(
            word => word.Kind is TokenKind.Number || word.Text is "-" or "(" or ")" or "," or "Point" or "cv" or "::" or "new");
        return isPlain && numbers.Length > 0
            ? numbers
            : throw source.Error(words[0].Place, $"{SourceText.Quote(text)} stands where a plain number should");
    }

    private void SkipArgument()
    {
        int nested = 0;
        int start = at;
        while (Now.Kind != TokenKind.End && !(nested == 0 && (Now.Is(",") || Now.Is(")"))))
        {
            nested += Nesting(Take());
        }

        if (at == start)
        {
            throw Error($"{What(Now)} stands where an argument should");
        }
    }

    // The name in front of an opening parenthesis, between its points; empty where there is none.
    private string[] NameOfCall(int start)
    {
        var parts = new List<string>();
        int i = start;
        while (tokens[i].Kind == TokenKind.Name)
        {
            parts.Add(tokens[i].Text);
            if (tokens[i + 1].Is("("))
            {
                return [.. parts];
            }

            if (!tokens[i + 1].Is(".") && !tokens[i + 1].Is("::"))
            {
                break;
            }

            i += 2;
        }

        return [];
    }

    // What is set there: "src" and "dst" of "Mat src, dst".
    private string[] NamesIn(int start, int end) =>
    [
        .. Enumerable.Range(start, end - start)
            .Where(i => tokens[i].Kind == TokenKind.Name && (i + 1 == end || tokens[i + 1].Is(",") || tokens[i + 1].Is("]")))
            .Select(i => tokens[i].Text),
    ];

    // filter2D, imfilter, conv2, fftconvolve, correlate1d; not convertScaleAbs.
    [GeneratedRegex("filter|corr|conv(?!ert)", RegexOptions.IgnoreCase)]
    private static partial Regex Filtering();

    private void Note(string notice)
    {
        if (!Notices.Contains(notice))
        {
            Notices.Add(notice);
        }
    }
}
