using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace LiveConv.Attack.Tests;

/// <summary>Fifteen pages that do their worst, each on a thread of its own, until disposed.</summary>
internal sealed partial class Crowd : IDisposable
{
    private static readonly string Row = "[" + string.Join(',', Enumerable.Repeat("-0.12345678", 31)) + "]";
    private static readonly string Square = "[" + string.Join(',', Enumerable.Repeat(Row, 31)) + "]";
    private static readonly string Preset = "{\"version\":1,\"name\":\"L\",\"vertical\":" + Square + ",\"horizontal\":" + Square + "}";
    private static readonly byte[] Pong = RawPage.Frame(0x8A, []);
    private readonly Uri address;
    private readonly string cookie;
    private readonly List<Thread> threads = [];
    private readonly HashSet<RawPage> open = [];
    private volatile bool isOver;

    private Crowd(Uri address)
    {
        this.address = address;
        cookie = RawPage.CookieOf(address);
    }

    /// <summary>Pages that flood, hold, take nothing, and come and go.</summary>
    /// <param name="address">The guests' address.</param>
    public static Crowd OfGuests(Uri address)
    {
        var crowd = new Crowd(address);
        byte[][] shows =
        [
            .. ((string[])["", "\"vertical\"", "\"horizontal\"", "\"camera\"", "\"vertical\",\"camera\"", "\"horizontal\",\"camera\"",
                "\"vertical\",\"horizontal\",\"camera\""]).Select(planes => RawPage.Frame("{\"show\":[" + planes + "]}")),
        ];
        crowd.Start("edits", page => crowd.Flood(page, RawPage.Frame("{\"edit\":" + Preset + "}")));
        crowd.Start("presets", page => crowd.Flood(page, RawPage.Frame("""{"preset":"seed"}"""), RawPage.Frame("""{"preset":"sobel"}""")));
        crowd.Start("keys", page => crowd.Flood(page, RawPage.Frame("""{"key":"s"}"""), RawPage.Frame("""{"key":"2"}""")));
        crowd.Start("X-ray", page => crowd.Flood(page, RawPage.Frame("""{"xray":{"map":0,"x":100,"y":100}}""")));
        crowd.Start("X-ray", page => crowd.Flood(page, RawPage.Frame("""{"xray":{"map":1,"x":0,"y":0}}""")));
        crowd.Start("lessons", page => crowd.Flood(page, RawPage.Frame("""{"learn":{"map":0,"width":7,"height":7}}""")));
        crowd.Start("lessons", page => crowd.Flood(page, RawPage.Frame("""{"learn":{"map":1,"width":7,"height":7}}""")));
        crowd.Start("files", page => crowd.Flood(page, RawPage.Frame("{\"presetFile\":" + Preset + "}")));
        crowd.Start("texts", page => crowd.Flood(page, RawPage.Frame(
            "{\"kernelText\":{\"map\":0,\"text\":\"" + Square
            + "\",\"operation\":\"correlation\",\"response\":\"abs\",\"border\":\"mirror\"}}")));
        crowd.Start("planes", page => crowd.Flood(page, shows));
        crowd.Start("planes", page => crowd.Flood(page, [.. shows.Reverse()]));
        crowd.Start("slow reader", crowd.SipSlowly);
        crowd.Start("acknowledges nothing", crowd.ReadOnly);
        crowd.Start("cameras", page => crowd.Flood(
            page, RawPage.Frame("""{"camera":{"width":640,"height":480}}"""), RawPage.Frame("""{"camera":{"width":320,"height":240}}""")));
        crowd.Start("connects", page => Thread.Sleep(5));

        // No pages, so they take none of the places.
        for (int i = 0; i < 4; i++)
        {
            crowd.Start("requests", () => RawPage.Open(address), crowd.Request);
        }

        return crowd;
    }

    /// <summary>Connections without a token, as fast as they can be opened: with nothing, half a head, and whole requests.</summary>
    /// <param name="address">The guests' address.</param>
    public static Crowd OfStrangers(Uri address)
    {
        var crowd = new Crowd(address);
        string host = $" HTTP/1.1\r\nHost: {address.Authority}\r\n";
        foreach (string sent in (string[])["", "GET /" + host, $"GET /app.js{host}\r\n", $"GET /?token={new string('0', 32)}{host}\r\n"])
        {
            byte[] bytes = Encoding.ASCII.GetBytes(sent);
            crowd.Start("strangers", () => RawPage.Open(address), page => page.Write(bytes));
        }

        return crowd;
    }

