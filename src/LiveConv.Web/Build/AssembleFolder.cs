using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;

/// <summary>
/// The last step of publishing LiveConv.Web: its documents get the policy that a server sends as a header, and the service worker the list
/// of all files.
/// </summary>
public sealed class AssembleFolder : Microsoft.Build.Utilities.Task
{
    private const string Policy =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        + "media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'";

    private const string Charset = "<meta charset=\"utf-8\">";
    private const string AppleIcon = "\n  <link rel=\"apple-touch-icon\" href=\"icons/192.png\">";
    private const string Files = "/* files */";
    private const string Version = "/* version */";

    /// <summary>The folder that is served.</summary>
    [Required]
    public string Folder { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        string policy = Charset + "\n  <meta http-equiv=\"Content-Security-Policy\" content=\"" + Policy + "\">";
        Edit("index.html", text => Replace(
            Replace(text, Charset, policy + "\n  <link rel=\"manifest\" href=\"manifest.webmanifest\">" + AppleIcon),
            "<html lang=\"en\">",
            "<html lang=\"en\" data-tab>"));
        Edit("convolution.html", text => Replace(text, Charset, policy));
        string[] files = Directory.GetFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(path => path.Substring(Path.GetFullPath(Folder).TrimEnd(Path.DirectorySeparatorChar).Length + 1).Replace('\\', '/'))
            .Where(path => path != "sw.js")
            .OrderBy(path => path, StringComparer.Ordinal)
            .ToArray();
        string list = string.Join(", ", files.Select(path => "\"" + (path == "index.html" ? "./" : path) + "\""));
        Edit("sw.js", text => Replace(Replace(text, Files, list), Version, Hash(files)));
        return true;
    }

    private void Edit(string name, Func<string, string> change)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, change(File.ReadAllText(path)));
    }

    private static string Replace(string text, string from, string to)
    {
        return text.Contains(from) ? text.Replace(from, to) : throw new InvalidDataException("there is no " + from + " to replace");
    }

    // Another file is another version.
    private string Hash(string[] files)
    {
        using (var sha = SHA256.Create())
        {
            var all = new StringBuilder();
            foreach (string file in files)
            {
                all.Append(file).Append(BitConverter.ToString(sha.ComputeHash(File.ReadAllBytes(Path.Combine(Folder, file)))));
            }

            return BitConverter.ToString(sha.ComputeHash(Encoding.UTF8.GetBytes(all.ToString())), 0, 8).Replace("-", "").ToLowerInvariant();
        }
    }
}
