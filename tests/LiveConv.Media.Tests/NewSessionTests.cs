using System.Diagnostics;

namespace LiveConv.Media.Tests;

/// <summary>Programs that the terminal's Ctrl-C does not reach.</summary>
public class NewSessionTests
{
    [SkippableTheory]
    [InlineData("/usr/bin")]
    [InlineData("/nowhere")]
    public async Task Program_LeadsASessionOfItsOwnAndGetsItsArgumentsAsTheyAre(string searchPath)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "reads /proc");
        IReadOnlyList<string> command = NewSession.Find(searchPath);
        Skip.If(command.Count == 0, "neither setsid nor perl is installed");
        const string Script = """read -r pid name state parent group session rest </proc/self/stat; echo "$pid $session $1" """;

        using var process = Process.Start(new ProcessStartInfo(command[0], [.. command.Skip(1), "/bin/sh", "-c", Script, "sh", "a 'b\" $c"])
        {
            RedirectStandardOutput = true,
        })!;
        string[] words = (await process.StandardOutput.ReadToEndAsync()).TrimEnd().Split(' ', 3);
        await process.WaitForExitAsync();

        Assert.Equal(words[0], words[1]);
        Assert.Equal($"{process.Id}", words[0]);
        Assert.Equal("a 'b\" $c", words[2]);
    }

    [SkippableFact]
    public void WithoutSetsid_ItIsPerl()
    {
        Skip.IfNot(File.Exists("/usr/bin/perl"), "perl is not installed");

        Assert.Equal("/usr/bin/perl", NewSession.Find("/nowhere")[0]);
    }
}
