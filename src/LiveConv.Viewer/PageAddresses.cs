namespace LiveConv.Viewer;

/// <summary>Where a page that is served can be opened. All of them but <see cref="Browser"/> work until the end of the run.</summary>
/// <param name="Presenter">For the presenter; where others may open the page, with the presenter's token.</param>
/// <param name="Guest">For guests, with their token; null while the page is served to this machine only.</param>
/// <param name="Browser">For this machine's browser, as the presenter's; where there are tokens, with one that works once.</param>
/// <param name="All">Every address that may lead here, as <paramref name="Guest"/> or, without guests, as <paramref name="Presenter"/>
/// is: the one that others reach best first.</param>
public sealed record PageAddresses(Uri Presenter, Uri? Guest, Uri Browser, IReadOnlyList<PageAddress> All);

/// <summary>One address of a page.</summary>
/// <param name="Address">The address.</param>
/// <param name="Way">What it goes through: a network interface, a name, a proxy.</param>
public sealed record PageAddress(Uri Address, string Way);
