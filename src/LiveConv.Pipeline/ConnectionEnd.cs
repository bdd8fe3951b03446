namespace LiveConv.Pipeline;

/// <summary>One end of a connection.</summary>
/// <param name="Address">The address: 4 or 16 bytes, as they are sent.</param>
/// <param name="Port">The port.</param>
public sealed record ConnectionEnd(byte[] Address, int Port);
