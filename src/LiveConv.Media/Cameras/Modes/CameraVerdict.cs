namespace LiveConv.Media;

/// <summary>How good a camera is for a user who names none: the best first.</summary>
internal enum CameraRank
{
    /// <summary>It delivers images in colour, in a format that can be read here.</summary>
    Good,

    /// <summary>As good, but a program: somebody who sits in front of a camera means another one.</summary>
    Virtual,

    /// <summary>It delivers colour too, but its formats show that it is made for something else.</summary>
    Second,

    /// <summary>Its images build on others, and so come late.</summary>
    Late,

    /// <summary>It delivers no colour, or none before other software has set it up.</summary>
    Gray,

    /// <summary>It cannot be queried: there is no permission, or it fails.</summary>
    Unknown,

    /// <summary>It delivers nothing that can be read here, or nothing now.</summary>
    Unreadable,

    /// <summary>It is no camera.</summary>
    None,
}

/// <summary>What a camera can do for LiveConv.</summary>
/// <param name="Rank">How good it is.</param>
/// <param name="Problem">
/// Why it is no better, for a list that names it; null for a good one, and for what users do not take for a camera.
/// </param>
/// <param name="Message">The same as a whole sentence with its name; null for a good one.</param>
internal sealed record CameraVerdict(CameraRank Rank, string? Problem = null, string? Message = null)
{
    /// <summary>A good camera.</summary>
    public static readonly CameraVerdict Good = new(CameraRank.Good);

    /// <summary>True when it can be read here.</summary>
    public bool IsReadable => Rank <= CameraRank.Gray;

    /// <summary>True when it is read for a user who has not even requested a camera.</summary>
    public bool IsSuited => Rank <= CameraRank.Second;

    /// <summary>A camera that is not the best, or none at all.</summary>
    /// <param name="rank">How good it is.</param>
    /// <param name="title">Its display name.</param>
    /// <param name="problem">The reason, as it continues a sentence that begins with the name.</param>
    public static CameraVerdict Of(CameraRank rank, string title, string problem) => new(rank, problem, $"{title} {problem}");
}
