namespace LiveConv.Page;

/// <summary>Image messages that nobody sends now. Grows to one for each client that is being sent to. Thread-safe.</summary>
internal sealed class ImageMessagePool
{
    private readonly Lock gate = new();
    private readonly Stack<ImageMessage> idle = new();

    /// <summary>Takes a message with one lease.</summary>
    public ImageMessage Rent()
    {
        lock (gate)
        {
            return (idle.TryPop(out ImageMessage? message) ? message : new ImageMessage(this)).Share();
        }
    }

    /// <summary>Takes a message back.</summary>
    public void Return(ImageMessage message)
    {
        lock (gate)
        {
            idle.Push(message);
        }
    }
}
