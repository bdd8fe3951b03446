namespace LiveConv.Page;

/// <summary>What a page may do.</summary>
public enum PageRole
{
    /// <summary>Controls the run: ends, pauses and records it, and chooses and edits what is shown, for everybody.</summary>
    Presenter,

    /// <summary>Looks, and changes only what that page itself shows.</summary>
    Guest,
}
