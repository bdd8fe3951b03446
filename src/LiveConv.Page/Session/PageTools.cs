using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>The tools of one page that look into images: X-ray, wall of layers, microscope, learning, lessons and shelf.</summary>
/// <param name="images">Where the images are.</param>
/// <param name="views">What all pages share to look into images.</param>
/// <param name="thumbnails">Shared by all pages.</param>
/// <param name="context">The run.</param>
/// <param name="role">Whose page it is.</param>
internal sealed class PageTools(
    LatestImage images, ImageViews views, Thumbnails thumbnails, PageContext context, PageRole role) : IDisposable
{
    private const string NoImage = "there is no image yet";
    private const string NoNetwork = "this run has no network: start LiveConv with --network FILE.onnx";
    private const string NoPreset = "there is no such preset";
    private Action? endLesson;
    private volatile LessonMessage? learned;

    /// <summary>The image that the page holds.</summary>
    public HeldSlot Held { get; } = new(views.Budget, role);

    /// <summary>The newest step of what is learned, or was until it ended; null before the first.</summary>
    public LessonMessage? Learned => learned;

    /// <summary>Holds an image, in place of the one before; or lets the held one go.</summary>
    /// <param name="choice">Which one.</param>
    /// <param name="stage">What the presenter's page holds; null while it has said nothing.</param>
    public HeldMessage Hold(HoldChoice choice, HeldSlot? stage)
    {
        if (choice == HoldChoice.None)
        {
            Held.Clear();
            return new HeldMessage(null, null);
        }

        if (choice == HoldChoice.Stage && stage is not null)
        {
            string? refused = Held.Put(stage);
            if (refused is not null || Held.Image is not null)
            {
                return new HeldMessage(Held.Image?.Number, refused);
            }
        }

        return images.Read((maps, number) => Held.Put(ViewedImage.Of(maps, number)) is { } refusal
            ? new HeldMessage(null, refusal)
            : new HeldMessage(number, null)) ?? new HeldMessage(null, NoImage);
    }

    /// <summary>Whether the held image was made with another preset than the newest one: to be held anew.</summary>
    public bool IsHeldOutdated => Held.Image is { } held && images.Preset is { } newest && held.Preset != newest;

    /// <summary>Explains a pixel of the held image, or of the newest.</summary>
    public ExplainedMessage Explain(PixelQuestion question) =>
        Held.Read(image => views.Explain(image, question))
        ?? images.Read((maps, number) => views.Explain(maps, number, question))
        ?? new ExplainedMessage(null, NoImage);

    /// <summary>Whether a pixel is there.</summary>
    /// <param name="question">The pixel, and the preset whose maps it is of.</param>
    /// <param name="commands">What knows the presets.</param>
    public PlaceMessage Find(PlaceQuestion question, PageCommands commands)
    {
        try
        {
            Preset? other = question.Document is { } document ? PageCommands.Read(document) : commands.Find(question.Preset ?? "");
            return new PlaceMessage(question.Pixel is not { } pixel ? null : images.Read((maps, _) => PixelExplainer.WhyNone(
                new PresetStages(other ?? maps.Preset, new ImageSize(maps.Frame.Luma.Width, maps.Frame.Luma.Height)), pixel)));
        }
        catch (PresetException e)
        {
            return new PlaceMessage(e.Reason);
        }
        catch (ArgumentException)
        {
            return new PlaceMessage("its preset makes no maps of this image");
        }
    }

    /// <summary>The layers of the held image, or of the newest; those of another preset of a small copy of the newest.</summary>
    /// <param name="request">Which, and how large.</param>
    /// <param name="commands">What knows the presets.</param>
    public LayersMessage Layers(LayersRequest request, PageCommands commands) =>
        (request.Preset is { } id ? LayersOf(id, commands.Find(id), request) : null)
        ?? Held.Read(image => views.Layers(image, request))
        ?? images.Read((maps, number) => views.Layers(maps, number, request))
        ?? LayersMessage.Refuse(NoImage);

    /// <summary>What the network makes of the held image, or of the newest.</summary>
    public NetworkMessage Look(NetworkRequest request) => context.Network is not { } network
        ? NetworkMessage.Refuse(NoNetwork)
        : Held.Read(image => network.Show(image.Frames[0], image.Number, request))
            ?? images.Read((maps, number) => network.Show(maps.Frame.Luma, number, request))
            ?? NetworkMessage.Refuse(NoImage);

    /// <summary>Computes what the microscope shows.</summary>
    public MicroscopeMessage Magnify(MicroscopeRequest request) => new Microscope(images).Answer(request);

    /// <summary>The lessons in a language.</summary>
    public LessonsMessage Lessons(string language) => LessonsMessage.Of(context.Lessons(), language);

    /// <summary>Says what came of a prediction, of the newest image where the step is about it.</summary>
    public PredictedMessage Check(Prediction prediction) => new PredictionCheck(
        images, thumbnails, context.Controls.Presets, context.Lessons()).Answer(prediction);

    /// <summary>The newest image as a preset makes it, small.</summary>
    /// <param name="id">The preset's id.</param>
    /// <param name="preset">The preset, or null when there is none of this id.</param>
    public ThumbnailMessage Thumbnail(string id, Preset? preset) =>
        preset is null ? ThumbnailMessage.Refuse(id, NoPreset) : thumbnails.Of(preset);

    /// <summary>What the newest image shows, in words.</summary>
    public SeenMessage Describe() => images.Read((maps, _) => SeenMessage.Of(maps)) ?? new SeenMessage(null, null, null, null);

    /// <summary>Learns a kernel from the live image, step by step; ends the lesson before it. One call at a time.</summary>
    /// <param name="request">What is learned, or null for nothing more.</param>
    /// <param name="report">Called on any thread with each step, not after the lesson's end.</param>
    public void Learn(LessonRequest? request, Action<LessonMessage> report)
    {
        endLesson?.Invoke();
        endLesson = null;
        if (request is null)
        {
            return;
        }

        learned = null;
        var source = new CancellationTokenSource();
        endLesson = source.Cancel;
        CancellationToken stop = source.Token;
        _ = new Lesson(images, context, Report).RunAsync(request, stop);

        void Report(LessonMessage step)
        {
            if (!stop.IsCancellationRequested)
            {
                learned = step;
                report(step);
            }
        }
    }

    /// <summary>Ends the lesson and releases the held image.</summary>
    public void Dispose()
    {
        Learn(null, static _ => { });
        Held.Dispose();
    }

    private LayersMessage LayersOf(string id, Preset? preset, LayersRequest request)
    {
        (LayersMessage? made, string? refused) = preset is null
            ? (null, NoPreset)
            : thumbnails.Look(preset, maps => views.Layers(ViewedImage.Of(maps, 0), request));
        return (made ?? LayersMessage.Refuse(refused!)) with { Preset = id };
    }
}
