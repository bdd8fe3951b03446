namespace LiveConv.Viewer;

/// <summary>How pictures travel to the page.</summary>
public enum PageFormat
{
    /// <summary>Small pictures raw, pictures above 640x480 as JPEG where libturbojpeg is installed.</summary>
    Auto,

    /// <summary>One byte a pixel: exact, and quickest for small pictures.</summary>
    Raw,

    /// <summary>JPEG files: quicker for large pictures, and not exact.</summary>
    Jpeg,
}