    /// <summary>Pages that send frames which hold nothing: pings, pongs, and parts of messages that never end.</summary>
    /// <param name="address">The guests' address.</param>
    public static Crowd OfFrames(Uri address)
    {
        var crowd = new Crowd(address);
        byte[] Many(byte head) => [.. Enumerable.Repeat(RawPage.Frame(head, []), 100).SelectMany(frame => frame)];
        for (int i = 0; i < 5; i++)
        {
            crowd.Start("pings", page => crowd.Flood(page, Many(0x89)));
            crowd.Start("pongs", page => crowd.Flood(page, Many(0x8A)));
            crowd.Start("parts", page =>
            {
                page.Write(RawPage.Frame(0x01, "{"u8.ToArray()));
                crowd.Flood(page, Many(0x00));
            });
        }

        return crowd;
    }

    /// <summary>Pages that change the preset as often as they can.</summary>
    /// <param name="address">The presenter's address.</param>
    public static Crowd OfPresets(Uri address)
    {
        var crowd = new Crowd(address);
        for (int i = 0; i < 5; i++)
        {
            crowd.Start("presets", page => crowd.Flood(
                page, RawPage.Frame("""{"preset":"seed"}"""), RawPage.Frame("""{"preset":"sobel"}""")));
            crowd.Start("keys", page => crowd.Flood(page, RawPage.Frame("""{"key":"1"}"""), RawPage.Frame("""{"key":"]"}""")));
            crowd.Start("edits", page => crowd.Flood(
                page, RawPage.Frame("""{"edit":{"version":1,"name":"A","vertical":[[1,-1]],"horizontal":[[1],[-1]]}}""")));
        }

        return crowd;
    }

    public void Dispose()
    {
        isOver = true;
        lock (open)
        {
            // Those that wait in the middle of a message wait no more.
            foreach (RawPage page in open)
            {
                page.Dispose();
            }
        }

        threads.ForEach(thread => thread.Join());
    }

    // Its own part of the processors is not what is measured: guests have machines of their own.
    private void Start(string name, Action<RawPage> attack) => Start(name, () => RawPage.Connect(address, cookie), attack);

    private void Start(string name, Func<RawPage> connect, Action<RawPage> attack)
    {
        var thread = new Thread(() =>
        {
            _ = SetPriority(0, 0, 15);
            while (!isOver)
            {
                Run(connect, attack);
            }
        })
        { IsBackground = true, Name = name };
        thread.Start();
        threads.Add(thread);
    }

    private void Run(Func<RawPage> connect, Action<RawPage> attack)
    {
        RawPage? page = null;
        try
        {
            page = connect();
            lock (open)
            {
                open.Add(page);
            }

            attack(page);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // Refused or ended: it comes again.
            Thread.Sleep(20);
        }
        finally
        {
            lock (open)
            {
                open.Remove(page!);
            }

            page?.Dispose();
        }
    }

    // Sends as much as the other side takes, reads what comes, and acknowledges images, so that more come.
    private void Flood(RawPage page, params byte[][] messages)
    {
        byte[] drawn = RawPage.Frame("{\"drawn\":          0}");
        for (int i = 0; !isOver; i = (i + 1) % messages.Length)
        {
            page.Write(messages[i]);
            while (page.HasMore)
            {
                int kind = page.Read();
                if (kind == 2)
                {
                    uint number = BinaryPrimitives.ReadUInt32LittleEndian(page.Message[4..]);
                    for (int digit = 0, at = drawn.Length - 2; digit < 10; digit++, at--, number /= 10)
                    {
                        drawn[at] = number == 0 && digit > 0 ? (byte)' ' : (byte)('0' + (number % 10));
                    }

                    page.Write(drawn);
                }
                else if (kind == 9)
                {
                    page.Write(Pong);
                }
            }
        }
    }

    // Files of the page, on connections that are opened anew now and then.
    private void Request(RawPage connection)
    {
        byte[] request = Encoding.ASCII.GetBytes($"GET /app.js HTTP/1.1\r\nHost: {address.Authority}\r\nCookie: {cookie}\r\n\r\n");
        for (int i = 0; i < 200 && !isOver; i++)
        {
            connection.Write(request);
            do
            {
                connection.Sip(1 << 16);
            }
            while (connection.HasMore);
        }
    }

    private void SipSlowly(RawPage page)
    {
        while (!isOver)
        {
            page.Sip(1);
            Thread.Sleep(100);
        }
    }

    private void ReadOnly(RawPage page)
    {
        while (!isOver)
        {
            if (page.HasMore)
            {
                page.Read();
            }
            else
            {
                Thread.Sleep(5);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
