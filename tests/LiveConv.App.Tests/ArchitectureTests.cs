using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace LiveConv.App.Tests;

/// <summary>Which assembly may know which, read from the built assemblies. The plan is docs/architecture.md.</summary>
public class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["LiveConv.Convolution"] = [],
        ["LiveConv.Networks"] = ["LiveConv.Convolution"],
        ["LiveConv.Training"] = ["LiveConv.Networks", "LiveConv.Convolution"],
        ["LiveConv.Presets"] = ["LiveConv.Convolution"],
        ["LiveConv.Pipeline"] = ["LiveConv.Presets", "LiveConv.Convolution"],
        ["LiveConv.TurboJpeg"] = [],
        ["LiveConv.Media"] = ["LiveConv.TurboJpeg", "LiveConv.Pipeline", "LiveConv.Presets", "LiveConv.Convolution"],
        ["LiveConv.OpenCv"] = ["LiveConv.Pipeline", "LiveConv.Presets", "LiveConv.Convolution"],
        ["LiveConv.Page"] = ["LiveConv.Networks", "LiveConv.Pipeline", "LiveConv.Presets", "LiveConv.Convolution"],
        ["LiveConv.Viewer"] =
            ["LiveConv.TurboJpeg", "LiveConv.Page", "LiveConv.Networks", "LiveConv.Pipeline", "LiveConv.Presets", "LiveConv.Convolution"],
        ["LiveConv.Window"] = ["LiveConv.Pipeline", "LiveConv.Presets", "LiveConv.Convolution"],
    };

    // Beside the base class library and the other assemblies.
    private static readonly Dictionary<string, string[]> AllowedPackages = new()
    {
        ["LiveConv.Convolution"] = ["System.Numerics.Tensors"],
        ["LiveConv.Networks"] = [],
        ["LiveConv.Training"] = ["System.Numerics.Tensors"],
        ["LiveConv.Presets"] = [],
        ["LiveConv.Pipeline"] = [],
        ["LiveConv.TurboJpeg"] = [],
    };

    // What the engine must know nothing of, though the base class library has it.
    private static readonly string[] NotForTheEngine =
        ["System.Threading.Channels", "System.Net", "System.Diagnostics.Process", "System.Text.Json", "System.IO.Pipes", "System.Console"];

    private static readonly string[] NotForThePresets =
        ["Microsoft.AspNetCore", "System.Net", "System.Diagnostics.Process", "System.Threading.Channels", "System.Console"];

    private static readonly string[] NotForThePipeline =
        ["Microsoft.AspNetCore", "System.Net.", "System.Diagnostics.Process", "System.Console"];

    private static readonly string[] NotForThePage =
        ["Microsoft.AspNetCore", "System.Net", "System.Diagnostics.Process", "System.Threading.Channels", "System.Console", "System.IO"];

    private static readonly string[] Built = [.. Allowed.Keys.Where(assembly => File.Exists(PathOf(assembly)))];

    public static TheoryData<string> BuiltAssemblies => [.. Built];

    [Theory]
    [MemberData(nameof(BuiltAssemblies))]
    public void Assembly_References_OnlyThoseBelowIt(string assembly)
    {
        string[] others = [.. ReferencesOf(assembly).Where(name => name.StartsWith("LiveConv.", StringComparison.Ordinal))];

        Assert.Empty(others.Except(Allowed[assembly]));
    }

    [Theory]
    [InlineData("LiveConv.Convolution")]
    [InlineData("LiveConv.Networks")]
    [InlineData("LiveConv.Training")]
    [InlineData("LiveConv.Presets")]
    [InlineData("LiveConv.Pipeline")]
    [InlineData("LiveConv.TurboJpeg")]
    public void InnerAssembly_References_NoPackageThatThePlanDoesNotName(string assembly)
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] packages = [.. ReferencesOf(assembly).Where(name =>
            !name.StartsWith("LiveConv.", StringComparison.Ordinal) && !File.Exists(Path.Combine(framework, name + ".dll")))];

        Assert.Empty(packages.Except(AllowedPackages[assembly]));
    }

    [Fact]
    public void Engine_References_NoClockFileChannelOrNetwork() =>
        Assert.DoesNotContain(ReferencesOf("LiveConv.Convolution"), name => StartsWithAny(name, NotForTheEngine));

    [Fact]
    public void Networks_References_NoFrameScreenNetworkOrProcess() =>
        Assert.DoesNotContain(ReferencesOf("LiveConv.Networks"), name => StartsWithAny(name, NotForThePresets));

    [Fact]
    public void Training_References_NoClockFileChannelOrNetwork() =>
        Assert.DoesNotContain(ReferencesOf("LiveConv.Training"), name => StartsWithAny(name, NotForTheEngine));

    [Fact]
    public void Presets_References_NoFrameScreenNetworkOrProcess() =>
        Assert.DoesNotContain(ReferencesOf("LiveConv.Presets"), name => StartsWithAny(name, NotForThePresets));

    [Fact]
    public void Pipeline_References_NoScreenNetworkOrProcess() =>
        Assert.DoesNotContain(ReferencesOf("LiveConv.Pipeline"), name => StartsWithAny(name, NotForThePipeline));

    [Fact]
    public void Page_References_NoServerSocketOrProcess() =>
        Assert.DoesNotContain(ReferencesOf("LiveConv.Page"), name => StartsWithAny(name, NotForThePage));

    // It is built for another machine, a browser: nothing here can refer to it.
    [Fact]
    public void Web_References_PageAndMediaAndNoPackage()
    {
        string project = File.ReadAllText(RepositoryFiles.PathOf("src", "LiveConv.Web", "LiveConv.Web.csproj"));

        MatchCollection references = Regex.Matches(project, """<ProjectReference Include="[^"]*/([\w.]+)\.csproj" />""");
        Assert.Equal(["LiveConv.Media", "LiveConv.Page"], references.Select(match => match.Groups[1].Value).Order());
        Assert.DoesNotContain("<PackageReference", project, StringComparison.Ordinal);
        Assert.DoesNotContain("<FrameworkReference", project, StringComparison.Ordinal);
    }

    [Fact]
    public void BuiltAssemblies_AtLeast_ThoseThatEveryMachineCanBuild() =>
        Assert.Superset(
            Allowed.Keys.Where(name => name != "LiveConv.OpenCv").ToHashSet(),
            Built.ToHashSet());

    private static bool StartsWithAny(string name, string[] prefixes) =>
        prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static string PathOf(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly + ".dll");

    private static List<string> ReferencesOf(string assembly)
    {
        using var file = new PEReader(File.OpenRead(PathOf(assembly)));
        MetadataReader metadata = file.GetMetadataReader();
        var names = new List<string>();
        foreach (AssemblyReferenceHandle handle in metadata.AssemblyReferences)
        {
            names.Add(metadata.GetString(metadata.GetAssemblyReference(handle).Name));
        }

        return names;
    }
}
