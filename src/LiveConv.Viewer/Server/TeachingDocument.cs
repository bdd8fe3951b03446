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
    public const string Name = "docs/convolution.html";

    private const string Resource = "document/convolution.md";
    private static readonly Lazy<byte[]> Rendered = new(() => Encoding.UTF8.GetBytes(Render(Read())));

    /// <summary>The document, as HTML in UTF-8.</summary>
    public static byte[] Html => Rendered.Value;

    /// <summary>Renders a document.</summary>
    /// <param name="markdown">Its text. Headings get the addresses that GitHub gives them.</param>
    internal static string Render(string markdown)
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
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="dark light">
              <title>{WebUtility.HtmlEncode(TextOf(headings[0]))} – LiveConv</title>
              <link rel="icon" href="../icon.svg" type="image/svg+xml">
              <link rel="stylesheet" href="../style/base.css">
              <link rel="stylesheet" href="../style/document.css">
            </head>
            <body class="document">
              <nav aria-label="Contents"><a class="back" href="../">LiveConv</a><ul>{contents}</ul></nav>
              <main>
            {body}
              </main>
            </body>
            </html>

            """;
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
