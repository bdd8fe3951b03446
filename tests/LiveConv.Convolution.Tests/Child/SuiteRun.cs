using System.Reflection;
using Xunit.Sdk;

namespace LiveConv.Convolution.Tests;

/// <summary>Runs the tests of this assembly in this process, with the instruction sets that it was left.</summary>
internal static class SuiteRun
{
    // These start such processes, or need one to themselves.
    private static readonly Type[] NotHere =
        [typeof(ChildTests), typeof(FilterBankAllocationTests), typeof(BlockedAllocationTests), typeof(GradientPeerTests)];

    public static int Run(VectorWidth widest)
    {
        if (VectorWidths.Best > widest)
        {
            Console.Error.WriteLine($"the process has {VectorWidths.Best}, not at most {widest}");
            return 1;
        }

        int passed = 0;
        foreach (Type type in typeof(SuiteRun).Assembly.GetExportedTypes().Except(NotHere))
        {
            foreach (MethodInfo method in type.GetMethods().Where(m => m.GetCustomAttribute<FactAttribute>() is not null))
            {
                IEnumerable<object?[]> rows = method.GetCustomAttribute<TheoryAttribute>() is null
                    ? [[]]
                    : method.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(method));
                foreach (object?[] arguments in rows)
                {
                    try
                    {
                        method.Invoke(Activator.CreateInstance(type), arguments);
                        passed++;
                    }
                    catch (TargetInvocationException e) when (e.InnerException is Xunit.SkipException skip)
                    {
                        Console.WriteLine($"{type.Name}.{method.Name} skipped: {skip.Message}");
                    }
                }
            }
        }

        Console.WriteLine($"{passed} passed at {VectorWidths.Best}");
        return 0;
    }
}
