using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LiveConv.Repository.Tests;

/// <summary>
/// macOS has Bash 3.2, of 2007: the scripts that run there use nothing newer, also nothing that fails only when it is reached. Its empty
/// arrays are unbound under <c>set -u</c>.
/// </summary>
public sealed partial class ShellScriptsTests
{
    private static readonly string[] OnMacOs = ["tests/run", ".ci/run"];

    // By version, as Bash's NEWS and CHANGES list them.
    private static readonly (string Since, string Pattern)[] Newer =
    [
        ("4.0", @"\b(mapfile|readarray|coproc)\b"),
        ("4.0", @"\b(declare|local|typeset)\s+-[a-zA-Z]*A"),
        ("4.0", @"\$\{!?\w+(\[[^]]*\])?(\^|,)"),
        ("4.0", @"&>>"),
        ("4.0", @"(?<!\|)\|&(?!&)"),
        ("4.0", @";;?&(?!&)"),
        ("4.0", @"\$\{?BASHPID\b"),
        ("4.0", @"\bread\s+(-\w+\s+)*-[a-zA-Z]*i\b"),
        ("4.0", @"\bread\s+(-\w+\s+)*-t\s*(0?\.\d|\d+\.\d)"),
        ("4.0", @"\{\d+\.\.\d+\.\.\d+\}"),
        ("4.0", @"\bshopt\s+-s\s+.*\b(globstar|autocd|dirspell)\b"),
        ("4.1", @"(?<!\$)\{\w+\}[<>]"),
        ("4.2", @"\b(declare|typeset)\s+-[a-zA-Z]*g"),
        ("4.2", @"\[-\d+\]"),
        ("4.2", @"\$\{\w+(\[[@*]\])?:[^}:]*:\s*-"),
        ("4.2", @"%\([^)]*\)T"),
        ("4.2", @"\[\[?\s+-v\s"),
        ("4.2", @"\bshopt\s+-s\s+.*\blastpipe\b"),
        ("4.3", @"\bwait\s+-n\b"),
        ("4.3", @"\b(declare|local|typeset)\s+-[a-zA-Z]*n"),
        ("4.4", @"\$\{\w+(\[[@*]\])?@\w\}"),
        ("4.4", @"\blocal\s+-(\s|;|$)"),
        ("5.0", @"\$\{?(EPOCHSECONDS|EPOCHREALTIME|BASH_ARGV0)\b"),
        ("5.1", @"\$\{?SRANDOM\b"),
        ("5.3", @"\$\{[ |]"),
    ];

    public static TheoryData<string> Scripts => new(OnMacOs);

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_ForMacOs_UsesNothingNewerThanItsBash(string path) =>
        Assert.Equal([], Faults(TrackedFiles.Read(path)).Select(fault => $"{path}: {fault}"));

    [SkippableTheory]
    [MemberData(nameof(Scripts))]
    public void Script_ForMacOs_IsReadByThisMachinesBash(string path)
    {
        Skip.IfNot(File.Exists("/bin/bash"), "there is no /bin/bash");
        using var bash = Process.Start(
            new ProcessStartInfo("/bin/bash", ["-n", RepositoryFiles.PathOf(path)]) { RedirectStandardError = true })!;
        string error = bash.StandardError.ReadToEnd();
        bash.WaitForExit();

        Assert.True(bash.ExitCode == 0, error);
    }

    [Theory]
    [InlineData("mapfile -t lines <file")]
    [InlineData("local -A seen=()")]
    [InlineData("echo ${name,,}")]
    [InlineData("echo ${names[0]^}")]
    [InlineData("make &>>log")]
    [InlineData("make |& tee log")]
    [InlineData("read -t 0.5 line")]
    [InlineData("echo ${list[-1]}")]
    [InlineData("echo ${name:0:-1}")]
    [InlineData("printf '%(%s)T'")]
    [InlineData("wait -n")]
    [InlineData("local -n other=name")]
    [InlineData("echo ${name@Q}")]
    [InlineData("exec {fd}>file")]
    [InlineData("[[ -v name ]]")]
    [InlineData("case x in x) a ;;& esac")]
    [InlineData("local - ")]
    [InlineData("list=(); run \"${list[@]}\"")]
    [InlineData("local list=() other; run \"${list[@]}\"")]
    [InlineData("list=()\nlist+=(a)\nrun \"${list[@]}\"")]
    public void Faults_OfNewerConstructs_AreFound(string script) => Assert.NotEmpty(Faults(script));

    [Theory]
    [InlineData("# mapfile is missing there")]
    [InlineData("a && b & wait; c 2>&1 | d || e")]
    [InlineData("echo \"${name:-x}\" ${name%.*} ${name/a,b/c} ${#list[@]} {1..3}")]
    [InlineData("list=(a b); run \"${list[@]}\"")]
    [InlineData("list=(); run ${list[@]+\"${list[@]}\"}")]
    [InlineData("list=(); [ ${#list[@]} -gt 0 ] || return 0; run \"${list[@]}\" # not empty: checked")]
    [InlineData("case x in x) a ;; esac; echo ${name}>file")]
    public void Faults_OfWhatBash3Has_AreNone(string script) => Assert.Empty(Faults(script));

    private static IEnumerable<string> Faults(string script)
    {
        string[] lines = [.. script.Split('\n').Select(line => Comment().Replace(line, ""))];
        HashSet<string> maybeEmpty = [.. lines.SelectMany(line => EmptyArray().Matches(line)).Select(match => match.Groups[1].Value)];
        foreach ((int index, string line) in lines.Index())
        {
            foreach ((string since, string pattern) in Newer)
            {
                if (Regex.Match(line, pattern) is { Success: true } found)
                {
                    yield return $"line {index + 1}: {found.Value} is there since Bash {since}";
                }
            }

            // A list whose length was looked at before is not empty.
            foreach (Match all in WholeArray().Matches(line).Where(all => maybeEmpty.Contains(all.Groups[1].Value)))
            {
                string name = all.Groups[1].Value;
                if (!lines[..(index + 1)].Any(earlier => earlier.Contains($"${{#{name}[@]}} -gt 0 ]", StringComparison.Ordinal)))
                {
                    yield return $"line {index + 1}: {all.Value} is unbound while it is empty: write ${{{name}[@]+\"${{{name}[@]}}\"}}";
                }
            }
        }
    }

    [GeneratedRegex(@"(^|\s)#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(\w+)=\(\)")]
    private static partial Regex EmptyArray();

    [GeneratedRegex("""(?<!\+)"\$\{(\w+)\[@\]\}""")]
    private static partial Regex WholeArray();
}
