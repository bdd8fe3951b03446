namespace LiveConv.Viewer;

/// <summary>How pictures travel to the page.</summary>
public enum PageFormat
{
    /// <summary>
    /// Pictures up to 320x240 raw, above 1280x720 as JPEG where libturbojpeg is installed; between the two, raw until that proves
    /// slow for a page and JPEG quicker.
    /// </summary>
    Auto,

    /// <summary>One byte a pixel: exact, and quickest for small pictures.</summary>
    Raw,

    /// <summary>JPEG files: quicker for large pictures, and not exact.</summary>
    Jpeg,
}
