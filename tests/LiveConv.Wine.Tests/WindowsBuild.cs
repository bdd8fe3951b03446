using System.Diagnostics;

namespace LiveConv.Wine.Tests;

/// <summary>The program published for Windows, and a Windows of its own to run it in. Made by the first test that asks.</summary>
public sealed class WindowsBuild : IDisposable
{
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan PrefixTimeout = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo prefix = Directory.CreateTempSubdirectory("liveconv-wine-");
    private readonly Lazy<string> program;

    public WindowsBuild() => program = new Lazy<string>(Make);

    private static bool HasWine => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "wine")));

    /// <summary>Starts the program as a Windows user would, in a folder, with nothing installed beside it.</summary>
    internal WineProcess Start(string folder, params string[] arguments)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && HasWine, "wine is not installed");
        return new WineProcess(Wine([program.Value, .. arguments], folder));
    }

    /// <summary>Runs the program to its end.</summary>
    internal async Task<WineProcess.Ended> RunAsync(string folder, params string[] arguments)
    {
        using WineProcess run = Start(folder, arguments);
        return await run.EndAsync();
    }

    public void Dispose()
    {
        if (program.IsValueCreated)
        {
            ProcessStartInfo end = Wine([], prefix.FullName);
            end.FileName = "wineserver";
            end.ArgumentList.Add("-k");
            Run(end, PrefixTimeout);
        }

        prefix.Delete(recursive: true);
    }

    // In folders of its own: nothing that other tests have built is touched.
    private string Make()
    {
        string root = RepositoryFiles.Root;
        string artifacts = Path.Combine(root, "artifacts", "wine");
        string output = Path.Combine(artifacts, "liveconv");
        Run(
            new ProcessStartInfo("dotnet",
            [
                "publish", Path.Combine(root, "src", "LiveConv.App"), "-c", "Release", "-r", "win-x64", "--self-contained",
                "-p:OpenCv=false", "--artifacts-path", artifacts, "-o", output, "-v", "quiet", "--nologo",
            ]),
            PublishTimeout);
        Run(Wine(["wineboot", "-i"], prefix.FullName), PrefixTimeout);
        return Path.Combine(output, "liveconv.exe");
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

    private static void Run(ProcessStartInfo start, TimeSpan timeout)
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
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)}: {output.Result}{error.Result}");
        }
    }
}
