using System.Globalization;
using System.Runtime.InteropServices;

namespace LiveConv.Packages.Tests;

/// <summary>The program compiled ahead of time: small, quick to start, and with the bytes of the one that the runtime compiles.</summary>
[Collection(PublishedPrograms.Collection)]
public sealed class AheadOfTimeTests(PublishedPrograms programs)
{
    // Measured: 21.3 MB, of which networks and training have two.
    private const long MaxBytes = 22_000_000;
    private static readonly TimeSpan MaxStart = TimeSpan.FromMilliseconds(60);

    [SkippableFact]
    public async Task Publish_IsSmall()
    {
        string folder = await programs.Aot;
        long bytes = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".dbg", StringComparison.Ordinal)).Sum(path => new FileInfo(path).Length);
        Assert.InRange(bytes, 1, MaxBytes);
    }

    [SkippableFact]
    public async Task Start_ToTheFirstFrame_IsQuick()
    {
        string program = PublishedPrograms.Program(await programs.Aot);
        TimeSpan best = TimeSpan.MaxValue;
        for (int run = 0; run < 30 && best > MaxStart; run++)
        {
            best = TimeSpan.FromTicks(Math.Min(
                best.Ticks, (await CommandRun.DoneAsync(program, ["--source", "test", "--frames", "1", "--view", "none"])).Time.Ticks));
        }

        Assert.InRange(best, TimeSpan.Zero, MaxStart);
    }

    [SkippableTheory]
    [InlineData("sobel")]
    [InlineData("unsharp")]
    [InlineData("gabor")]
    [InlineData("canny")]
    [InlineData("temporal-16")]
    public async Task Process_HasTheBytesOfTheOther(string preset)
    {
        string[] folders = [await programs.Aot, await programs.Built];
        using var folder = new TemporaryFolder();
        string video = Path.Combine(folder.Path, "video.y4m");
        await CommandRun.DoneAsync(
            PublishedPrograms.Program(folders[1]),
            [
                "--source", "test", "--size", "333x117", "--pace", "max", "--frames", "20", "--view", "none", "--record", video,
                "--record-what", "camera",
            ]);
        var maps = new List<byte[]>();
        foreach (string from in folders)
        {
            string output = Path.Combine(folder.Path, $"{maps.Count}.y4m");
            await CommandRun.DoneAsync(PublishedPrograms.Program(from), ["process", video, output, "--preset", preset]);
            maps.Add(await File.ReadAllBytesAsync(output));
        }

        Assert.Equal(maps[1], maps[0]);
    }

    // What the package's README names. The runtime's program may use no more than what the other was published for.
    [SkippableTheory]
    [InlineData("x86-64-v3", "0")]
    [InlineData("native", "1")]
    public async Task Layer_OfAProgramThatUsesThePackage_IsAsFastAsTheRuntimes(string instructionSet, string avx512)
    {
        _ = await programs.Aot;
        Skip.IfNot(RuntimeInformation.OSArchitecture == Architecture.X64, "only for x64 there is something to choose");
        using var folder = new TemporaryFolder();
        folder.Write("nuget.config", $"""
            <configuration>
              <packageSources><add key="here" value="{await programs.Feed}" /></packageSources>
              <packageSourceMapping />
            </configuration>
            """);
        string version = Path.GetFileNameWithoutExtension(Directory.GetFiles(await programs.Feed, "LiveConv.Convolution.*.nupkg")[0])
            ["LiveConv.Convolution.".Length..];
        folder.Write("Consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <IlcInstructionSet>{instructionSet}</IlcInstructionSet>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="LiveConv.Convolution" Version="[{version}]" /></ItemGroup>
            </Project>
            """);
        folder.Write("Program.cs", """
            using System.Diagnostics;
            using System.Numerics.Tensors;
            using LiveConv.Convolution;

            const int Channels = 64, Side = 56;
            float[] weight = [.. Enumerable.Range(0, Channels * Channels * 9).Select(i => i % 7 - 3f)];
            var layer = new Conv2D(
                new ReadOnlyTensorSpan<float>(weight, [Channels, Channels, 3, 3]), options: new ConvOptions { Padding = 1 });
            float[] input = [.. Enumerable.Range(0, Channels * Side * Side).Select(i => i % 5 - 2f)];
            float[] output = new float[input.Length];
            double best = double.MaxValue;
            for (int run = 0; run < 400; run++)
            {
                long start = Stopwatch.GetTimestamp();
                layer.Forward(
                    new ReadOnlyTensorSpan<float>(input, [Channels, Side, Side]), new TensorSpan<float>(output, [Channels, Side, Side]));
                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            Console.WriteLine(FormattableString.Invariant($"{best}"));
            """);
        var packages = new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(folder.Path, "packages") };
        string[] publish = ["publish", folder.Path, "-c", "Release", "-v", "quiet", "--nologo", "-warnaserror"];
        await CommandRun.DoneAsync(
            "dotnet", [.. publish, "-r", PublishedPrograms.Rid, "-p:PublishAot=true", "-o", Path.Combine(folder.Path, "aot")], folder.Path,
            packages);
        await CommandRun.DoneAsync("dotnet", [.. publish, "-o", Path.Combine(folder.Path, "jit")], folder.Path, packages);
        double ratio = double.MaxValue;
        for (int attempt = 0; attempt < 4 && ratio > 1.3; attempt++)
        {
            ratio = Math.Min(ratio, await BestAsync("aot") / await BestAsync("jit"));
        }

        Assert.InRange(ratio, 0, 1.3);

        async Task<double> BestAsync(string way)
        {
            string consumer = Path.Combine(folder.Path, way, "Consumer");
            var settings = new Dictionary<string, string> { ["DOTNET_EnableAVX512"] = avx512 };
            CommandRun.Ended ended = await CommandRun.DoneAsync(consumer, [], environment: settings);
            return double.Parse(ended.Output, CultureInfo.InvariantCulture);
        }
    }
}
