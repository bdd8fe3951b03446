using System.IO;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;

/// <summary>
/// The first step of publishing LiveConv.Web: what was published into the folder before goes, by the list of its service worker. Another
/// version may have other files, and those would stay in the list.
/// </summary>
public sealed class ClearFolder : Microsoft.Build.Utilities.Task
{
    /// <summary>The folder that is served; it may not be there.</summary>
    [Required]
    public string Folder { get; set; }

    /// <summary>Whole paths of the files that stay: somebody else's.</summary>
    [Output]
    public string[] Others { get; private set; } = new string[0];

    /// <inheritdoc/>
    public override bool Execute()
    {
        if (!Directory.Exists(Folder))
        {
            return true;
        }

        string root = Path.GetFullPath(Folder);
        string list = Path.Combine(root, "sw.js");
        string before = File.Exists(list) ? File.ReadAllText(list) : "";
        if (before.Contains("/* files */"))
        {
            // Publishing was broken off before the list was made: nobody knows whose files these are, and ours are written again.
            return true;
        }

        foreach (Match file in Regex.Matches(Regex.Match(before, @"files = \[[^\]]*").Value, "\"([^\"]+)\""))
        {
            string path = Path.GetFullPath(Path.Combine(root, file.Groups[1].Value == "./" ? "index.html" : file.Groups[1].Value));
            if (path.StartsWith(root, System.StringComparison.Ordinal) && File.Exists(path))
            {
                File.Delete(path);
            }
        }

        File.Delete(list);
        Others = Directory.GetFiles(root, "*", SearchOption.AllDirectories);
        return true;
    }
}
