using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace LiveConv.Convolution;

/// <summary>
/// The threads that share the tiles of one frame; the calling thread is one of them. A thread that runs out of tiles takes from
/// the others, so a worker that has not woken yet never holds up a frame. When two threads use one pool at once, the second does its
/// tiles alone. A call allocates nothing.
/// </summary>
/// <remarks>The workers are background threads that live until <see cref="Dispose"/>.</remarks>
public sealed unsafe class WorkerPool : IDisposable
{
    // A worker looks for the next frame this many times before it sleeps: some 20 µs, the gap between two calls in a loop.
    private const int SpinsBeforeSleep = 2000;

    private readonly object gate = new();
    private readonly Thread[] workers;
    private readonly JobGate ticket;
    private readonly WakeRule wakes;
    private int busy;
    private int sleepers;
    private long work;
    private volatile bool stopping;
    private ExceptionDispatchInfo? failure;

    /// <summary>Creates a pool and starts its workers.</summary>
    /// <param name="threads">Threads that work on a frame, the caller's included; at least 1. Default: one per processor.</param>
    /// <param name="worthWaking">
    /// A frame wakes sleeping workers if the one before it took all threads together at least this long; after a shorter one it is
    /// left to the caller and to the workers that are still awake. Default: they are always woken, which is fastest. Frames that
    /// come one by one cost less processor time with a bound: two threads that wait for memory both wait.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1 or above 256, or <paramref name="worthWaking"/>
    /// is negative.</exception>
    public WorkerPool(int? threads = null, TimeSpan worthWaking = default)
    {
        int count = threads ?? Math.Min(Environment.ProcessorCount, 256);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(threads));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 256, nameof(threads));
        ArgumentOutOfRangeException.ThrowIfLessThan(worthWaking, TimeSpan.Zero);
        wakes = new WakeRule(worthWaking);
        Threads = count;
        ticket = new JobGate(count);
        workers = new Thread[count - 1];
        for (int i = 0; i < workers.Length; i++)
        {
            int thread = i + 1;
            workers[i] = new Thread(() => Work(thread), 256 << 10) { IsBackground = true, Name = $"convolution {thread}" };
            workers[i].Start();
        }
    }

    /// <summary>Threads that work on a frame, the caller's included.</summary>
    public int Threads { get; }

    /// <summary>
    /// Ends work early. When it is cancelled no further tile is started, and the call that the tiles belong to throws
    /// <see cref="OperationCanceledException"/>, in this pool's own calls as in those that get the pool as their workers: what they
    /// were to write is incomplete then. Set it between calls. Default: none.
    /// </summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>Time that all threads together have worked on tiles since the pool was created.</summary>
    public TimeSpan WorkTime => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref work));

    /// <summary>Stops the workers and waits for them. A running call finishes on its own thread.</summary>
    public void Dispose()
    {
        stopping = true;
        lock (gate)
        {
            Monitor.PulseAll(gate);
        }

        foreach (Thread worker in workers)
        {
            worker.Join();
        }
    }

    /// <summary>Runs every tile of a job and returns when all are done.</summary>
    /// <param name="job">The job; must stay where it is (a local or an argument).</param>
    /// <param name="tiles">Number of tiles.</param>
    /// <exception cref="ObjectDisposedException">The pool was disposed.</exception>
    /// <exception cref="OperationCanceledException"><see cref="Cancellation"/> was cancelled.</exception>
    internal void Run<TJob>(ref TJob job, int tiles)
        where TJob : struct, ITileJob
    {
        ObjectDisposedException.ThrowIf(stopping, this);
        if (workers.Length == 0 || tiles <= 1 || Interlocked.Exchange(ref busy, 1) != 0)
        {
            RunAlone(ref job, tiles);
            return;
        }

        long before = Interlocked.Read(ref work);
        CancellationToken cancellation = Cancellation;
        ticket.Open(&Invoke<TJob>, Unsafe.AsPointer(ref job), tiles, cancellation);
        if (wakes.Begin(Stopwatch.GetTimestamp()))
        {
            WakeSleepers();
        }

        RunTiles(0);
        ticket.CloseAndWait();
        wakes.End(Stopwatch.GetTimestamp(), Interlocked.Read(ref work) - before);
        ExceptionDispatchInfo? thrown = Interlocked.Exchange(ref failure, null);
        Volatile.Write(ref busy, 0);
        thrown?.Throw();
        cancellation.ThrowIfCancellationRequested();
    }

    [MethodImpl(HotLoop.PathOptions)]
    private void RunAlone<TJob>(ref TJob job, int tiles)
        where TJob : struct, ITileJob
    {
        CancellationToken cancellation = Cancellation;
        long began = Stopwatch.GetTimestamp();
        for (int tile = 0; tile < tiles && !cancellation.IsCancellationRequested; tile++)
        {
            job.Run(tile);
        }

        StreamedStores.Complete();
        Interlocked.Add(ref work, Stopwatch.GetTimestamp() - began);
        cancellation.ThrowIfCancellationRequested();
    }

    [MethodImpl(HotLoop.PathOptions)]
    private static void Invoke<TJob>(void* job, int tile)
        where TJob : struct, ITileJob => Unsafe.AsRef<TJob>(job).Run(tile);

    private void RunTiles(int thread)
    {
        long began = Stopwatch.GetTimestamp();
        try
        {
            ticket.RunTiles(thread);
        }
        catch (Exception e)
        {
            // A tile's exception belongs to the caller, whichever thread met it.
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
        }

        Interlocked.Add(ref work, Stopwatch.GetTimestamp() - began);
    }

    private void WakeSleepers()
    {
        if (Volatile.Read(ref sleepers) > 0)
        {
            lock (gate)
            {
                Monitor.PulseAll(gate);
            }
        }
    }

    private void Work(int thread)
    {
        uint last = 0;
        while (!stopping)
        {
            if (ticket.TryJoin(ref last))
            {
                RunTiles(thread);
                ticket.Leave();
            }
            else
            {
                WaitForJob(last);
            }
        }
    }

    private void WaitForJob(uint last)
    {
        for (int spin = 0; spin < SpinsBeforeSleep; spin++)
        {
            if (ticket.IsNewerThan(last) || stopping)
            {
                return;
            }

            Thread.SpinWait(1);
        }

        lock (gate)
        {
            // Counted before the last look: Open writes the ticket before it reads the count, so one of the two sees the other.
            Interlocked.Increment(ref sleepers);
            while (!ticket.IsNewerThan(last) && !stopping)
            {
                Monitor.Wait(gate);
            }

            Interlocked.Decrement(ref sleepers);
        }
    }
}
