using LiveConv.Pipeline;

namespace LiveConv.Page;

/// <summary>What all pages share to look into images: X-ray and wall. Thread-safe; one looks at a time.</summary>
internal sealed class ImageViews : IDisposable
{
    private readonly StageMaps maps;
    private readonly PixelExplainer explainer;
    private readonly LayerWall wall;

    /// <summary>Starts with nothing computed.</summary>
    /// <param name="time">The clock.</param>
    public ImageViews(TimeProvider time)
    {
        maps = new StageMaps(time);
        explainer = new PixelExplainer(maps);
        wall = new LayerWall(maps);
    }

    /// <summary>What held images may take.</summary>
    public HoldBudget Budget { get; } = new();

    /// <summary>Explains a pixel of a held image.</summary>
    public ExplainedMessage Explain(ViewedImage held, PixelQuestion question)
    {
        lock (maps.Gate)
        {
            return explainer.Explain(held, question);
        }
    }

    /// <summary>Explains a pixel of the newest maps; where that takes all maps between, of a copy that may be a little older.</summary>
    public ExplainedMessage Explain(EdgeMaps newest, uint number, PixelQuestion question)
    {
        lock (maps.Gate)
        {
            ViewedImage image = ViewedImage.Of(newest, number);
            bool isCheap = explainer.NeedsOneWindow(image, question) || maps.Refuse(image) is not null;
            return explainer.Explain(isCheap ? image : maps.Recent(newest, number), question);
        }
    }

    /// <summary>The layers of a held image.</summary>
    public LayersMessage Layers(ViewedImage held, LayersRequest request)
    {
        lock (maps.Gate)
        {
            return wall.Show(held, request);
        }
    }

    /// <summary>The layers of the newest maps, or of a copy that is a little older.</summary>
    public LayersMessage Layers(EdgeMaps newest, uint number, LayersRequest request)
    {
        lock (maps.Gate)
        {
            return wall.Show(maps.Recent(newest, number), request);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (maps.Gate)
        {
            explainer.Dispose();
            maps.Dispose();
        }
    }
}
