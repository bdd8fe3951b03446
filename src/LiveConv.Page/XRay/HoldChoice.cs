namespace LiveConv.Page;

/// <summary>Which image a page asks to hold.</summary>
internal enum HoldChoice
{
    /// <summary>None: newer ones come.</summary>
    None,

    /// <summary>The newest.</summary>
    Newest,

    /// <summary>The one that the presenter's page holds, or the newest while that holds none.</summary>
    Stage,
}
