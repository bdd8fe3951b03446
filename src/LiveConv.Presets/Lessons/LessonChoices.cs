namespace LiveConv.Presets;

/// <summary>What a step of a lesson shows.</summary>
public enum LessonView
{
    /// <summary>Both maps, the camera, and both maps together.</summary>
    AllFour,

    /// <summary>Both maps.</summary>
    Pair,

    /// <summary>The left map.</summary>
    Left,

    /// <summary>The right map.</summary>
    Right,

    /// <summary>The camera.</summary>
    Camera,

    /// <summary>Both maps together.</summary>
    Magnitude,

    /// <summary>Both maps over the camera.</summary>
    Overlay,

    /// <summary>The maps of every layer, as a wall.</summary>
    Layers,
}

/// <summary>The tool that a step of a lesson opens.</summary>
public enum LessonTool
{
    /// <summary>The microscope: a small image, cell by cell.</summary>
    Microscope,

    /// <summary>How one pixel came about.</summary>
    Xray,

    /// <summary>The kernels, to edit.</summary>
    Kernels,

    /// <summary>A kernel that is learned.</summary>
    Learn,
}

/// <summary>What is computed to find the right answer of a question.</summary>
public enum LessonMeasure
{
    /// <summary>How much of both maps' brightness the left map has, 0 to 1.</summary>
    LeftShare,

    /// <summary>The mean of the left map's pixels, 0 to 255.</summary>
    LeftBrightness,

    /// <summary>The mean of the right map's pixels, 0 to 255.</summary>
    RightBrightness,

    /// <summary>The width of the left map by that of the camera's image.</summary>
    LeftScale,

    /// <summary>The width of the right map by that of the camera's image.</summary>
    RightScale,

    /// <summary>The columns of the microscope's output.</summary>
    OutputWidth,

    /// <summary>The rows of the microscope's output.</summary>
    OutputHeight,

    /// <summary>The value of the microscope's cell.</summary>
    OutputValue,

    /// <summary>How far a kernel that is learned from the microscope's output is from the one that made it.</summary>
    LearnedError,
}

/// <summary>What measures are of.</summary>
public static class LessonMeasures
{
    /// <summary>Whether a measure is of what the microscope shows; the others are of the maps.</summary>
    /// <param name="measure">The measure.</param>
    public static bool IsOfMicroscope(this LessonMeasure measure) => measure is LessonMeasure.OutputWidth or LessonMeasure.OutputHeight
        or LessonMeasure.OutputValue or LessonMeasure.LearnedError;
}
