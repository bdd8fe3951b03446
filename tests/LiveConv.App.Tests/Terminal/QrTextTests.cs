namespace LiveConv.App.Tests.Terminal;

public class QrTextTests
{
    [SkippableTheory]
    [InlineData("http://192.168.178.120:5017/?token=0123456789abcdef0123456789abcdef", true)]
    [InlineData("http://[2001:db8:1234:5678:9abc:def0:1234:5678]:65535/?token=0123456789abcdef0123456789abcdef", true)]
    [InlineData("https://cam.example.org/lab/edges/?token=0123456789abcdef0123456789abcdef", false)]
    public async Task Of_Address_IsReadByACamera(string address, bool isColoured)
    {
        QrImage.Need();
        Assert.Equal(address, await QrImage.DecodeAsync(QrText.Of(address, isColoured), isBlockDark: isColoured));
    }

    [Fact]
    public void Of_AddressOnALocalNetwork_FitsAnEightyColumnTerminal()
    {
        IReadOnlyList<string> lines = QrText.Of("http://192.168.178.120:5017/?token=0123456789abcdef0123456789abcdef", isColoured: false);

        Assert.True(lines.Count <= 22 && lines[0].Length <= 80);
    }
}
