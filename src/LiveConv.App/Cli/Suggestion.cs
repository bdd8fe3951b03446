namespace LiveConv.App;

/// <summary>The name that was probably meant by a mistyped one.</summary>
internal static class Suggestion
{
    /// <summary>Finds it.</summary>
    /// <param name="typed">What was written.</param>
    /// <param name="names">What there is.</param>
    /// <returns>The nearest name, or null when none is near.</returns>
    public static string? For(string typed, IEnumerable<string> names)
    {
        (string Name, int Distance)? best = null;
        foreach (string name in names)
        {
            // A part of a name is as near as a slip of the fingers.
            bool isStart = typed.Length >= 3 && name.StartsWith(typed, StringComparison.OrdinalIgnoreCase);
            int distance = isStart ? 1 : Distance(typed.ToUpperInvariant(), name.ToUpperInvariant());
            if (best is null || distance < best.Value.Distance)
            {
                best = (name, distance);
            }
        }

        // One slip in a short word, two in a longer one; never as many as the word has letters.
        int max = typed.Length <= 3 ? 1 : 2;
        return best is { } found && found.Distance <= max && found.Distance < typed.Length ? found.Name : null;
    }

    // Letters left out, added, replaced, or two that changed places.
    private static int Distance(string a, string b)
    {
        int[,] steps = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    steps[i, j] = i + j;
                    continue;
                }

                int replaced = steps[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                steps[i, j] = Math.Min(replaced, Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    steps[i, j] = Math.Min(steps[i, j], steps[i - 2, j - 2] + 1);
                }
            }
        }

        return steps[a.Length, b.Length];
    }
}
