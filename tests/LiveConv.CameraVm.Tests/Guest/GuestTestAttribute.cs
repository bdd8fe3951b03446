namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>A test that runs inside the VM, on the camera of this bed.</summary>
/// <param name="bed">Which bed.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GuestTestAttribute(string bed) : Attribute
{
    public string Bed { get; } = bed;
}
