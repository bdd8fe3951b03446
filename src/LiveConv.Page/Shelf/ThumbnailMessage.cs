namespace LiveConv.Page;

/// <summary>The newest image as a preset makes it, small.</summary>
/// <param name="Preset">The preset's id.</param>
/// <param name="Maps">The left and the right map; none when it is refused.</param>
/// <param name="Refused">Why there are no maps, or null.</param>
internal sealed record ThumbnailMessage(string Preset, IReadOnlyList<SmallMap> Maps, string? Refused) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "thumbnail";

    /// <summary>There are no maps.</summary>
    public static ThumbnailMessage Refuse(string preset, string why) => new(preset, [], why);
}
