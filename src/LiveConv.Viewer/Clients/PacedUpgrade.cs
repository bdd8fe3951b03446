using LiveConv.Page;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LiveConv.Viewer;

/// <summary>Upgrades a request to a connection whose frames are read at a bounded rate.</summary>
/// <param name="upgrade">The server's way to upgrade it.</param>
/// <param name="context">The request, with the rates of the page that it is to become.</param>
internal sealed class PacedUpgrade(IHttpUpgradeFeature upgrade, HttpContext context) : IHttpUpgradeFeature
{
    /// <inheritdoc/>
    public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

    /// <summary>Puts it in the place of the server's own.</summary>
    /// <param name="context">The request.</param>
    public static void Apply(HttpContext context)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { } upgrade)
        {
            context.Features.Set<IHttpUpgradeFeature>(new PacedUpgrade(upgrade, context));
        }
    }

    /// <inheritdoc/>
    public async Task<Stream> UpgradeAsync() =>
        new PacedFrames(await upgrade.UpgradeAsync().ConfigureAwait(false), context.Features.GetRequiredFeature<PageRates>().Frames);
}
