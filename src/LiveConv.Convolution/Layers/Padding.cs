namespace LiveConv.Convolution;

/// <summary>
/// How much is added around the input: amounts, or a rule that finds them. What is added is decided by
/// <see cref="ConvOptions.Border"/>. Immutable.
/// </summary>
public sealed class Padding
{
    private readonly Rule rule;
    private readonly PerAxis before;
    private readonly PerAxis after;

    private Padding(Rule rule, PerAxis before = default, PerAxis after = default)
    {
        this.rule = rule;
        this.before = before;
        this.after = after;
    }

    private enum Rule
    {
        Amounts,
        Valid,
        Full,
        Same,
        SameUpper,
        SameLower,
    }

    /// <summary>None: only whole windows.</summary>
    public static Padding Valid { get; } = new(Rule.Valid);

    /// <summary><c>dilation*(kernel - 1)</c> at each side: every window that touches the input.</summary>
    public static Padding Full { get; } = new(Rule.Full);

    /// <summary>As torch means it: output as large as the input, stride 1 only, the odd one after.</summary>
    public static Padding Same { get; } = new(Rule.Same);

    /// <summary>
    /// TensorFlow's and ONNX's rule at any stride: output = ceil(input / stride), in all
    /// <c>max((output - 1)*stride + dilation*(kernel - 1) + 1 - input, 0)</c>, the odd one after.
    /// </summary>
    public static Padding SameUpper { get; } = new(Rule.SameUpper);

    /// <summary>As <see cref="SameUpper"/>, the odd one before.</summary>
    public static Padding SameLower { get; } = new(Rule.SameLower);

    /// <summary>The same amount at every side.</summary>
    /// <param name="amount">Elements, at least 0.</param>
    public static implicit operator Padding(int amount) => Of(amount);

    /// <summary>Amounts at both sides of each axis.</summary>
    /// <param name="amounts">Elements, at least 0: one number for all axes or one for each.</param>
    /// <returns>The padding.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static Padding Of(PerAxis amounts) => Sides(amounts, amounts);

    /// <summary>Amounts for each side of each axis.</summary>
    /// <param name="before">Elements before the first, at least 0: one number for all axes or one for each.</param>
    /// <param name="after">Elements after the last, at least 0: one number for all axes or one for each.</param>
    /// <returns>The padding.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static Padding Sides(PerAxis before, PerAxis after)
    {
        before.Check(Math.Max(before.Count, 1), 0, nameof(before));
        after.Check(Math.Max(after.Count, 1), 0, nameof(after));
        return new(Rule.Amounts, before, after);
    }

    /// <inheritdoc/>
    public override string ToString() => rule switch
    {
        Rule.Amounts => before == after ? before.ToString() : $"{before} before, {after} after",
        Rule.SameUpper => "same-upper",
        Rule.SameLower => "same-lower",
        Rule.Same => "same",
        Rule.Full => "full",
        _ => "valid",
    };

    /// <summary>Checks the amounts against the number of axes.</summary>
    internal void Check(int axes)
    {
        if (rule == Rule.Amounts)
        {
            before.Check(axes, 0, "padding");
            after.Check(axes, 0, "padding");
        }
    }

    /// <summary>The amounts for one axis.</summary>
    internal (int Before, int After) Resolve(int axis, int input, int kernel, int stride, int dilation)
    {
        long reach = (long)dilation * (kernel - 1);
        switch (rule)
        {
            case Rule.Amounts:
                return (before[axis], after[axis]);
            case Rule.Valid:
                return (0, 0);
            case Rule.Full:
                return (checked((int)reach), checked((int)reach));
            case Rule.Same when stride != 1:
                throw Shapes.Error(
                    "padding",
                    $"padding 'same' is for stride 1, as in torch; axis {axis} has stride {stride} (same-upper and same-lower take any)");
            case Rule.Same:
                return Split(reach, oddAfter: true);
            default:
                long output = (input + (long)stride - 1) / stride;
                return Split(Math.Max((output - 1) * stride + reach + 1 - input, 0), rule == Rule.SameUpper);
        }
    }

    private static (int Before, int After) Split(long total, bool oddAfter)
    {
        int half = checked((int)(total / 2));
        int rest = checked((int)(total - half));
        return oddAfter ? (half, rest) : (rest, half);
    }
}
