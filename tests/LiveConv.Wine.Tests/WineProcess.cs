using System.Diagnostics;
using System.Text;

namespace LiveConv.Wine.Tests;

/// <summary>A run of the Windows build, with its streams read as UTF-8.</summary>
internal sealed class WineProcess : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(120);
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly List<string> errorLines = [];
    private readonly Lock gate = new();

    public WineProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.StandardOutputEncoding = Encoding.UTF8;
        start.StandardErrorEncoding = Encoding.UTF8;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Take(line.Data, text => output.Append(text).Append('\n'));
        process.ErrorDataReceived += (_, line) => Take(line.Data, errorLines.Add);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    internal sealed record Ended(int ExitCode, string Output, IReadOnlyList<string> ErrorLines);

    /// <summary>Waits until a line with this text appears on standard error.</summary>
    public async Task<string> ErrorLineAsync(string containing)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            lock (gate)
            {
                if (errorLines.Find(line => line.Contains(containing, StringComparison.Ordinal)) is { } found)
                {
                    return found;
                }

                Assert.True(
                    Stopwatch.GetElapsedTime(began) < Timeout && !process.HasExited,
                    $"no \"{containing}\" in {string.Join('\n', errorLines)}");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Writes a line to standard input.</summary>
    public async Task WriteLineAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
    }

    public async Task<Ended> EndAsync()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await process.WaitForExitAsync(timeout.Token);
        lock (gate)
        {
            return new Ended(process.ExitCode, output.ToString(), [.. errorLines]);
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private void Take(string? line, Action<string> keep)
    {
        if (line is not null)
        {
            lock (gate)
            {
                keep(line.TrimEnd('\r'));
            }
        }
    }
}
