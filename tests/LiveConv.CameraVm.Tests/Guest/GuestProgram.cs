using System.Diagnostics;
using System.Reflection;

namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>What runs inside the VM: every test of one bed, in order, one line of output each.</summary>
internal static class GuestProgram
{
    public static int Main(string[] args)
    {
        if (args is ["--alone", string alone])
        {
            Run(All().Single(test => test.Name == alone));
            return 0;
        }

        foreach (MethodInfo test in All().Where(test => BedOf(test) == args[0] && (args.Length < 2 || test.Name.Contains(args[1], StringComparison.Ordinal))))
        {
            Console.WriteLine(Outcome(test).ToLine());
        }

        return 0;
    }

    /// <summary>Names of a bed's tests.</summary>
    public static IEnumerable<string> NamesOf(string bed) => All().Where(test => BedOf(test) == bed).Select(test => test.Name);

    private static IEnumerable<MethodInfo> All() => typeof(GuestProgram).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(method => method.IsDefined(typeof(GuestTestAttribute)))
        .OrderBy(method => method.MetadataToken);

    private static string BedOf(MethodInfo test) => test.GetCustomAttribute<GuestTestAttribute>()!.Bed;

    private static GuestOutcome Outcome(MethodInfo test)
    {
        long began = Stopwatch.GetTimestamp();
        string? failure = null;
        try
        {
            Run(test);
        }
#pragma warning disable CA1031 // Whatever a test throws is its outcome.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e.ToString();
        }

        return new GuestOutcome(test.Name, Stopwatch.GetElapsedTime(began), failure);
    }

    private static void Run(MethodInfo test) => test.CreateDelegate<Action>()();
}
