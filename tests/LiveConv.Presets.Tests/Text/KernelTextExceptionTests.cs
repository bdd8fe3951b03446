namespace LiveConv.Presets.Tests.Text;

public class KernelTextExceptionTests
{
    [Fact]
    public void KernelTextException_Message_IsTheLineAlone() => Assert.Equal("one line", new KernelTextException("one line").Message);
}
