using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>
/// One page: what it sends is received here, and what it is sent is taken from here, whatever carries the messages. Dispose it when
/// the page has left.
/// </summary>
/// <remarks>
/// One thread at a time receives, and one at a time takes messages. What waits to be sent is the newest of each kind, never a queue,
/// so a page that stops reading costs one message and nothing more.
/// </remarks>
public sealed class PageSession : ICameraPage, IDisposable
{
    private readonly PageBroadcast broadcast;
    private readonly PageCommands commands;
    private readonly PageReports reports;
    private readonly ImageStream images;
    private readonly PageTools tools;
    private readonly BrowserCamera? camera;
    private readonly Action wake;
    private readonly Answers answers = new();
    private readonly MessageWriter text = new();
    private int lastState;
    private int lastStats;
    private int lastNotice;
    private double? ageNow;

    /// <summary>Made by <see cref="PageSessions.Open"/>.</summary>
    internal PageSession(
        PageBroadcast broadcast,
        PageCommands commands,
        PageReports reports,
        ImageStream images,
        PageTools tools,
        BrowserCamera? camera,
        Action wake)
    {
        this.broadcast = broadcast;
        this.commands = commands;
        this.reports = reports;
        this.images = images;
        this.tools = tools;
        this.camera = camera;
        this.wake = wake;
    }

    /// <summary>Bytes of each camera image, as agreed; 0 while the page may send none. Changes within <see cref="Receive"/>.</summary>
    public int CameraImageBytes { get; private set; }

    /// <summary>How long a text message of a page may be; a longer one ends the connection.</summary>
    /// <param name="start">The message's first bytes, or none of them; they tell a message with kernels from others.</param>
    /// <returns>The maximum in bytes.</returns>
    public static int MaxTextBytes(ReadOnlySpan<byte> start) => Inbound.MayBeLong(start) ? Inbound.MaxKernelBytes : Inbound.MaxBytes;

    /// <summary>Calls the session's <c>wake</c>: there may be something to send. Never blocks.</summary>
    public void Wake() => wake();

    /// <inheritdoc/>
    void ICameraPage.OnCameraRevoked(string why)
    {
        answers.Put(new CameraMessage(why));
        wake();
    }

    /// <summary>Takes a text message of the page.</summary>
    /// <param name="message">The whole message; read during the call only.</param>
    /// <exception cref="FormatException">It is not a message of the protocol; the reason fits a WebSocket's close frame.</exception>
    public void Receive(ReadOnlySpan<byte> message)
    {
        Dispatch(Inbound.Read(message));
        wake();
    }

    /// <summary>Takes an image of the page's camera; ignored when that camera is no longer in use.</summary>
    /// <param name="luma">The image, row by row, one byte a pixel; <see cref="CameraImageBytes"/> bytes, read during the call only.</param>
    public void ReceiveImage(ReadOnlySpan<byte> luma) => camera?.Put(this, luma);

    /// <summary>The next text message to send.</summary>
    /// <returns>UTF-8, valid until the next call; null when there is nothing to send now.</returns>
    public ReadOnlyMemory<byte>? NextText()
    {
        if (lastState != broadcast.StateNumber)
        {
            lastState = broadcast.StateNumber;
            return text.Write(reports.State(preset => commands.IsEditedBy(this, preset)));
        }

        if (broadcast.NoticeAfter(ref lastNotice) is { } notice)
        {
            return text.Write(notice);
        }

        if (answers.Take() is { } answer)
        {
            return text.Write(answer);
        }

        if (lastStats != broadcast.StatsNumber)
        {
            lastStats = broadcast.StatsNumber;
            return text.Write(reports.Stats(ageNow, broadcast.Pages));
        }

        return null;
    }

    /// <summary>The next image to send.</summary>
    /// <returns>A message to dispose when it is sent, or null when there is none or two are on their way.</returns>
    /// <exception cref="LiveConvException">The encoder failed.</exception>
    /// <exception cref="OverflowException">The image is too large for the protocol.</exception>
    public ImageMessage? NextImage() => images.Next();

    /// <summary>Ends the session: its camera and lesson stop, and it is woken no more.</summary>
    public void Dispose()
    {
        camera?.Stop(this, "the page with the camera is gone");
        tools.Learn(null, answers.Put);
        broadcast.Remove(this);
        commands.Forget(this);
    }

    private void Dispatch(Inbound message)
    {
        switch (message.Kind)
        {
            case InboundKind.Drawn:
                ageNow = images.Acknowledge(message.Number, wasHeldBack: false);
                break;
            case InboundKind.Late:
                ageNow = images.Acknowledge(message.Number, wasHeldBack: true);
                break;
            case InboundKind.Key:
                commands.Press(message.Character);
                break;
            case InboundKind.Preset:
                commands.ChoosePreset(message.Text);
                break;
            case InboundKind.Show:
                images.Show(message.Planes);
                break;
            case InboundKind.Edit:
                answers.Put(commands.Edit(message.Body, this));
                break;
            case InboundKind.PresetFile:
                answers.Put(PageCommands.WriteFile(message.Body));
                break;
            case InboundKind.KernelText:
                answers.Put(KernelTexts.Answer(KernelTextRequest.Read(message.Body)));
                break;
            case InboundKind.KernelCopy:
                answers.Put(KernelTexts.Answer(KernelCopyRequest.Read(message.Body)));
                break;
            case InboundKind.Xray:
                answers.Put(tools.Explain(PixelQuestion.Read(message.Body)));
                break;
            case InboundKind.Learn:
                tools.Learn(LessonRequest.Read(message.Body), OnLessonStep);
                break;
            case InboundKind.Camera:
                answers.Put(new CameraMessage(Offer(CameraOffer.Read(message.Body))));
                break;
        }
    }

    private void OnLessonStep(LessonMessage step)
    {
        answers.Put(step);
        wake();
    }

    // Images that are on their way while the camera is taken back are still received, and lead nowhere.
    private string? Offer(CameraOffer? offer)
    {
        if (offer is null)
        {
            camera?.Stop(this, "the browser's camera was switched off");
            return "switched off";
        }

        string? refused = camera is null ? "this run takes no browser's camera" : camera.TryStart(this, offer.Width, offer.Height);
        CameraImageBytes = refused is null ? offer.Width * offer.Height : CameraImageBytes;
        return refused;
    }
}
