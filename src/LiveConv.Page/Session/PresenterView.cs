namespace LiveConv.Page;

/// <summary>What second windows follow.</summary>
/// <param name="Shown">What the presenter's page says that it shows.</param>
/// <param name="Held">The number of the image that it holds; null for none.</param>
internal sealed record PresenterView(StageView Shown, uint? Held);
