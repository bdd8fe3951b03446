using System.Net;
using System.Net.Sockets;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Connects to the host of an address, and to others that its server leads to, as long as they are of the same class: a server on the
/// internet reaches nothing in the user's own network or machine by redirections, playlists or names. What a name resolves to is checked
/// and then connected to; it is not resolved a second time. Thread-safe.
/// </summary>
/// <param name="host">The host of the address that the user chose, without brackets.</param>
/// <param name="port">Its port.</param>
/// <param name="resolve">Finds the addresses of a name; null for the system's way.</param>
/// <param name="networks">This machine's networks; null for those that it is in at each connection.</param>
internal sealed class AddressGuard(
    string host, int port, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null, OwnNetworks? networks = null)
{
    // As FFmpeg does: the next address is tried beside one that takes longer.
    private static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(20);
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve = resolve ?? Dns.GetHostAddressesAsync;
    private int chosen;

    /// <summary>The host that the user chose.</summary>
    public string Host => host;

    /// <summary>Its port.</summary>
    public int Port => port;

    /// <summary>Connects to a host.</summary>
    /// <param name="name">A name or an address, without brackets.</param>
    /// <param name="toPort">The port.</param>
    /// <param name="stop">Ends the attempt.</param>
    /// <returns>The connection; the caller's to dispose.</returns>
    /// <exception cref="LiveConvException">The host is of another class; the message is the reason, a clause.</exception>
    /// <exception cref="SocketException">It cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task<Socket> ConnectAsync(string name, int toPort, CancellationToken stop)
    {
        OwnNetworks near = networks ?? OwnNetworks.Now();
        HostClass own = await OwnClassAsync(near, stop).ConfigureAwait(false);
        IPAddress[] all = await ResolveAsync(name, stop).ConfigureAwait(false);
        IPAddress[] permitted = [.. all.Where(address => near.ClassOf(address) == own)];
        if (permitted.Length > 0)
        {
            return await FirstToAnswerAsync(permitted, toPort, stop).ConfigureAwait(false);
        }

        string shown = name.Contains(':', StringComparison.Ordinal) ? $"[{name}]:{toPort}" : $"{name}:{toPort}";
        throw new LiveConvException(
            $"its server leads to {shown}, {HostClasses.Describe(near.ClassOf(all[0]))}, while the address itself is "
            + $"{HostClasses.Describe(own)}: that is not followed");
    }

    // Of a name with addresses of several classes the farthest class counts, so that nobody's name leads nearer than it seems to.
    private async Task<HostClass> OwnClassAsync(OwnNetworks near, CancellationToken stop)
    {
        if (Volatile.Read(ref chosen) == (int)HostClass.None)
        {
            IPAddress[] all = await ResolveAsync(host, stop).ConfigureAwait(false);
            HostClass farthest = all.Max(near.ClassOf);
            if (farthest == HostClass.None)
            {
                throw new LiveConvException($"{all[0]} is no host's address");
            }

            Interlocked.CompareExchange(ref chosen, (int)farthest, (int)HostClass.None);
        }

        return (HostClass)Volatile.Read(ref chosen);
    }

    private async Task<IPAddress[]> ResolveAsync(string name, CancellationToken stop)
    {
        IPAddress[] all = IPAddress.TryParse(name, out IPAddress? literal) ? [literal] : await resolve(name, stop).ConfigureAwait(false);
        return all.Length > 0 ? all : throw new SocketException((int)SocketError.HostNotFound);
    }

    private static async Task<Socket> FirstToAnswerAsync(IPAddress[] addresses, int port, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        end.CancelAfter(MaxTime);
        var attempts = new List<Task<Socket>>();
        int next = 0;
        try
        {
            do
            {
                if (next < addresses.Length)
                {
                    attempts.Add(ConnectOneAsync(new IPEndPoint(addresses[next++], port), end.Token));
                }

                Task[] running = [.. attempts.Where(attempt => !attempt.IsCompleted)];
                TimeSpan pause = next < addresses.Length ? Stagger : Timeout.InfiniteTimeSpan;
                if (running.Length > 0)
                {
                    await Task.WhenAny([.. running, Task.Delay(pause, end.Token)]).ConfigureAwait(false);
                }

                if (attempts.Find(attempt => attempt.IsCompletedSuccessfully) is { } connected)
                {
                    attempts.Remove(connected);
                    return await connected.ConfigureAwait(false);
                }

                stop.ThrowIfCancellationRequested();
            }
            while (next < addresses.Length || attempts.Exists(attempt => !attempt.IsCompleted));

            // The last one's fault is that of the address that is tried last, as FFmpeg reports it.
            return await attempts[^1].ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            attempts.ForEach(attempt => _ = attempt.ContinueWith(
                static late =>
                {
                    if (late.IsCompletedSuccessfully)
                    {
                        late.Result.Dispose();
                    }
                    else
                    {
                        _ = late.Exception;
                    }
                },
                TaskScheduler.Default));
        }
    }

    private static async Task<Socket> ConnectOneAsync(IPEndPoint to, CancellationToken stop)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to, stop).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
