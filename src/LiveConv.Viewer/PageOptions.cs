namespace LiveConv.Viewer;

/// <summary>What people can choose about the page.</summary>
public sealed record PageOptions
{
    /// <summary>The port that is tried first when nobody names one.</summary>
    public const int DefaultPort = 5017;
}
