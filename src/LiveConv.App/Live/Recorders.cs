using LiveConv.Media;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>Creates recordings (key r) and snapshots (key s) according to the options.</summary>
internal sealed class Recorders
{
    private readonly RecordingOptions options;
    private readonly RecordingContext context;
    private readonly Func<EdgeMaps, IMapSink>? throughOpenCv;
    private readonly Lazy<BackgroundThread> background = new(static () => new BackgroundThread("snapshots"));
    private RecorderFactory? factory;

    /// <summary>Checks <c>--record</c> immediately; without it, r records into the working directory, which is checked then.</summary>
    public Recorders(LiveSettings settings, RecordingContext context)
    {
        this.context = context;
        string? source = OpenCvSpec.NameIn(settings.Source) ?? SourceSpec.Parse(settings.Source).LocalFile;
        options = settings.Recording with { Source = source };
        throughOpenCv = OpenCvFeature.Recorder(options, settings, context);
        factory = !settings.IsRecording || throughOpenCv is not null ? null : RecorderFactory.Create(options, context);
    }

    /// <summary>Starts a recording. Called by one thread at a time.</summary>
    public IMapSink Start(EdgeMaps first) =>
        throughOpenCv?.Invoke(first) ?? (factory ??= RecorderFactory.Create(options, context)).Start(first);

    /// <summary>Saves an image into the working directory, at a low priority: the stream goes on meanwhile.</summary>
    public Task SaveAsync(EdgeMaps maps) => background.Value.RunAsync(() =>
    {
        try
        {
            context.Notices.Info($"saved {PngSnapshot.Save(maps, Environment.CurrentDirectory, context.Time, options.Rights)}");
        }
        finally
        {
            maps.Dispose();
        }
    });
}
