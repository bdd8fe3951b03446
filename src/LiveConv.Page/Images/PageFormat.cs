namespace LiveConv.Page;

/// <summary>How images travel to the page.</summary>
public enum PageFormat
{
    /// <summary>
    /// Images up to 320x240 raw, above 1280x720 as JPEG where libturbojpeg is installed; between the two, raw until that proves
    /// slow for a page and JPEG quicker.
    /// </summary>
    Auto,

    /// <summary>One byte a pixel: exact, and quickest for small images.</summary>
    Raw,

    /// <summary>JPEG files: quicker for large images, and not exact.</summary>
    Jpeg,
}
