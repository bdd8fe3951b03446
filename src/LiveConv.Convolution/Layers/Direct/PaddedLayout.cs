namespace LiveConv.Convolution;

/// <summary>
/// Where the elements of a padded image lie: channel by channel, row by row, and each row split by the stride's phases
/// (elements 0, s, 2s, … first, then 1, s+1, …), so that the inputs of neighbouring outputs are neighbours too.
/// </summary>
internal readonly struct PaddedLayout
{
    /// <summary>Alignment of the first row in bytes: a cache line.</summary>
    public const int Alignment = 64;

    // A vector load at the end of the last row may reach beyond it, and the first row may start a line late.
    private const int Slack = 128 + Alignment;

    // Long rows start on cache lines, so that the first tap's vectors do not lie across two.
    private const int Line = 16;
    private const int LongRow = 64;

    public PaddedLayout(Window window, int channels)
    {
        Window = window;
        Channels = channels;

        // A single output has no neighbours; and its stride, of any length, must not stretch the row.
        Phases = window.Width.Output == 1 ? 1 : window.Width.Stride;
        long phasePitch = ((long)window.Width.Padded + Phases - 1) / Phases;
        phasePitch = phasePitch < LongRow ? phasePitch : (phasePitch + Line - 1) / Line * Line;
        Int128 slice = (Int128)phasePitch * Phases * window.Height.Padded;
        Int128 length = slice * window.Depth.Padded * channels + Slack;
        if (length > Array.MaxLength)
        {
            throw Shapes.Error("input", $"the padded input would have {length} elements; the limit is {Array.MaxLength}");
        }

        PhasePitch = (int)phasePitch;
        RowPitch = (nint)PhasePitch * Phases;
        SlicePitch = (nint)slice;
        ChannelPitch = SlicePitch * window.Depth.Padded;
        Length = (int)length;
    }

    public Window Window { get; }

    public int Channels { get; }

    public int Phases { get; }

    public int PhasePitch { get; }

    public nint RowPitch { get; }

    public nint SlicePitch { get; }

    public nint ChannelPitch { get; }

    public int Length { get; }

    /// <summary>Padded rows of a channel, in all its depth slices.</summary>
    public int Rows => checked(Window.Depth.Padded * Window.Height.Padded);

    /// <summary>The first address on a cache line; <see cref="Length"/> has room for it.</summary>
    public static unsafe T* Align<T>(T* memory)
        where T : unmanaged => (T*)(((nint)memory + Alignment - 1) & -Alignment);

    /// <summary>Distance from the window's first tap to another, for neighbouring outputs alike.</summary>
    public nint TapOffset(int channel, int depth, int row, int column)
    {
        int q = column * Window.Width.Dilation;
        return channel * ChannelPitch + (nint)depth * Window.Depth.Dilation * SlicePitch + (nint)row * Window.Height.Dilation * RowPitch
            + (nint)(q % Phases) * PhasePitch + q / Phases;
    }

    /// <summary>The position of the window's first tap for the first output of a row.</summary>
    public nint RowOrigin(int outputDepth, int outputRow) =>
        (nint)outputDepth * Window.Depth.Stride * SlicePitch + (nint)outputRow * Window.Height.Stride * RowPitch;
}
