using System.Text.Json;

namespace LiveConv.Page;

/// <summary>What the presenter's page says that it shows.</summary>
/// <param name="View">The key of the view.</param>
/// <param name="Signed">Whether maps are shown with their sign.</param>
/// <param name="Lens">The pixel that is explained; null for none.</param>
/// <param name="Wall">Whether the layers are shown as a wall.</param>
/// <param name="Black">Whether the page is blacked out.</param>
/// <param name="Theme">Its colours; null for those of the browser that follows.</param>
/// <param name="Microscope">What the microscope shows; null while it is closed.</param>
/// <param name="Lesson">The step of a lesson; null for none.</param>
/// <param name="Enlarged">The map of the wall that is shown large; null for none.</param>
/// <param name="Smooth">Whether pixels are drawn smooth.</param>
/// <param name="Learning">Which kernel is learned; null while that tool is closed.</param>
internal sealed record StageView(
    string View,
    bool Signed,
    PixelQuestion? Lens,
    bool Wall = false,
    bool Black = false,
    PageTheme? Theme = null,
    MicroscopeRequest? Microscope = null,
    StageLesson? Lesson = null,
    LayerMap? Enlarged = null,
    bool Smooth = false,
    StageLearning? Learning = null)
{
    /// <summary>Reads the body of a message.</summary>
    /// <param name="json">The body.</param>
    /// <exception cref="FormatException">It is no such view.</exception>
    public static StageView Read(ReadOnlySpan<byte> json)
    {
        try
        {
            StageView? view = JsonSerializer.Deserialize(json, BodyJson.Default.StageView);
            if (view is not { View.Length: 1 })
            {
                throw new FormatException("the view of \"stage\" is one key");
            }

            view.Microscope?.Check();
            return view;
        }
        catch (JsonException e)
        {
            throw new FormatException("\"stage\" has view, signed and lens, and may have wall, black, theme and what is open", e);
        }
    }
}

/// <summary>The colours of a page.</summary>
internal enum PageTheme
{
    /// <summary>Dark on light.</summary>
    Light,

    /// <summary>Light on dark.</summary>
    Dark,
}

/// <summary>The step of a lesson that a page shows.</summary>
/// <param name="Id">The lesson's id.</param>
/// <param name="Step">The step's number, from 0.</param>
/// <param name="Answer">The number of the answer that was chosen, from 0; null before.</param>
/// <param name="Language">The language of its texts.</param>
internal sealed record StageLesson(string Id, int Step, int? Answer, string Language);

/// <summary>Which kernel a page learns.</summary>
/// <param name="Map">0 that of the left map, 1 that of the right one.</param>
/// <param name="Width">Columns of the kernel to find.</param>
/// <param name="Height">Rows of the kernel to find.</param>
/// <param name="Running">Whether it is being learned now.</param>
internal sealed record StageLearning(int Map, int Width, int Height, bool Running);
