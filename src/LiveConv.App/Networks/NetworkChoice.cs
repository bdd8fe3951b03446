using LiveConv.Networks;
using LiveConv.Page;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>The network that a run looks into.</summary>
internal static class NetworkChoice
{
    // Where the file leaves the input's size open.
    private static readonly (int Width, int Height) UsualSize = (224, 224);

    /// <summary>Reads and plans it.</summary>
    /// <param name="settings">The chosen files.</param>
    /// <param name="requested">What size of images was requested: an input of open size is as large.</param>
    /// <exception cref="LiveConvException">A file cannot be read, or they do not fit each other.</exception>
    public static LiveNetwork Open(NetworkSettings settings, SourceMode requested)
    {
        (int Width, int Height) size = requested is { Width: { } width, Height: { } height } ? (width, height) : UsualSize;
        Network network = OnnxFile.Read("--network", settings.File, null, openSize: size);
        IReadOnlyList<string> labels = settings.Labels is { } file ? NetworkLabels.Read(file) : [];
        try
        {
            string name = network.Name.Length > 0 ? network.Name : Path.GetFileNameWithoutExtension(settings.File);
            return new LiveNetwork(TextLine.Of(name), network, labels, settings.Scale);
        }
        catch (Exception e) when (e is ArgumentException or NetworkException)
        {
            throw new LiveConvException($"--network {settings.File}: {e.Message.Split(" (Parameter")[0]}", e);
        }
    }
}
