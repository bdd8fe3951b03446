namespace LiveConv.Viewer;

/// <summary>Picture messages that nobody sends now. Grows to one for each client that is being sent to. Thread-safe.</summary>
internal sealed class PictureMessagePool
{
    private readonly Lock gate = new();
    private readonly Stack<PictureMessage> home = new();

    /// <summary>Takes a message with one lease.</summary>
    public PictureMessage Rent()
    {
        lock (gate)
        {
            return (home.TryPop(out PictureMessage? message) ? message : new PictureMessage(this)).Share();
        }
    }

    /// <summary>Takes a message back.</summary>
    public void Return(PictureMessage message)
    {
        lock (gate)
        {
            home.Push(message);
        }
    }
}
