using System.Reflection;

namespace LiveConv.Convolution.Tests;

/// <summary>Runs the tests whose results must not depend on the machine's instruction sets, in this process.</summary>
internal static class SuiteRun
{
    private static readonly Type[] Classes =
        [typeof(FilterBankExactTests), typeof(FilterBankTests), typeof(AccumulatorTests), typeof(TensorVectorTests), typeof(SeedVectorTests), typeof(RealErrorTests)];

    public static int Run(VectorWidth widest)
    {
        if (VectorWidths.Best > widest)
        {
            Console.Error.WriteLine($"the process has {VectorWidths.Best}, not at most {widest}");
            return 1;
        }

        int passed = 0;
        foreach (Type type in Classes)
        {
            foreach (MethodInfo method in type.GetMethods().Where(m => m.GetCustomAttribute<FactAttribute>() is not null))
            {
                IEnumerable<object?[]> rows = method.GetCustomAttribute<TheoryAttribute>() is null
                    ? [[]]
                    : method.GetCustomAttributes<InlineDataAttribute>().SelectMany(data => data.GetData(method));
                foreach (object?[] arguments in rows)
                {
                    method.Invoke(Activator.CreateInstance(type), arguments);
                    passed++;
                }
            }
        }

        Console.WriteLine($"{passed} passed at {VectorWidths.Best}");
        return 0;
    }
}
