namespace LiveConv.Presets;

/// <summary>Whose way of writing a kernel a text follows.</summary>
public enum KernelDialect
{
    /// <summary>Numbers alone: lines of them, or a square number of them in one line.</summary>
    Numbers,

    /// <summary>Lists of rows, as JSON, Python and JavaScript write them: <c>[[1, 0, -1], …]</c>.</summary>
    List,

    /// <summary>numpy's and torch's arrays: <c>np.array([[1, 0, -1], …]) / 9</c>.</summary>
    Numpy,

    /// <summary>Matlab's and Octave's matrices: <c>[1 0 -1; 2 0 -2; 1 0 -1]</c>.</summary>
    Matlab,

    /// <summary>OpenCV's matrices in C++: <c>(Mat_&lt;float&gt;(3, 3) &lt;&lt; 1, 0, -1, …)</c>.</summary>
    OpenCv,

    /// <summary>Arrays of C, C++, C# and Java: <c>float k[3][3] = {{1, 0, -1}, …};</c>.</summary>
    C,

    /// <summary>ImageMagick's kernel strings: <c>3x3: 1,0,-1 …</c>, <c>Sobel:90</c>.</summary>
    ImageMagick,

    /// <summary>FFmpeg's filter chains: <c>convolution=0m='1 0 -1 …':0rdiv=1</c>.</summary>
    [System.Text.Json.Serialization.JsonStringEnumMemberName("ffmpeg")]
    FFmpeg,
}
