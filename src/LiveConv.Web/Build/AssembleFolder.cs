using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;

/// <summary>
/// The last step of publishing LiveConv.Web: .NET's files are packed, its documents get the policy that a server sends as a header, and the
/// service worker the list of all files.
/// </summary>
public sealed class AssembleFolder : Microsoft.Build.Utilities.Task
{
    private const string Policy =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        + "media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'";

    private const string Charset = "<meta charset=\"utf-8\">";
    private const string AppleIcon = "\n  <link rel=\"apple-touch-icon\" href=\"icons/192.png\">";
    private const string Packed = ".bin";

    // SmallestSize, for which the library of MSBuild's tasks has no name.
    private const CompressionLevel Smallest = (CompressionLevel)3;
    private const string Files = "/* files */";
    private const string Version = "/* version */";
    private const string Script = "  <script type=\"module\" src=\"app.js\"></script>";

    // The worker has the longest way to the first image.
    private const string EngineFirst = "  <script type=\"module\" src=\"session/enginesocket.js\" async></script>\n";

    /// <summary>The folder that is served.</summary>
    [Required]
    public string Folder { get; set; }

    /// <summary>Whole paths of files there that are not ours; they stay as they are.</summary>
    public string[] Others { get; set; } = new string[0];

    /// <inheritdoc/>
    public override bool Execute()
    {
        string[] files = Served();
        string policy = Charset + "\n  <meta http-equiv=\"Content-Security-Policy\" content=\"" + Policy + "\">";
        Edit("index.html", text => Replace(
            Replace(
                Replace(text, Charset, policy + "\n  <link rel=\"manifest\" href=\"manifest.webmanifest\">" + AppleIcon),
                "<html lang=\"en\">",
                "<html lang=\"en\" data-tab>"),
            Script,
            EngineFirst + Script));
        Edit("convolution.html", text => Replace(text, Charset, policy));
        string list = string.Join(", ", files.Select(path => "\"" + (path == "index.html" ? "./" : path) + "\""));
        Edit("sw.js", text => Replace(Replace(text, Files, list), Version, Hash(files)));
        return true;
    }

    // The files that a browser loads, but for the list itself.
    private string[] Served()
    {
        string root = Path.GetFullPath(Folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        return Directory.GetFiles(root, "*", SearchOption.AllDirectories)
            .Except(Others)
            .Select(path => path.Substring(root.Length).Replace('\\', '/'))
            .Where(path => path != "sw.js")
            .Select(path => path.EndsWith(".wasm", StringComparison.Ordinal) ? Pack(path) : path)
            .OrderBy(path => path, StringComparer.Ordinal)
            .ToArray();
    }

    // As engine.js unpacks it. No server knows what .bin is, and so none sends it as something else.
    private string Pack(string name)
    {
        string path = Path.Combine(Folder, name);
        byte[] plain = File.ReadAllBytes(path);
        using (FileStream packed = File.Create(path + Packed))
        using (var stream = new GZipStream(packed, Smallest))
        {
            stream.Write(plain, 0, plain.Length);
        }

        File.Delete(path);
        return name + Packed;
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
