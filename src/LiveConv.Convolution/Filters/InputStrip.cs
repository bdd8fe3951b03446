using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// The input rows under one strip of outputs, border resolved. Blocks inside the picture are read where they stand;
/// blocks that touch a border are copied into a patch first, so that no filter ever asks where the edge is.
/// </summary>
internal unsafe ref struct InputStrip
{
    /// <summary>Bytes of a patch row: a block, the widest halo (30), and the one pixel that may be read beyond it.</summary>
    public const int PatchPitch = 128;

    private readonly byte* input;
    private readonly nint pitch;
    private readonly int width;
    private readonly int height;
    private readonly BorderMode border;
    private readonly byte constant;
    private readonly Halo halo;
    private readonly int count;
    private bool touchesConstant;

    public InputStrip(byte* input, nint pitch, int width, int height, BorderMode border, byte constant, Halo halo, int count)
    {
        this.input = input;
        this.pitch = pitch;
        this.width = width;
        this.height = height;
        this.border = border;
        this.constant = constant;
        this.halo = halo;
        this.count = count;
    }

    /// <summary>Fills in the row pointers; a row outside the picture under a constant border is null.</summary>
    public void ResolveRows(long firstRow, byte** rows)
    {
        for (int r = 0; r < count; r++)
        {
            int row = Borders.Map(firstRow + r, height, border);
            rows[r] = row < 0 ? null : input + row * pitch;
            touchesConstant |= row < 0;
        }
    }

    /// <summary>How many blocks from this column on lie inside the picture, their windows and one pixel more included.</summary>
    public readonly int BlocksInside(int column) =>
        touchesConstant || column < halo.Left ? 0 : Math.Max(0, width - halo.Right - 1 - column) / Block.Width;

    /// <summary>Copies the window of a block into a patch, border included.</summary>
    public readonly void FillPatch(byte** rows, int column, byte* patch, byte** patchRows)
    {
        int first = column - halo.Left;
        int needed = Math.Min(Block.Width, width - column) + halo.Left + halo.Right;
        int inside = Math.Clamp(-first, 0, needed);
        int outside = Math.Clamp(width - first, inside, needed);
        for (int r = 0; r < count; r++, patch += PatchPitch)
        {
            patchRows[r] = patch;
            if (rows[r] == null)
            {
                Unsafe.InitBlockUnaligned(patch, constant, PatchPitch);
                continue;
            }

            FillEnd(rows[r], first, patch, 0, inside);
            Unsafe.CopyBlockUnaligned(patch + inside, rows[r] + first + inside, (uint)(outside - inside));
            FillEnd(rows[r], first, patch, outside, needed);
            Unsafe.InitBlockUnaligned(patch + needed, 0, (uint)(PatchPitch - needed));
        }
    }

    private readonly void FillEnd(byte* row, int first, byte* patch, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            int source = Borders.Map(first + i, width, border);
            patch[i] = source < 0 ? constant : row[source];
        }
    }
}
