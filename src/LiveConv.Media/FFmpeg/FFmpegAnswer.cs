using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>What a short run of FFmpeg printed.</summary>
/// <param name="Output">Its standard output.</param>
/// <param name="Notes">The lines on its standard error.</param>
/// <param name="Fault">Why it did not end by itself, as it continues a sentence that begins with the program; null when it did.</param>
internal sealed record FFmpegAnswer(string Output, IReadOnlyList<string> Notes, string? Fault)
{
    private static readonly TimeSpan OutputTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Runs it to its end, or until it is killed.</summary>
    /// <param name="program">The program's absolute path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="stop">Ends the waiting at once.</param>
    /// <exception cref="LiveConvException">It cannot be started.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static FFmpegAnswer Of(string program, IEnumerable<string> arguments, TimeSpan timeout, CancellationToken stop = default)
    {
        stop.ThrowIfCancellationRequested();
        using ChildProcess child = ChildProcess.Start(program, arguments, writes: false);
        using CancellationTokenRegistration kill = stop.Register(child.Kill);
        using var reader = new StreamReader(child.Output);
        Task<string> output = reader.ReadToEndAsync(CancellationToken.None);
        bool isEnded = child.WaitForExit(timeout);
        stop.ThrowIfCancellationRequested();
        string? fault = !isEnded ? FormattableString.Invariant($"does not answer within {timeout.TotalSeconds:0.#} s")
            : FFmpegCrash.Of(child.ExitCode, child.Notes);
        child.Kill();

        // A program that it has started may keep its output open.
        return new FFmpegAnswer(output.Wait(OutputTimeout, stop) ? output.Result : "", child.Notes, fault);
    }
}
