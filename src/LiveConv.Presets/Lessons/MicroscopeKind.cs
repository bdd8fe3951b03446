namespace LiveConv.Presets;

/// <summary>What the microscope does with a small image.</summary>
public enum MicroscopeKind
{
    /// <summary>A kernel slides over it: correlation or convolution.</summary>
    Convolution,

    /// <summary>Each value places a whole kernel in a larger output; overlaps are added up.</summary>
    Transposed,

    /// <summary>Each window becomes its largest value.</summary>
    MaxPool,

    /// <summary>Each window becomes its mean.</summary>
    AveragePool,
}
