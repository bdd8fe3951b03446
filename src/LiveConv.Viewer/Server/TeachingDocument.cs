using System.Net;
using System.Reflection;
using System.Text;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LiveConv.Viewer;

/// <summary><c>docs/convolution.md</c> as a page: what a convolution is, step by step. The page's tools link to its headings.</summary>
internal static class TeachingDocument
{
    /// <summary>Where it is served.</summary>
    public const string Name = "convolution.html";

    // The page that it is put in.
    private const string Template = "/document.html";

    private const string Resource = "document/convolution.md";
    private static readonly Lazy<byte[]> Rendered = new(() => Encoding.UTF8.GetBytes(Render(Read())));

    /// <summary>The document, as HTML in UTF-8.</summary>
    public static byte[] Html => Rendered.Value;

    // Headings get the addresses that GitHub gives them.
    private static string Render(string markdown)
    {
        MarkdownPipeline pipeline =
            new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).DisableHtml().Build();
        MarkdownDocument document = Markdown.Parse(markdown, pipeline);
        using var body = new StringWriter();
        var renderer = new HtmlRenderer(body);
        pipeline.Setup(renderer);

        // What is wider than a small window is scrolled, by keys too.
        renderer.ObjectRenderers.FindExact<CodeBlockRenderer>()!.OutputAttributesOnPre = true;
        foreach (CodeBlock code in document.Descendants<CodeBlock>())
        {
            code.GetAttributes().AddProperty("tabindex", "0");
        }

        renderer.Render(document);
        HeadingBlock[] headings = [.. document.Descendants<HeadingBlock>()];
        string contents = string.Concat(headings.Where(heading => heading.Level == 2).Select(LinkTo));
        return Encoding.UTF8.GetString(PageAssets.Find(Template)!.Value.Content)
            .Replace("{title}", WebUtility.HtmlEncode(TextOf(headings[0])), StringComparison.Ordinal)
            .Replace("{contents}", contents, StringComparison.Ordinal)
            .Replace("{body}", body.ToString(), StringComparison.Ordinal);
    }

    private static string LinkTo(HeadingBlock heading) =>
        $"<li><a href=\"#{heading.TryGetAttributes()?.Id}\">{WebUtility.HtmlEncode(TextOf(heading))}</a></li>";

    private static string TextOf(HeadingBlock heading) =>
        string.Concat(heading.Inline!.Descendants<LiteralInline>().Select(literal => literal.Content.ToString()));

    private static string Read()
    {
        Assembly here = typeof(TeachingDocument).Assembly;
        using var reader = new StreamReader(here.GetManifestResourceStream(Resource)!);
        return reader.ReadToEnd();
    }
}
