using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LiveConv.Page.Tests;

public sealed class PageScriptTests
{
    private const string TypeScript = "typescript@5.9.3";

    [SkippableFact]
    public async Task Scripts_CheckedByTypeScript_HaveNoTypeErrors()
    {
        using Process tsc = Start(
            "npm", "exec", "--yes", $"--package={TypeScript}", "--", "tsc", "--project",
            RepositoryFiles.PathOf("src", "LiveConv.Page", "jsconfig.json"));
        Task<string> errors = tsc.StandardError.ReadToEndAsync();
        string findings = await tsc.StandardOutput.ReadToEndAsync();
        await tsc.WaitForExitAsync();

        Skip.If(
            tsc.ExitCode != 0 && !findings.Contains("error TS", StringComparison.Ordinal),
            $"npm cannot fetch {TypeScript}: {(await errors).Trim()}");
        Assert.Empty(findings);
    }

    // Shortcuts can be switched off: what listens everywhere has to know that, and one listener does.
    [Fact]
    public void Keys_OfTheWholePage_AreListenedToInOnePlace()
    {
        string folder = RepositoryFiles.PathOf("src", "LiveConv.Page", "wwwroot");
        IEnumerable<string> listening = Directory.EnumerateFiles(folder, "*.js", SearchOption.AllDirectories)
            .Where(file => Regex.IsMatch(File.ReadAllText(file), """\b(document|document\.body|window)\.(addEventListener\("key|onkey)"""))
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'));

        Assert.Equal(["session/keys.js"], listening);
    }

    private static Process Start(string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            throw new SkipException($"{program} is not installed");
        }
    }
}
