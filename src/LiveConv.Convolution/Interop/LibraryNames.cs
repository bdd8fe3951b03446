namespace LiveConv.Convolution;

/// <summary>Looks up a library's own word.</summary>
internal static class LibraryNames
{
    public static T Find<T>(string library, string parameter, string name, params ReadOnlySpan<(string Name, T Value)> known)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        foreach ((string candidate, T value) in known)
        {
            if (candidate == name)
            {
                return value;
            }
        }

        string[] all = new string[known.Length];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = known[i].Name;
        }

        throw new ArgumentException($"'{name}' is no {parameter} of {library}: it has {string.Join(", ", all)}", parameter);
    }
}
