using LiveConv.Media;
using LiveConv.OpenCv;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>A recording by OpenCV into a file that this run made, and keeps open so that it is written to that very file.</summary>
/// <param name="recorder">Writes it. Owned, as all of these.</param>
/// <param name="file">The file.</param>
/// <param name="alias">The path that OpenCV opens it by.</param>
internal sealed class OpenCvRecording(OpenCvRecorder recorder, LockedFile file, FileAlias alias) : IMapSink
{
    /// <inheritdoc/>
    public ValueTask AcceptAsync(EdgeMaps maps) => recorder.AcceptAsync(maps);

    /// <inheritdoc/>
    public ValueTask CompleteAsync() => recorder.CompleteAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await recorder.DisposeAsync().ConfigureAwait(false);
        alias.Dispose();
        file.Dispose();
    }
}
