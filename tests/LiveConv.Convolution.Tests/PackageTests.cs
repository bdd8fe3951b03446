using System.Diagnostics;
using System.Globalization;
using System.Text;
using LiveConv.Tests;

namespace LiveConv.Convolution.Tests;

/// <summary>A console program outside the repository that has the package and nothing else: it runs the README's examples.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Mark = "=== ";

    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
    private readonly string folder = Directory.CreateTempSubdirectory("liveconv-package-").FullName;

    [Fact]
    public async Task Readme_EveryExample_CompilesAgainstThePackageAndPrintsWhatItSays()
    {
        string project = RepositoryFiles.PathOf("src", "LiveConv.Convolution");
        IReadOnlyList<ReadmeExample> examples = ReadmeExample.Of(File.ReadAllText(Path.Combine(project, "README.md")));
        string version = string.Create(CultureInfo.InvariantCulture, $"0.0.0-readme.{Environment.ProcessId}");

        // What packing writes beside the package goes into this test's folder, too: another run may pack at the same time.
        await RunAsync(
            "pack", project, "-c", Configuration, "--no-build", "-o", Path.Combine(folder, "feed"), $"-p:MinVerVersionOverride={version}",
            $"-p:NuspecOutputPath={folder}/nuspec/", $"-p:ApiCompatValidatePackageSemaphoreFile={folder}/validated");
        Write(examples, version);

        string output = await RunAsync("run", "-c", "Release", "--project", Path.Combine(folder, "console"));

        Assert.True(examples.Count >= 4, $"{examples.Count} examples");
        string[] printed = output.ReplaceLineEndings("\n").Split(Mark)[1..];
        Assert.Equal(examples.Count, printed.Length);
        for (int i = 0; i < examples.Count; i++)
        {
            Assert.Equal($"{i}\n{examples[i].Printed}", printed[i]);
        }

        string[] packages = [.. Directory.GetFiles(Path.Combine(folder, "feed")).Select(Path.GetExtension).Order().OfType<string>()];
        Assert.Equal([".nupkg", ".snupkg"], packages);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(IReadOnlyList<ReadmeExample> examples, string version)
    {
        string console = Directory.CreateDirectory(Path.Combine(folder, "console")).FullName;
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(Path.Combine(console, "console.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <IsAotCompatible>true</IsAotCompatible>
                <InvariantGlobalization>true</InvariantGlobalization>
                <RestoreAdditionalProjectSources>../feed</RestoreAdditionalProjectSources>
                <RestorePackagesPath>../packages</RestorePackagesPath>
                <RestoreFallbackFolders>{cache}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="LiveConv.Convolution" Version="[{version}]" />
              </ItemGroup>
            </Project>
            """);
        var program = new StringBuilder();
        for (int i = 0; i < examples.Count; i++)
        {
            File.WriteAllText(Path.Combine(console, $"Example{i}.cs"), examples[i].AsClass(i));
            program.AppendLine(CultureInfo.InvariantCulture, $"Console.WriteLine(\"{Mark}{i}\");");
            program.AppendLine(CultureInfo.InvariantCulture, $"Example{i}.Run();");
        }

        File.WriteAllText(Path.Combine(console, "Program.cs"), program.ToString());
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };

        // No build server outlives the test: it would keep the output's pipes open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        string error = await errors;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{output}\n{error}");
        return output;
    }
}
