using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// Sums some neighbouring outputs of two vectors of output channels, in registers over all taps: every input is broadcast once for two
/// multiply-adds, every weight read once for all outputs. With 32 registers 14 outputs make 28 sums, two weights and an input.
/// </summary>
/// <remarks>
/// One method without calls: beside others the sums do not stay in registers. Which of its parts a number of outputs needs, the compiler
/// knows.
/// </remarks>
/// <typeparam name="TLanes">The registers.</typeparam>
/// <typeparam name="TVector">A register.</typeparam>
/// <typeparam name="TOutputs">Outputs, from 1 to 14.</typeparam>
/// <typeparam name="TStep">Elements from an output's input to its neighbour's.</typeparam>
internal static unsafe class BlockedSums<TLanes, TVector, TOutputs, TStep>
    where TLanes : IRealLanes<float, TVector>
    where TVector : struct
    where TOutputs : struct, IConstant
    where TStep : struct, IConstant
{
    [MethodImpl(HotLoop.Options)]
    public static void Run(in BlockedRun run)
    {
        float* p = run.Source, q = run.SourceNext, w = run.Weights;
        int* end = run.Offsets + run.Taps;
        nint pitch = run.BlockPitch, pair = run.WeightPair, ahead = run.Ahead, aheadPair = run.AheadPair;
        var start = new Pair(TLanes.Load(run.Start), TLanes.Load(run.Start + TLanes.Count));
        Pair s0 = start, s1 = start, s2 = start, s3 = start, s4 = start, s5 = start, s6 = start;
        Pair s7 = start, s8 = start, s9 = start, s10 = start, s11 = start, s12 = start, s13 = start;
        for (int block = run.Blocks; block > 0; block--, p += pitch, q += pitch)
        {
            for (int* tap = run.Offsets; tap < end; tap++, w += BlockedLayout.Wide)
            {
                TVector w0 = TLanes.Load(w), w1 = TLanes.Load(w + pair);
                float* x = p + *tap, y = q + *tap;
                Prefetch.SecondCache((byte*)(w + ahead));
                Prefetch.SecondCache((byte*)(w + aheadPair));
                s0.Add(x, y, 0, w0, w1);
                s1.Add(x, y, 1, w0, w1);
                s2.Add(x, y, 2, w0, w1);
                s3.Add(x, y, 3, w0, w1);
                s4.Add(x, y, 4, w0, w1);
                s5.Add(x, y, 5, w0, w1);
                s6.Add(x, y, 6, w0, w1);
                s7.Add(x, y, 7, w0, w1);
                s8.Add(x, y, 8, w0, w1);
                s9.Add(x, y, 9, w0, w1);
                s10.Add(x, y, 10, w0, w1);
                s11.Add(x, y, 11, w0, w1);
                s12.Add(x, y, 12, w0, w1);
                s13.Add(x, y, 13, w0, w1);
            }
        }

        s0.Store(in run, 0);
        s1.Store(in run, 1);
        s2.Store(in run, 2);
        s3.Store(in run, 3);
        s4.Store(in run, 4);
        s5.Store(in run, 5);
        s6.Store(in run, 6);
        s7.Store(in run, 7);
        s8.Store(in run, 8);
        s9.Store(in run, 9);
        s10.Store(in run, 10);
        s11.Store(in run, 11);
        s12.Store(in run, 12);
        s13.Store(in run, 13);
    }

    /// <summary>Two vectors of output channels of one output. Changed in place, where each sum has its register.</summary>
    private struct Pair(TVector first, TVector second)
    {
        private TVector first = first;
        private TVector second = second;

        private static int Half => (TOutputs.Value + 1) / 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(float* x, float* y, int output, TVector w0, TVector w1)
        {
            if (output >= TOutputs.Value)
            {
                return;
            }

            TVector input = TLanes.Broadcast(output < Half ? x[output * TStep.Value] : y[(output - Half) * TStep.Value]);
            first = TLanes.MultiplyAdd(input, w0, first);
            second = TLanes.MultiplyAdd(input, w1, second);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(in BlockedRun run, int output)
        {
            if (output >= TOutputs.Value)
            {
                return;
            }

            nint at = (nint)(output < Half ? output : output - Half) * BlockedLayout.Wide;
            TVector a = first, b = second;
            if (run.Addend != null)
            {
                float* addend = (output < Half ? run.Addend : run.AddendNext) + at;
                a = TLanes.Add(a, TLanes.Load(addend));
                b = TLanes.Add(b, TLanes.Load(addend + run.AddendPair));
            }

            if (run.HasRelu)
            {
                a = TLanes.Max(a, TLanes.Broadcast(0));
                b = TLanes.Max(b, TLanes.Broadcast(0));
            }

            float* target = (output < Half ? run.Target : run.TargetNext) + at;
            TLanes.Store(target, a);
            if (run.HasPair)
            {
                TLanes.Store(target + run.TargetPair, b);
            }
        }
    }
}
