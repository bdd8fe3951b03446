using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiveConv.Convolution;

/// <summary>
/// The input rows under one strip of outputs, border resolved. Blocks inside the image are read where they stand;
/// blocks that touch a border are copied into a patch first, so that no filter needs to know where the edge is.
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

    /// <summary>Fills in the row pointers; a row outside the image under a constant border is null.</summary>
    [MethodImpl(HotLoop.Options)]
    public void ResolveRows(long firstRow, byte** rows)
    {
        bool isInside = firstRow >= 0 && firstRow + count <= height;
        for (int r = 0; r < count; r++)
        {
            int row = isInside ? (int)firstRow + r : Borders.Map(firstRow + r, height, border);
            rows[r] = row < 0 ? null : input + row * pitch;
            touchesConstant |= row < 0;
        }
    }

    /// <summary>How many blocks from this column on lie inside the image, their windows and one pixel more included.</summary>
    public readonly int BlocksInside(int column) =>
        touchesConstant || column < halo.Left ? 0 : Math.Max(0, width - halo.Right - 1 - column) / Block.Width;

    /// <summary>Copies the window of a block into a patch, border included.</summary>
    /// <remarks>
    /// What the windows of the block's pixels don't reach is left as it is: it only gets into a map's bytes beyond its width.
    /// </remarks>
    public readonly void FillPatch(byte** rows, int column, byte* patch, byte** patchRows)
    {
        int first = column - halo.Left;
        int needed = Math.Min(Block.Width, width - column) + halo.Left + halo.Right;
        int inside = Math.Clamp(-first, 0, needed);
        int outside = Math.Clamp(width - first, inside, needed);
        CopyInside(rows, first + inside, patch + inside, outside - inside);
        for (int i = 0; i < inside; i++)
        {
            FillColumn(rows, Borders.Map(first + i, width, border), patch + i);
        }

        for (int i = outside; i < needed; i++)
        {
            FillColumn(rows, Borders.Map(first + i, width, border), patch + i);
        }

        for (int r = 0; r < count; r++)
        {
            patchRows[r] = patch + r * PatchPitch;
        }
    }

    // A whole block as its first 64 pixels and its last ones, which may overlap: a copy of any length costs more.
    [MethodImpl(HotLoop.Options)]
    private readonly void CopyInside(byte** rows, int column, byte* patch, int length)
    {
        for (int r = 0; r < count; r++, patch += PatchPitch)
        {
            byte* source = rows[r] + column;
            if (rows[r] == null)
            {
                Unsafe.InitBlockUnaligned(patch, constant, (uint)length);
            }
            else if (length < Block.Width)
            {
                Unsafe.CopyBlockUnaligned(patch, source, (uint)length);
            }
            else
            {
                Vector512.Load(source).Store(patch);
                Vector512.Load(source + length - Block.Width).Store(patch + length - Block.Width);
            }
        }
    }

    [MethodImpl(HotLoop.Options)]
    private readonly void FillColumn(byte** rows, int column, byte* patch)
    {
        for (int r = 0; r < count; r++, patch += PatchPitch)
        {
            *patch = column < 0 || rows[r] == null ? constant : rows[r][column];
        }
    }
}
