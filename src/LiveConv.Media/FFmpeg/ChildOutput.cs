using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.Versioning;

namespace LiveConv.Media;

/// <summary>
/// What a child on Unix writes to its standard output. Ends with the child, too: another program that the child has started, and that it
/// has left behind, may keep the pipe open. Owns the pipe. Not thread-safe.
/// </summary>
/// <param name="pipe">This program's end of the pipe.</param>
/// <param name="hasExited">Whether the child has ended.</param>
[UnsupportedOSPlatform("windows")]
internal sealed class ChildOutput(PipeStream pipe, Func<bool> hasExited) : Stream
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.25);

    // Longer than what is left takes to write on.
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(2);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Waits for bytes. 0 at the pipe's end, and when the child has ended and nothing has come for two seconds.</summary>
    public override int Read(Span<byte> buffer)
    {
        long silentSince = 0;
        while (!HasCome())
        {
            if (!hasExited())
            {
                silentSince = 0;
            }
            else if (silentSince == 0)
            {
                silentSince = Stopwatch.GetTimestamp();
            }
            else if (Stopwatch.GetElapsedTime(silentSince) > MaxSilence)
            {
                return 0;
            }
        }

        return pipe.Read(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            pipe.Dispose();
        }

        base.Dispose(disposing);
    }

    // The end of the pipe counts too: a read returns then.
    private unsafe bool HasCome()
    {
        bool isAdded = false;
        try
        {
            pipe.SafePipeHandle.DangerousAddRef(ref isAdded);
            var target = new LibC.PollTarget
            {
                Descriptor = (int)pipe.SafePipeHandle.DangerousGetHandle(),
                Wanted = LibC.PollIn,
            };
            return LibC.Poll(&target, 1, (int)Step.TotalMilliseconds) > 0;
        }
        finally
        {
            if (isAdded)
            {
                pipe.SafePipeHandle.DangerousRelease();
            }
        }
    }
}
