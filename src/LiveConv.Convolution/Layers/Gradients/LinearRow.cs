using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>Which of a dense layer's arrays is computed.</summary>
internal enum LinearPart
{
    Output,
    InputGradient,
    WeightGradient,
}

/// <summary>
/// A dense layer over a batch of rows, and its gradients. A row of the work is a row of the result: an image's outputs, an image's
/// gradient, or the gradient of the weights of an output.
/// </summary>
internal readonly unsafe struct LinearRow<T, TLanes, TVector> : IRowWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : IRealLanes<T, TVector>
    where TVector : struct
{
    public required LinearPart Part { get; init; }

    public required int Images { get; init; }

    public required int Inputs { get; init; }

    public required int Outputs { get; init; }

    /// <summary>(images, inputs); not read for the gradient to it.</summary>
    public required T* Input { get; init; }

    /// <summary>(outputs, inputs); not read for the gradient to it.</summary>
    public required T* Weight { get; init; }

    /// <summary>One per output, or null.</summary>
    public required T* Bias { get; init; }

    /// <summary>(images, outputs); the gradient to the output.</summary>
    public required T* Gradient { get; init; }

    /// <summary>What is computed; overwritten.</summary>
    public required T* Result { get; init; }

    public int Rows => Part == LinearPart.WeightGradient ? Outputs : Images;

    public void Run(int row)
    {
        switch (Part)
        {
            case LinearPart.Output:
                for (int o = 0; o < Outputs; o++)
                {
                    T sum = LaneSums<T>.Dot<TLanes, TVector>(Weight + (nint)o * Inputs, Input + (nint)row * Inputs, Inputs);
                    Result[(nint)row * Outputs + o] = Bias == null ? sum : sum + Bias[o];
                }

                break;
            case LinearPart.InputGradient:
                new Span<T>(Result + (nint)row * Inputs, Inputs).Clear();
                for (int o = 0; o < Outputs; o++)
                {
                    LaneSums<T>.AddScaled<TLanes, TVector>(
                        Result + (nint)row * Inputs, Weight + (nint)o * Inputs, Gradient[(nint)row * Outputs + o], Inputs);
                }

                break;
            default:
                new Span<T>(Result + (nint)row * Inputs, Inputs).Clear();
                for (int n = 0; n < Images; n++)
                {
                    LaneSums<T>.AddScaled<TLanes, TVector>(
                        Result + (nint)row * Inputs, Input + (nint)n * Inputs, Gradient[(nint)n * Outputs + row], Inputs);
                }

                break;
        }
    }
}

/// <summary>A dense layer over dense memory, in the machine's widest registers.</summary>
internal static unsafe class LinearRows
{
    /// <summary>Computes one of the arrays from the others, which may be empty where they are not read.</summary>
    public static void Run<T>(
        LinearPart part, int images, int inputs, int outputs, ReadOnlySpan<T> input, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias,
        ReadOnlySpan<T> gradient, Span<T> result, WorkerPool? workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* x = input, w = weight, b = bias, g = gradient, target = result)
        {
            VectorDispatch.Run<T, Action<T>>(VectorWidths.BestReal, new(part, [images, inputs, outputs], x, w, b, g, target, workers));
        }
    }

    private readonly struct Action<T>(LinearPart part, int[] sizes, T* x, T* w, T* b, T* g, T* target, WorkerPool? workers)
        : IRealLaneAction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<TLanes, TVector>()
            where TLanes : IRealLanes<T, TVector>
            where TVector : struct
        {
            var rows = new LinearRow<T, TLanes, TVector>
            {
                Part = part,
                Images = sizes[0],
                Inputs = sizes[1],
                Outputs = sizes[2],
                Input = x,
                Weight = w,
                Bias = b,
                Gradient = g,
                Result = target,
            };
            RowJob<LinearRow<T, TLanes, TVector>>.Run(rows, rows.Rows, workers);
        }
    }
}
