namespace LiveConv.Presets;

/// <summary>What is wrong in a preset file, and where.</summary>
/// <param name="path">The member: <c>$.vertical</c>.</param>
/// <param name="reason">What is wrong with it.</param>
internal sealed class PresetFault(string path, string reason) : Exception(reason)
{
    public string Path { get; } = path;
}
