using System.Diagnostics;

namespace LiveConv.Wine.Tests;

/// <summary>Tests that measure: beside no others.</summary>
[CollectionDefinition(WindowsBuild.Measured, DisableParallelization = true)]
public sealed class MeasuredTestGroup : ICollectionFixture<WindowsBuild>;

/// <summary>Tests of cameras, beside the others.</summary>
[CollectionDefinition(WindowsBuild.Cameras)]
public sealed class CameraTestGroup : ICollectionFixture<WindowsBuild>;

/// <summary>Tests of consoles, files and the page, beside those of cameras.</summary>
[CollectionDefinition(WindowsBuild.Others)]
public sealed class OtherTestGroup : ICollectionFixture<WindowsBuild>;

/// <summary>
/// The program published for Windows, and for each group of tests a Windows of its own to run it in. Made by the first test that asks.
/// </summary>
public sealed class WindowsBuild : IDisposable
{
    public const string Measured = "measured under wine";
    public const string Cameras = "cameras under wine";
    public const string Others = "others under wine";
    private static readonly Lazy<Programs> Published = new(Publish);
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan PrefixTimeout = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo prefix = Directory.CreateTempSubdirectory("liveconv-wine-");
    private readonly Lazy<Programs> programs;

    public WindowsBuild() => programs = new Lazy<Programs>(MakeWindows);

