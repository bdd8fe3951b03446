namespace LiveConv.Page;

/// <summary>A page whose camera is the source.</summary>
internal interface ICameraPage
{
    /// <summary>The page did not ask for it: its camera is in use no more. On any thread; never blocks.</summary>
    /// <param name="why">For the user.</param>
    void OnCameraRevoked(string why);
}
