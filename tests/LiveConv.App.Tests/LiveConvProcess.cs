using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace LiveConv.App.Tests;

/// <summary>Runs the built command as a person would: a process of its own, with its own streams and signals.</summary>
internal sealed partial class LiveConvProcess : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    // LIVECONV_PROGRAM=artifacts/linux-x64/liveconv tests a published program in place of the built one.
    private static readonly string? Published =
        Environment.GetEnvironmentVariable("LIVECONV_PROGRAM") is { Length: > 0 } path ? RepositoryFiles.PathOf(path) : null;

    private readonly Process process;
    private readonly List<string> errorLines = [];
    private readonly Task<string> output;
    private readonly Task errors;

    private LiveConvProcess(ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        output = process.StandardOutput.ReadToEndAsync();
        errors = ReadErrorsAsync();
    }

    public sealed record Ended(int ExitCode, string Output, string Error)
    {
        public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public int Id => process.Id;

    public static LiveConvProcess Start(string[] arguments, Action<ProcessStartInfo>? change = null)
    {
        string[] built = ["dotnet", Path.Combine(AppContext.BaseDirectory, "liveconv.dll")];
        string[] command = [.. Published is null ? built : [Published], .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        // No display of this machine's own, a console's included.
        foreach (string variable in (string[])["DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "SDL_VIDEODRIVER"])
        {
            start.Environment.Remove(variable);
        }

        // Nor anybody's defaults.
        start.Environment["LIVECONV_CONFIG"] = "";
        change?.Invoke(start);
        return new LiveConvProcess(start);
    }

    public static async Task<Ended> RunAsync(params string[] arguments)
    {
        using LiveConvProcess run = Start(arguments);
        return await run.EndAsync();
    }

    /// <summary>Waits until a line with this text appears on standard error.</summary>
    public async Task<string> ErrorLineAsync(string containing)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        while (true)
        {
            lock (errorLines)
            {
                if (errorLines.Find(line => line.Contains(containing, StringComparison.Ordinal)) is { } found)
                {
                    return found;
                }
            }

            Assert.False(errors.IsCompleted, $"ended without \"{containing}\": {string.Join('\n', errorLines)}");
            await Task.Delay(20, timeout.Token);
        }
    }

    /// <summary>Gives the command this input, then the end of input.</summary>
    public async Task WriteInputAsync(byte[] input)
    {
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
    }

    /// <summary>Gives the command this input, and more may come.</summary>
    public async Task WriteOpenInputAsync(byte[] input)
    {
        await process.StandardInput.BaseStream.WriteAsync(input);
        await process.StandardInput.BaseStream.FlushAsync();
    }

    public void Signal(int signal) => Assert.Equal(0, Kill(process.Id, signal));

    /// <summary>Ends it as no program can resist.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public async Task<Ended> EndAsync()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"liveconv hangs; it said: {string.Join('\n', errorLines)}");
        }

        await errors;

        // Windows ends lines with two characters.
        string text = (await output).Replace("\r\n", "\n", StringComparison.Ordinal);
        return new Ended(process.ExitCode, text, string.Join('\n', errorLines));
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private async Task ReadErrorsAsync()
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            lock (errorLines)
            {
                errorLines.Add(line);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
