namespace LiveConv.Convolution.Tests;

/// <summary>Borders said by walking: step over the edge and turn round, once per pixel beyond it.</summary>
internal static class ScalarBorder
{
    public static byte[,] Pad(byte[,] input, int left, int right, int top, int bottom, BorderMode border, byte constant)
    {
        var padded = new byte[input.GetLength(0) + top + bottom, input.GetLength(1) + left + right];
        for (int y = 0; y < padded.GetLength(0); y++)
        {
            for (int x = 0; x < padded.GetLength(1); x++)
            {
                int? row = Walk(y - top, input.GetLength(0), border);
                int? column = Walk(x - left, input.GetLength(1), border);
                padded[y, x] = row is { } r && column is { } c ? input[r, c] : border == BorderMode.Constant ? constant : (byte)0;
            }
        }

        return padded;
    }

    public static int? Walk(int i, int n, BorderMode border)
    {
        while (i < 0 || i >= n)
        {
            switch (border)
            {
                case BorderMode.Replicate:
                    i = Math.Clamp(i, 0, n - 1);
                    break;
                case BorderMode.Symmetric:
                    i = i < 0 ? -1 - i : 2 * n - 1 - i;
                    break;
                case BorderMode.Mirror:
                    i = n == 1 ? 0 : i < 0 ? -i : 2 * n - 2 - i;
                    break;
                case BorderMode.Wrap:
                    i += i < 0 ? n : -n;
                    break;
                default:
                    return null;
            }
        }

        return i;
    }
}
