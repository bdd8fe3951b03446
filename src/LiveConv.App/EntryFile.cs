using System.Net;
using System.Text;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>
/// A file of this account's alone that leads a browser to an address, for systems where other accounts can read the command lines of
/// this one's programs: these have the file's path then, and not the address.
/// </summary>
internal static class EntryFile
{
    /// <summary>Makes it in the folder for temporary files; it is removed at the end of this program.</summary>
    /// <param name="page">The address.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static string Make(Uri page)
    {
        string path = Path.Combine(Path.GetTempPath(), $"liveconv-{Guid.NewGuid():N}.html");
        using (FileStream file = PlainFile.Create(path, PlainFile.Private))
        {
            string address = WebUtility.HtmlEncode(page.ToString());
            file.Write(Encoding.UTF8.GetBytes(
                $"""
                <!doctype html><meta charset="utf-8"><title>LiveConv</title><meta http-equiv="refresh" content="0; url={address}">
                <a href="{address}">LiveConv</a>

                """));
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(path);
        return path;
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What it leads to works once, and not after this run.
        }
    }
}
