using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using LiveConv.Convolution;
using LiveConv.Media;
using LiveConv.Page;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Web;

/// <summary>
/// The run of one tab: a source, the filters and the session of the one page, all on the worker's one thread. Between two images it does
/// one thing of what the page asked for and takes longer.
/// </summary>
[SupportedOSPlatform("browser")]
#pragma warning disable CA1001 // It ends with the tab.
internal sealed class TabRun
#pragma warning restore CA1001
{
    private const double MaxAge = 10_000; // Clocks may be set.
    private static readonly TimeSpan MaxFilterTime = TimeSpan.FromMilliseconds(100);
    private readonly Queue<Action> background = new();
    private readonly SteppedPipeline pipeline;
    private readonly PageSession session;
    private byte[] image = [];
    private bool isWorking;
    private bool isWoken;

    /// <summary>Starts with the built-in scene and the shipped presets.</summary>
    public TabRun()
    {
        TimeProvider time = TimeProvider.System;
        var notices = new Notices();
        IReadOnlyList<Preset> presets = ShippedFiles.Presets();
        var lessons = new Lazy<IReadOnlyList<LessonPlan>>(ShippedFiles.Lessons);
        var controls = new LiveControls(presets, presets.FirstOrDefault(preset => preset.Id == Preset.Seed.Id) ?? presets[0]);
        var stats = new FrameStats(time);
        var scene = new TestScene(TestScene.DefaultWidth, TestScene.DefaultHeight, TestScene.DefaultFps, time);
        var camera = new BrowserCamera(scene, time, notices);
        camera.Open(CancellationToken.None);
        var sessions = new PageSessions(new PageContext(controls, stats, notices, () => camera.Info, time)
        {
            Format = PageFormat.Raw,
            Camera = camera,
            Lessons = () => lessons.Value,
            RunInBackground = Add,
        });
        session = sessions.Open(PageRole.Presenter, new PageRates(time), Wake);
        var run = new RunContext(controls, stats, notices, () => camera.Info, time);
        pipeline = new SteppedPipeline(camera, camera.CanRead, run, new WorkerPool(1), MaxFilterTime, sessions.Show);
        controls.Changed += Wake;
        controls.QuitRequested += () => notices.Info("LiveConv ends when you close this tab.");
    }

    /// <summary>Takes a text message of the page.</summary>
    /// <param name="message">JSON.</param>
    /// <exception cref="FormatException">It is not a message of the protocol, or too long.</exception>
    public void Receive(string message)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(message);
        if (bytes.Length > PageSession.MaxTextBytes(bytes))
        {
            throw new FormatException("a message that is too long");
        }

        session.Receive(bytes);
    }

    /// <summary>Takes an image of the page's camera; ignored when it is of another size than the newest that was agreed.</summary>
    /// <param name="bytes">Its length.</param>
    /// <param name="age">How many milliseconds ago the page had it.</param>
    public void ReceiveImage(int bytes, double age)
    {
        if (bytes != session.CameraImageBytes)
        {
            return;
        }

        image = image.Length == bytes ? image : GC.AllocateUninitializedArray<byte>(bytes);
        TabExports.CopyImage(image);
        session.ReceiveImage(image, age > 0 ? TimeSpan.FromMilliseconds(Math.Min(age, MaxAge)) : TimeSpan.Zero);
    }

    /// <summary>Does what is due, and sends what there is to send.</summary>
    /// <returns>How many milliseconds later it is to be called again; negative while nothing changes.</returns>
    public double Work()
    {
        isWorking = true;
        isWoken = false;
        try
        {
            TimeSpan next = pipeline.Step();
            Send();
            if (background.TryDequeue(out Action? work))
            {
                work();
                Send();
            }

            return isWoken || background.Count > 0 ? 0
                : next == Timeout.InfiniteTimeSpan ? -1
                : Math.Max(0, next.TotalMilliseconds);
        }
        finally
        {
            isWorking = false;
        }
    }

    private void Add(Action work)
    {
        background.Enqueue(work);
        Wake();
    }

    // While it works, what is new is sent at its end.
    private void Wake()
    {
        isWoken = true;
        if (!isWorking)
        {
            TabExports.Wake();
        }
    }

    private void Send()
    {
        isWoken = false;
        while (session.NextText() is { } text)
        {
            TabExports.SendText(Encoding.UTF8.GetString(text.Span));
        }

        if (session.NextImage() is { } next)
        {
            using (next)
            {
                TabExports.SendImage(MemoryMarshal.AsMemory(next.Bytes).Span);
            }
        }
    }
}
