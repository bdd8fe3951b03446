using System.Reflection;

namespace LiveConv.Networks.Tests;

/// <summary>A trained network that a package of NuGet holds.</summary>
internal static class ResNet18
{
    public static string Path { get; } =
        typeof(ResNet18).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "ResNet18").Value!;

    public static byte[] Content { get; } = File.ReadAllBytes(Path);
}
