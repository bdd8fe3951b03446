namespace LiveConv.Web;

/// <summary>The program of a tab's worker. It does nothing by itself: the worker calls <see cref="TabExports"/>.</summary>
internal static class Program
{
    private static void Main()
    {
        // The runtime asks for it.
    }
}
