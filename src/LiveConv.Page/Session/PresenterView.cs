namespace LiveConv.Page;

/// <summary>What the presenter's page shows, for second windows to follow.</summary>
/// <param name="View">The key of the view.</param>
/// <param name="Signed">Whether maps are shown with their sign.</param>
/// <param name="Lens">The pixel that is explained; null for none.</param>
/// <param name="Held">The number of the image that the page holds; null for none.</param>
internal sealed record PresenterView(string View, bool Signed, PixelQuestion? Lens, uint? Held);
