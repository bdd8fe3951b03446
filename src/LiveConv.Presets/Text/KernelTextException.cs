namespace LiveConv.Presets;

/// <summary>A kernel text that cannot be read, or a kernel that another program has no text for. The message is one line for people.</summary>
/// <param name="message">What is wrong, where, and what to do.</param>
public sealed class KernelTextException(string message) : Exception(message);
