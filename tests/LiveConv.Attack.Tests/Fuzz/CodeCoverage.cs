using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace LiveConv.Attack.Tests;

/// <summary>
/// Which branches the code under test took, where SharpFuzz has instrumented it (<c>tests/fuzz</c>): an input that takes a new way is worth
/// changing further. Elsewhere nothing is ever new.
/// </summary>
internal sealed unsafe class CodeCoverage
{
    private const int Size = 1 << 16;

    // Never freed: threads of the code under test may still write to it. Instrumented code writes from its first line on.
    private static readonly byte* Map = (byte*)NativeMemory.AllocZeroed(Size);
    private readonly byte[] seen = new byte[Size];

    /// <summary>How many branches were taken so far.</summary>
    public int Branches { get; private set; }

    /// <summary>Whether the last input took a branch that none took before, or took one many times more often.</summary>
    public bool TakeNew()
    {
        var taken = new Span<byte>(Map, Size);
        bool isNew = false;
        for (int at = 0; at < Size; at++)
        {
            int next = taken[at..].IndexOfAnyExcept((byte)0);
            if (next < 0)
            {
                break;
            }

            at += next;
            byte bucket = Bucket(taken[at]);
            Branches += seen[at] == 0 ? 1 : 0;
            isNew |= (seen[at] & bucket) == 0;
            seen[at] |= bucket;
        }

        taken.Clear();
        Trace.PrevLocation = 0;
        return isNew;
    }

    [ModuleInitializer]
    internal static void Start() => Trace.SharedMem = Map;

    // As AFL does: 1, 2, 3, up to 7, 15, 31, 127 and 255 times are different.
    private static byte Bucket(byte times) => times switch
    {
        1 => 1,
        2 => 2,
        3 => 4,
        <= 7 => 8,
        <= 15 => 16,
        <= 31 => 32,
        <= 127 => 64,
        _ => 128,
    };
}
