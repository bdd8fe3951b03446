namespace LiveConv.Presets;

/// <summary>Whose rules an array expression follows where they differ: comments, quotes, line ends and the star.</summary>
internal enum ArrayLanguage
{
    Python,
    Matlab,
    C,
}
