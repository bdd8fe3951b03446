using System.Diagnostics;
using System.Reflection;

namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>What runs inside the VM: every test of one bed, in order, one line of output each.</summary>
internal static class GuestProgram
{
    private static readonly TimeSpan MaxForOne = TimeSpan.FromMinutes(3);

    public static int Main(string[] args)
    {
        if (args is ["--alone", string alone])
        {
            Run(All().Single(test => test.Name == alone));
            return 0;
        }

        Console.WriteLine(GuestOutcome.Begun(Bounds.Slowness()));
        foreach (MethodInfo test in All()
            .Where(test => BedOf(test) == args[0] && (args.Length < 2 || test.Name.Contains(args[1], StringComparison.Ordinal))))
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
        using var watch = new Timer(_ => GiveUpIfHanging(test, began), null, MaxForOne, MaxForOne);
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

    // A test that hangs says so itself: the host cannot tell it from a VM that is merely slow.
    private static void GiveUpIfHanging(MethodInfo test, long began)
    {
        TimeSpan took = Stopwatch.GetElapsedTime(began);
        if (took > MaxForOne * Bounds.Slowness())
        {
            Console.WriteLine(new GuestOutcome(test.Name, took, $"hangs since {took.TotalSeconds:0} s").ToLine());
            Environment.Exit(1);
        }
    }

    private static void Run(MethodInfo test) => test.CreateDelegate<Action>()();
}
