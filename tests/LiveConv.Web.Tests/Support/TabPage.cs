using Microsoft.Playwright;

namespace LiveConv.Web.Tests;

/// <summary>A page in a profile of its own, with what it said and requested.</summary>
internal sealed class TabPage : IAsyncDisposable
{
    private readonly IBrowserContext context;

    public TabPage(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        context.Request += (_, request) => Requests.Add(request.Url);
        Complaints = SystemChromium.ComplaintsOf(page);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of its console.</summary>
    public List<string> Complaints { get; }

    /// <summary>All addresses that it requested.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Waits until images are drawn that are newer than those now.</summary>
    public Task DrawnAsync() => Page.WaitForFunctionAsync(
        """
        async () => {
          const number = () => Number(document.querySelector("#left canvas").dataset.sequence ?? -1);
          const before = number();
          while (number() <= before + 1) {
            await new Promise((drawn) => setTimeout(drawn, 10));
          }
          return true;
        }
        """);

    public async ValueTask DisposeAsync() => await context.CloseAsync();
}
