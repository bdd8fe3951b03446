namespace LiveConv.Convolution.Tests;

/// <summary>
/// What the test assembly does when it is run as a program: the checks that need a process of their own, because they
/// switch instruction sets off or end the process when they fail.
/// </summary>
internal static class ChildProgram
{
    public static int Main(string[] args) => args switch
    {
        ["guard"] => GuardPageRun.Run(),
        ["suite", string width] => SuiteRun.Run(Enum.Parse<VectorWidth>(width)),
        _ => Usage(),
    };

    private static int Usage()
    {
        Console.Error.WriteLine("this is a test assembly: run it with dotnet test");
        return 2;
    }
}