    private static bool HasWine => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "wine")));

    /// <summary>A file's path as Windows has it.</summary>
    internal static string WindowsPath(string path) => "Z:" + path.Replace('/', '\\');

    /// <summary>Starts the program as a Windows user would, in a folder, with nothing installed beside it.</summary>
    internal WineProcess Start(string folder, params string[] arguments) => StartWith(folder, ffmpeg: (string?)null, arguments);

    /// <summary>Starts the program with FFmpeg in PATH.</summary>
    /// <param name="folder">The folder that it runs in.</param>
    /// <param name="ffmpeg">The folder of ffmpeg.exe; null for none.</param>
    /// <param name="arguments">Its arguments.</param>
    internal WineProcess StartWith(string folder, string? ffmpeg, string[] arguments)
    {
        Require();
        return new WineProcess(With(ffmpeg, Wine([programs.Value.LiveConv, .. arguments], folder)));
    }

    /// <summary>Starts the program with an FFmpeg that answers as a script says.</summary>
    /// <param name="folder">The folder that it runs in.</param>
    /// <param name="ffmpeg">The answers.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="isShim">True for an ffmpeg.exe that only starts the program that answers.</param>
    internal WineProcess StartWith(string folder, FakeFFmpeg ffmpeg, string[] arguments, bool isShim = false)
    {
        Require();
        ProcessStartInfo start = Wine([programs.Value.LiveConv, .. arguments], folder);
        if (isShim)
        {
            start.Environment["FAKE_FFMPEG_SHIM"] = "1";
        }

        start.Environment["WINEPATH"] = WindowsPath(Path.GetDirectoryName(programs.Value.Helper)!);
        start.Environment["FAKE_FFMPEG"] = WindowsPath(ffmpeg.Script);
        return new WineProcess(start);
    }

    /// <summary>The same with FFmpeg where Chocolatey puts it, and not in PATH.</summary>
    internal WineProcess StartWithPackage(string folder, FakeFFmpeg ffmpeg, string[] arguments)
    {
        Require();
        string installed = Path.Combine(folder, "chocolatey");
        Directory.CreateDirectory(installed);
        Directory.CreateSymbolicLink(Path.Combine(installed, "bin"), Path.GetDirectoryName(programs.Value.Helper)!);
        ProcessStartInfo start = Wine([programs.Value.LiveConv, .. arguments], folder);
        start.Environment["ChocolateyInstall"] = WindowsPath(installed);
        start.Environment["FAKE_FFMPEG"] = WindowsPath(ffmpeg.Script);
        return new WineProcess(start);
    }

    /// <summary>The same with FFmpeg in the folder of the program.</summary>
    internal WineProcess StartBeside(string folder, FakeFFmpeg ffmpeg, string[] arguments)
    {
        Require();
        string together = Directory.CreateDirectory(Path.Combine(folder, "together")).FullName;
        foreach (string file in FilesBeside(programs.Value.LiveConv).Concat(FilesBeside(programs.Value.Helper)))
        {
            string link = Path.Combine(together, Path.GetFileName(file));
            if (!File.Exists(link))
            {
                File.CreateSymbolicLink(link, file);
            }
        }

        ProcessStartInfo start = Wine([Path.Combine(together, "liveconv.exe"), .. arguments], folder);
        start.Environment["FAKE_FFMPEG"] = WindowsPath(ffmpeg.Script);
        return new WineProcess(start);

        static string[] FilesBeside(string program) => Directory.GetFiles(Path.GetDirectoryName(program)!);
    }

    /// <summary>The same with FFmpeg's folder in PATH in quotes.</summary>
    internal WineProcess StartWithQuotedPath(string folder, FakeFFmpeg ffmpeg, string[] arguments)
    {
        Require();
        ProcessStartInfo start = Wine([programs.Value.LiveConv, .. arguments], folder);
        start.Environment["WINEPATH"] = $"\"{WindowsPath(Path.GetDirectoryName(programs.Value.Helper)!)}\"";
        start.Environment["FAKE_FFMPEG"] = WindowsPath(ffmpeg.Script);
        return new WineProcess(start);
    }

    /// <summary>Starts the program in a console that does to it what it reads: the numbers of Windows' console events.</summary>
    internal WineProcess StartInConsole(string folder, string? ffmpeg, params string[] arguments)
    {
        Require();
        string[] command = [programs.Value.Helper, "console", WindowsPath(programs.Value.LiveConv), .. arguments];
        return new WineProcess(With(ffmpeg, Wine(command, folder)));
    }

    /// <summary>Starts the program on a desktop.</summary>
    internal WineProcess StartOn(string display, string folder, params string[] arguments)
    {
        Require();
        return new WineProcess(On(display, Wine([programs.Value.LiveConv, .. arguments], folder)));
    }

    /// <summary>Starts the program with standard error in a console of its own, and reports what it asks of that.</summary>
    internal Task<WineProcess.Ended> TryInConsoleAsync(string display, string folder, params string[] arguments)
    {
        Require();
        return TryOnAsync(display, folder, ["escapes", WindowsPath(programs.Value.LiveConv), .. arguments]);
    }

    /// <summary>Has the helper program try some calls of Windows.</summary>
    internal Task<WineProcess.Ended> TryAsync(string folder, params string[] arguments) => TryOnAsync(display: null, folder, arguments);

    /// <summary>The same on a desktop.</summary>
    internal async Task<WineProcess.Ended> TryOnAsync(string? display, string folder, params string[] arguments)
    {
        Require();
        using var run = new WineProcess(On(display, Wine([programs.Value.Helper, .. arguments], folder)));
        return await run.EndAsync();
    }

    /// <summary>Runs the program to its end.</summary>
    internal async Task<WineProcess.Ended> RunAsync(string folder, params string[] arguments)
    {
        using WineProcess run = Start(folder, arguments);
        return await run.EndAsync();
    }

    /// <summary>
    /// Ends everything that runs in this Windows. The first program that runs there then decides whether it has a desktop, for all of them.
    /// </summary>
    internal void Restart()
    {
        Require();
        _ = programs.Value;
        foreach (string option in (string[])["-k", "-w"])
        {
            ProcessStartInfo end = Wine([option], prefix.FullName);
            end.FileName = "wineserver";

            // It fails when nothing is left to end.
            Run(end, PrefixTimeout, mayFail: true);
        }
    }

    public void Dispose()
    {
        if (programs.IsValueCreated)
        {
            Restart();
        }

        prefix.Delete(recursive: true);
    }

    private static void Require() => Skip.IfNot(OperatingSystem.IsLinux() && HasWine, "wine is not installed");

    // In folders of its own: nothing that other tests have built is touched.
    private static string Publish(string project, string folder, params string[] more)
    {
        string artifacts = RepositoryFiles.PathOf("artifacts", folder);
        string output = Path.Combine(artifacts, "program");
        Run(
            new ProcessStartInfo("dotnet",
            [
                "publish", RepositoryFiles.PathOf(project), "-c", "Release", "-r", "win-x64", "--self-contained",
                "--artifacts-path", artifacts, "-o", output, "-v", "quiet", "--nologo", "-p:RunAnalyzers=false", .. more,
            ]),
            PublishTimeout);
        return output;
    }

    private static Programs Publish()
    {
        // As it is built on Windows, but without OpenCV's own library, which then does not load.
        string output = Publish("src/LiveConv.App", "wine", "-p:OpenCv=true", "-p:OpenCvRuntime=none");
        string helper = Publish("tests/LiveConv.Wine.Helper", "wine-helper");
        return new Programs(Path.Combine(output, "liveconv.exe"), Path.Combine(helper, "ffmpeg.exe"));
    }

    private Programs MakeWindows()
    {
        Run(Wine(["wineboot", "-i"], prefix.FullName), PrefixTimeout);
        return Published.Value;
    }

    private ProcessStartInfo Wine(string[] arguments, string folder)
    {
        var start = new ProcessStartInfo("wine", arguments) { WorkingDirectory = folder };
        start.Environment["WINEPREFIX"] = prefix.FullName;
        start.Environment["WINEDEBUG"] = "-all";

        // wine asks for these when it makes a Windows; no .NET and no browser engine of its own is needed.
        start.Environment["WINEDLLOVERRIDES"] = "mshtml=;winemenubuilder.exe=";
        start.Environment.Remove("DISPLAY");
        return start;
    }

    private static ProcessStartInfo With(string? ffmpeg, ProcessStartInfo start)
    {
        if (ffmpeg is not null)
        {
            start.Environment["WINEPATH"] = WindowsPath(ffmpeg);
        }

        return start;
    }

    private static ProcessStartInfo On(string? display, ProcessStartInfo start)
    {
        if (display is not null)
        {
            start.Environment["DISPLAY"] = display;
        }

        return start;
    }

    private static void Run(ProcessStartInfo start, TimeSpan timeout, bool mayFail = false)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(timeout))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{start.FileName} {string.Join(' ', start.ArgumentList)} does not end");
        }

        // wine's own children keep its streams open; what it printed matters only when it failed.
        if (process.ExitCode != 0 && !mayFail)
        {
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)}: {output.Result}{error.Result}");
        }
    }

    private sealed record Programs(string LiveConv, string Helper);
}
