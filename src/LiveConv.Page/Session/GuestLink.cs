namespace LiveConv.Page;

/// <summary>The address that lets guests in, for the presenter to hand on.</summary>
/// <param name="Address">The address without its token, to be read.</param>
/// <param name="Link">The whole address, to be copied and drawn as a code, and never to be shown.</param>
/// <param name="Code">The link as a QR code: rows of squares, <c>1</c> for dark ones, with the light margin.</param>
public sealed record GuestLink(string Address, string Link, IReadOnlyList<string> Code);
