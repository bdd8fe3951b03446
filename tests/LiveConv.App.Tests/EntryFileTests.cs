namespace LiveConv.App.Tests;

public class EntryFileTests
{
    [Fact]
    public void File_LeadsToTheAddressAndIsThisAccountsAlone()
    {
        string path = EntryFile.Make(new Uri("http://localhost:5017/?token=0123&a=<b>"));
        try
        {
            string text = File.ReadAllText(path);
            Assert.Contains("url=http://localhost:5017/?token=0123&amp;a=", text, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>", text, StringComparison.Ordinal);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }
}
