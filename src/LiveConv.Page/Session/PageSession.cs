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
    private const string ForPresenters = "this page looks on: only the presenter's page does that";
    private const string ForThisMachine =
        "this page is served to this machine only: start LiveConv with --listen 0.0.0.0, and guests get an address";
    private readonly PageRole role;
    private readonly PageBroadcast broadcast;
    private readonly PageCommands commands;
    private readonly PageReports reports;
    private readonly ImageStream images;
    private readonly PageTools tools;
    private readonly BrowserCamera? camera;
    private readonly Func<GuestLink?> guests;
    private readonly Action wake;
    private readonly Answers answers = new();
    private readonly StateChanges states = new();
    private readonly HeavyRequests heavy;
    private readonly MessageWriter text = new();
    private readonly Lock receiving = new();
    private readonly RequestPacer pacer;
    private FormatException? fault;
    private int lastState;
    private int lastStats;
    private int lastNotice;
    private DrawnAge? drawn;
    private volatile bool followsLearning;

    /// <summary>Made by <see cref="PageSessions.Open"/>.</summary>
    internal PageSession(
        PageRole role,
        PageBroadcast broadcast,
        PageCommands commands,
        PageReports reports,
        ImageStream images,
        PageTools tools,
        PageContext context,
        PageRates rates,
        Action wake)
    {
        pacer = new RequestPacer(rates, context.Time, OnDue);
        heavy = new HeavyRequests(context.RunInBackground, Answer);
        this.role = role;
        this.broadcast = broadcast;
        this.commands = commands;
        this.reports = reports;
        this.images = images;
        this.tools = tools;
        camera = context.Camera;
        guests = context.Guests;
        this.wake = wake;
    }

    /// <summary>What the page may do.</summary>
    internal PageRole Role => role;

    /// <summary>Bytes of each camera image, as agreed; 0 while the page may send none.</summary>
    public int CameraImageBytes { get; private set; }

    /// <summary>Whether images came for a minute after the last one that the page acknowledged: it loses its place.</summary>
    public bool IsStale => images.IsStale;

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

    /// <summary>Takes a text message of the page. One of those that come too often is handled later, in place of those before it.</summary>
    /// <param name="message">The whole message; read during the call only.</param>
    /// <exception cref="FormatException">It is not a message of the protocol; the reason fits a WebSocket's close frame.</exception>
    public void Receive(ReadOnlySpan<byte> message)
    {
        lock (receiving)
        {
            if (fault is not null)
            {
                throw new FormatException(fault.Message, fault);
            }

            Inbound read = Inbound.Read(message);
            if (pacer.TryPass(read.Kind, message))
            {
                Dispatch(read);
            }
        }

        wake();
    }

    /// <summary>How long to wait before the page's next message is read; zero for a page that sends no more than pages need.</summary>
    /// <param name="bytes">The length of the message that was received.</param>
    public TimeSpan TimeToWait(int bytes) => pacer.TimeToWait(bytes);

    /// <summary>Takes an image of the page's camera; ignored when that camera is no longer in use.</summary>
    /// <param name="luma">The image, row by row, one byte a pixel; <see cref="CameraImageBytes"/> bytes, read during the call only.</param>
    /// <param name="age">How long ago the page had it, 0 or more, where that is known.</param>
    public void ReceiveImage(ReadOnlySpan<byte> luma, TimeSpan age = default) => camera?.Put(this, luma, age);

    /// <summary>The next text message to send.</summary>
    /// <returns>UTF-8, valid until the next call; null when there is nothing to send now.</returns>
    public ReadOnlyMemory<byte>? NextText()
    {
        if (lastState != broadcast.StateNumber)
        {
            lastState = broadcast.StateNumber;
            int known = states.HasSent ? lastState : 0;
            if (states.Write(reports.State(known, role, preset => commands.IsEditedBy(this, preset))) is { } changes)
            {
                return changes;
            }
        }

        if (broadcast.NoticeAfter(role, ref lastNotice) is { } notice)
        {
            return text.Write(notice);
        }

        if (answers.Take() is { } answer)
        {
            return answer;
        }

        if (lastStats != broadcast.StatsNumber)
        {
            lastStats = broadcast.StatsNumber;
            return text.Write(reports.Stats(role, images.Figures, drawn, broadcast.Pages));
        }

        return null;
    }

    /// <summary>Whether the page holds an image: it takes no newer ones.</summary>
    internal bool IsHolding => tools.Held.Image is not null;

    /// <summary>The presenter's page has learned one step more.</summary>
    internal void OnStageLearned(LessonMessage step)
    {
        if (followsLearning)
        {
            Answer(step);
        }
    }

    /// <summary>The next image to send.</summary>
    /// <returns>A message to dispose when it is sent, or null when there is none or two are on their way.</returns>
    /// <exception cref="LiveConvException">The encoder failed.</exception>
    /// <exception cref="OverflowException">The image is too large for the protocol.</exception>
    public ImageMessage? NextImage()
    {
        // The held image follows the preset: what was changed shows in its numbers.
        if (tools.IsHeldOutdated)
        {
            Hold(HoldChoice.Newest);
        }

        return images.Next();
    }

    /// <summary>Ends the session: its camera and lesson stop, and it is woken no more.</summary>
    public void Dispose()
    {
        pacer.Dispose();
        heavy.Dispose();
        camera?.Stop(this, "the page with the camera is gone");
        tools.Dispose();
        broadcast.Remove(this);
        commands.Forget(this);
    }

    private static OutboundMessage Refuse(InboundKind kind) => kind switch
    {
        InboundKind.Edit => new EditedMessage(ForPresenters, null),
        InboundKind.Camera => new CameraMessage(ForPresenters),
        InboundKind.Share => new ShareMessage(null, ForPresenters),
        _ => new NoticeMessage(ForPresenters, Problem: true),
    };

    private void OnDue(byte[] message)
    {
        lock (receiving)
        {
            try
            {
                Dispatch(Inbound.Read(message));
            }
            catch (FormatException e)
            {
                // The connection ends with the page's next message.
                fault = e;
            }
        }

        wake();
    }

    private void Dispatch(Inbound message)
    {
        if (role != PageRole.Presenter && message.Kind.IsForPresenters())
        {
            answers.Put(Refuse(message.Kind));
            return;
        }

        switch (message.Kind)
        {
            case InboundKind.Drawn:
                drawn = images.Acknowledge(message.Number, wasHeldBack: false);
                break;
            case InboundKind.Late:
                drawn = images.Acknowledge(message.Number, wasHeldBack: true);
                break;
            case InboundKind.Key:
                commands.Press(message.Character);
                break;
            case InboundKind.Preset:
                commands.ChoosePreset(message.Text);
                break;
            case InboundKind.Show:
                images.Show(ShownPlane.Read(message.Body));
                break;
            case InboundKind.Edit:
                answers.Put(commands.Edit(message.Body, this));
                break;
            case InboundKind.PresetFile:
                byte[] document = message.Body.ToArray();
                heavy.Put(message.Kind, () => PageCommands.WriteFile(document));
                break;
            case InboundKind.KernelText:
                KernelTextRequest pasted = KernelTextRequest.Read(message.Body);
                heavy.Put(message.Kind, () => KernelTexts.Answer(pasted));
                break;
            case InboundKind.KernelCopy:
                KernelCopyRequest copied = KernelCopyRequest.Read(message.Body);
                heavy.Put(message.Kind, () => KernelTexts.Answer(copied));
                break;
            case InboundKind.Xray:
                PixelQuestion question = PixelQuestion.Read(message.Body);
                heavy.Put(message.Kind, () => tools.Explain(question));
                break;
            case InboundKind.Place:
                PlaceQuestion place = PlaceQuestion.Read(message.Body);
                heavy.Put(message.Kind, () => tools.Find(place, commands));
                break;
            case InboundKind.Hold:
                Hold(message.Hold);
                break;
            case InboundKind.Layers:
                LayersRequest layers = LayersRequest.Read(message.Body);
                heavy.Put(message.Kind, () => tools.Layers(layers, commands));
                break;
            case InboundKind.Network:
                NetworkRequest looked = NetworkRequest.Read(message.Body);
                heavy.Put(message.Kind, () => tools.Look(looked));
                break;
            case InboundKind.Thumbnail:
                string id = message.Text;
                heavy.Put(message.Kind, () => tools.Thumbnail(id, commands.Find(id)));
                break;
            case InboundKind.Discard:
                commands.Discard(message.Text);
                break;
            case InboundKind.Seen:
                heavy.Put(message.Kind, tools.Describe);
                break;
            case InboundKind.Replay:
                camera?.RequestReplay();
                break;
            case InboundKind.Learn:
                Learn(message);
                break;
            case InboundKind.Microscope:
                MicroscopeRequest magnified = MicroscopeRequest.Read(message.Body);
                heavy.Put(message.Kind, () => tools.Magnify(magnified));
                break;
            case InboundKind.Lessons:
                string language = message.Text;
                heavy.Put(message.Kind, () => tools.Lessons(language));
                break;
            case InboundKind.Predict:
                Prediction prediction = Prediction.Read(message.Body);
                heavy.Put(message.Kind, () => tools.Check(prediction));
                break;
            case InboundKind.Camera:
                answers.Put(new CameraMessage(Offer(CameraOffer.Read(message.Body))));
                break;
            case InboundKind.Stage:
                broadcast.SetStage(StageView.Read(message.Body), tools);
                break;
            case InboundKind.Share:
                answers.Put(guests() is { } link ? new ShareMessage(link, null) : new ShareMessage(null, ForThisMachine));
                break;
        }
    }

    private void Hold(HoldChoice choice) => heavy.Put(InboundKind.Hold, () =>
    {
        HeldMessage answer = tools.Hold(choice, broadcast.StageHeld);
        images.SendAgain();
        broadcast.HoldChanged(tools.Held);
        return answer;
    });

    private void Learn(Inbound message)
    {
        LessonRequest? request = message.IsStage ? null : LessonRequest.Read(message.Body);
        followsLearning = message.IsStage;
        tools.Learn(request, step =>
        {
            Answer(step);
            broadcast.StepLearned(tools, step);
        });
        if (message.IsStage && broadcast.StageLearned is { } newest)
        {
            answers.Put(newest);
        }
    }

    private void Answer(OutboundMessage answer)
    {
        answers.Put(answer);
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

        string? refused = camera is null ? "this run takes no browser's camera" : camera.TryStart(this, offer);
        CameraImageBytes = refused is null ? offer.Width * offer.Height : CameraImageBytes;
        return refused;
    }
}
