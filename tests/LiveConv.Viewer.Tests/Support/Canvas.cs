using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>Reads what the page has drawn.</summary>
internal static class Canvas
{
    private const string PixelsOf = """
        (id) => {
          const canvas = document.querySelector(`#${id} canvas`);
          const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
          copy.drawImage(canvas, 0, 0);
          return Array.from(copy.getImageData(0, 0, canvas.width, canvas.height).data);
        }
        """;

    /// <summary>The red of every pixel, row by row: the brightness of a grey image.</summary>
    public static async Task<byte[]> PixelsAsync(IPage page, string figure) =>
        [.. (await ColoursAsync(page, figure)).Where((_, index) => index % 4 == 0)];

    /// <summary>Red, green, blue and opacity of every pixel, row by row.</summary>
    public static async Task<byte[]> ColoursAsync(IPage page, string figure) =>
        Array.ConvertAll(await page.EvaluateAsync<int[]>(PixelsOf, figure), value => (byte)value);

    /// <summary>Waits until a frame is drawn.</summary>
    public static Task DrawnAsync(IPage page, int sequence) =>
        page.Locator($"#left canvas[data-sequence='{sequence}']").WaitForAsync();

    /// <summary>Waits until every map in sight is drawn and stands where it stays: its first frame moves the others.</summary>
    public static async Task SettledAsync(IPage page)
    {
        await page.WaitForFunctionAsync("""
            () => [...document.querySelectorAll("main > figure")]
              .filter(figure => figure.checkVisibility() && figure.getBoundingClientRect().left < innerWidth)
              .every(figure => figure.style.getPropertyValue("--ratio"))
            """);
        await page.EvaluateAsync("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
    }
}
