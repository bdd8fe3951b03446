using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.Build.Framework;

/// <summary>
/// A step of the build: docs/convolution.md as the page convolution.html, so that the program needs no Markdown.
/// </summary>
public sealed class RenderDocument : Microsoft.Build.Utilities.Task
{
    /// <summary>The Markdown file.</summary>
    [Required]
    public string Document { get; set; }

    /// <summary>The HTML that it is put in: {title}, {contents} and {body} are replaced.</summary>
    [Required]
    public string Template { get; set; }

    /// <summary>The HTML file that is written.</summary>
    [Required]
    public string Output { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        File.WriteAllText(Output, Render(File.ReadAllText(Document), File.ReadAllText(Template)));
        return true;
    }

    // Headings get the addresses that GitHub gives them.
    private static string Render(string markdown, string template)
    {
        MarkdownPipeline pipeline =
            new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).DisableHtml().Build();
        MarkdownDocument document = Markdown.Parse(markdown, pipeline);
        using (var body = new StringWriter())
        {
            var renderer = new HtmlRenderer(body);
            pipeline.Setup(renderer);

            // What is wider than a small window is scrolled, by keys too.
            renderer.ObjectRenderers.FindExact<CodeBlockRenderer>().OutputAttributesOnPre = true;
            foreach (CodeBlock code in document.Descendants<CodeBlock>())
            {
                code.GetAttributes().AddProperty("tabindex", "0");
            }

            renderer.Render(document);
            HeadingBlock[] headings = document.Descendants<HeadingBlock>().ToArray();
            return template
                .Replace("{title}", WebUtility.HtmlEncode(TextOf(headings[0])))
                .Replace("{contents}", string.Concat(headings.Where(heading => heading.Level == 2).Select(LinkTo)))
                .Replace("{body}", body.ToString());
        }
    }

    private static string LinkTo(HeadingBlock heading)
    {
        return $"<li><a href=\"#{heading.TryGetAttributes()?.Id}\">{WebUtility.HtmlEncode(TextOf(heading))}</a></li>";
    }

    private static string TextOf(HeadingBlock heading)
    {
        return string.Concat(heading.Inline.Descendants<LiteralInline>().Select(literal => literal.Content.ToString()));
    }
}
