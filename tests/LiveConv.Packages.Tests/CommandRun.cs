using System.Diagnostics;

namespace LiveConv.Packages.Tests;

/// <summary>Runs a program to its end.</summary>
internal static class CommandRun
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(9);

    internal sealed record Ended(int ExitCode, string Output, string Error, TimeSpan Time);

    /// <summary>Runs it, whatever its exit code.</summary>
    /// <param name="program">A path, or a name in PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Its working directory, or null for this one.</param>
    /// <param name="environment">Variables that differ from ours.</param>
    public static async Task<Ended> TryAsync(
        string program, string[] arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} does not end");
        }

        return new(process.ExitCode, await output, await error, Stopwatch.GetElapsedTime(began));
    }

    /// <summary>Runs it; another exit code than 0 fails the test.</summary>
    /// <inheritdoc cref="TryAsync"/>
    public static async Task<Ended> DoneAsync(
        string program, string[] arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        Ended ended = await TryAsync(program, arguments, folder, environment);
        Assert.True(ended.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {ended.ExitCode}\n{ended.Output}{ended.Error}");
        return ended;
    }
}
