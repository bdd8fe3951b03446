using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace LiveConv.Viewer.Tests;

public class PageHostTests
{
    [Fact]
    public void IsTaken_PortThatSomebodyHas_Is()
    {
        Assert.True(PageHost.IsTaken(new IOException("", new AddressInUseException(""))));
        Assert.True(PageHost.IsTaken(new AggregateException(new SocketException((int)SocketError.AddressAlreadyInUse))));
    }

    [Fact]
    public void IsTaken_PortThatWindowsKeepsForItself_IsThere() => Assert.Equal(
        OperatingSystem.IsWindows(), PageHost.IsTaken(new IOException("", new SocketException((int)SocketError.AccessDenied))));

    [Fact]
    public void IsTaken_OtherFaults_AreNot() =>
        Assert.False(PageHost.IsTaken(new IOException("", new SocketException((int)SocketError.NetworkDown))));
}
