using System.Reflection;

namespace LiveConv.App;

/// <summary>The version of the program.</summary>
internal static class ProgramVersion
{
    /// <summary>As <c>--version</c> prints it: with the commit.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
