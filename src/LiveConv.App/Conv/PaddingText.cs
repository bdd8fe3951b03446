using System.Globalization;
using LiveConv.Convolution;

namespace LiveConv.App;

/// <summary>Reads <c>--padding</c>: a rule's name, or amounts such as 1 or 1,0 or before:after such as 1:2,0:0.</summary>
internal static class PaddingText
{
    public const string Takes = "amounts such as 1 or 1,0 or 1:2,0:0 (before:after), or one of valid, same, same-upper, same-lower, full "
        + "(tensorflow: SAME, VALID too)";

    public static bool IsValid(string text) =>
        text is "valid" or "same" or "same-upper" or "same-lower" or "full" or "SAME" or "VALID" || Amounts(text) is not null;

    /// <summary>Reads the padding under a convention.</summary>
    public static Padding Read(string? text, string convention) => text switch
    {
        null or "valid" => Padding.Valid,
        "SAME" or "VALID" when convention == "tensorflow" => TensorFlowConvention.Padding(text),
        "same" => convention == "tensorflow" ? TensorFlowConvention.Padding("same") : Padding.Same,
        "same-upper" => Padding.SameUpper,
        "same-lower" => Padding.SameLower,
        "full" => Padding.Full,
        _ => Amounts(text) is var (before, after)
            ? Padding.Sides(before, after)
            : throw new UsageException($"--padding takes {Takes}; got \"{text}\""),
    };

    /// <summary>Reads padding with equal amounts on both sides, for operations that support no other.</summary>
    public static PerAxis ReadSymmetric(string? text, string operation)
    {
        if (text is null or "valid")
        {
            return 0;
        }

        return Amounts(text) is var (before, after) && before.AsSpan().SequenceEqual(after)
            ? before
            : throw new UsageException($"--padding of --op {operation} takes amounts such as 1 or 1,0; got \"{text}\"");
    }

    private static (int[] Before, int[] After)? Amounts(string text)
    {
        string[] parts = text.Split(',');
        var before = new int[parts.Length];
        var after = new int[parts.Length];
        for (int a = 0; a < parts.Length; a++)
        {
            string[] sides = parts[a].Split(':');
            if (sides.Length > 2 || !ReadAmount(sides[0], out before[a]) || !ReadAmount(sides[^1], out after[a]))
            {
                return null;
            }
        }

        return (before, after);
    }

    private static bool ReadAmount(string text, out int amount) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out amount);
}
