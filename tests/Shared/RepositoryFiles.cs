namespace LiveConv.Tests;

/// <summary>Finds files of the clone that the tests run from.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (string? at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Combine(at, "LiveConv.sln")))
            {
                return at;
            }
        }

        throw new InvalidOperationException($"no LiveConv.sln above {AppContext.BaseDirectory}");
    }
}
