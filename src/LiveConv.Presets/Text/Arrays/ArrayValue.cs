namespace LiveConv.Presets;

/// <summary>A number, a list or a grid of numbers. Errors of shape are messages without a place; the parser knows the place.</summary>
/// <param name="Rank">0 a number, 1 a list, 2 rows and columns.</param>
/// <param name="Cells">Height * width numbers, row by row.</param>
/// <param name="Height">Rows; 1 below rank 2.</param>
/// <param name="Width">Columns.</param>
internal sealed record ArrayValue(int Rank, Ratio[] Cells, int Height, int Width)
{
    /// <summary>No array, finished or not, holds more numbers: those of the largest kernel.</summary>
    public const int MaxCells = Convolution.FilterBank.MaxKernelSize * Convolution.FilterBank.MaxKernelSize;

    /// <summary>Written as a bare list in one line, which people do with squares too.</summary>
    public bool IsFlatList { get; init; }

    /// <summary>A list or a tuple of Python, which * repeats and + joins; no array yet.</summary>
    public bool IsPythonList { get; init; }

    /// <summary>An integer expression, or an array of integers: in C their division is cut to whole numbers, in Python a number repeats
    /// lists and an array holds no fractions.</summary>
    public bool IsInteger { get; init; }

    /// <summary>The type of its numbers where a language rounds to it after every operation; else null.</summary>
    public WholeType? Type { get; init; }

    /// <summary>How the text applies it, if it does.</summary>
    public KernelUse? Use { get; init; }

    public bool IsScalar => Rank == 0;

    public static ArrayValue Scalar(Ratio value) => new(0, [value], 1, 1);

    public static ArrayValue List(Ratio[] cells) => new(1, cells, 1, cells.Length);

    public static ArrayValue Grid(int height, int width, Func<int, int, Ratio> cell) =>
        new(2, [.. Enumerable.Range(0, height * width).Select(i => cell(i / width, i % width))], height, width);

    public ArrayValue Map(Func<Ratio, Ratio> change) =>
        this with { Cells = Array.ConvertAll(Cells, cell => change(cell)), IsFlatList = false, IsPythonList = false };

    public ArrayValue Transpose() => Rank < 2 ? this : Grid(Width, Height, (y, x) => Cells[x * Width + y]) with { Type = Type };

    /// <summary>Whether this is another grid turned over, times any number but 0.</summary>
    public bool IsTransposeOf(ArrayValue other)
    {
        if (Rank != 2 || other.Rank != 2 || (Height, Width) != (other.Width, other.Height))
        {
            return false;
        }

        Ratio[] turned = other.Transpose().Cells;
        int first = Array.FindIndex(turned, cell => cell.Value != 0);
        double factor = first < 0 ? 0 : Cells[first].Value / turned[first].Value;
        return factor != 0 && Cells.Zip(turned).All(pair => Math.Abs(pair.First.Value - factor * pair.Second.Value)
            <= 1e-12 * Math.Abs(pair.First.Value));
    }

    /// <summary>Rows with columns, as Matlab has it for everything.</summary>
    public ArrayValue AsGrid() => Rank == 2 ? this : this with { Rank = 2, IsFlatList = false };

    public Ratio Sum() => Cells.Aggregate((Ratio)0, (sum, cell) => sum + cell);

    /// <summary>The same numbers in another shape.</summary>
    public ArrayValue Reshape(int height, int width) => (long)height * width == Cells.Length
        ? new ArrayValue(2, Cells, height, width) { Type = Type }
        : throw new KernelTextException($"{Cells.Length} numbers are no {height} rows of {width}");

    /// <summary>The list's elements, this many times one after another, as Python's * has it.</summary>
    public ArrayValue Repeat(double times) => times is not (>= 1 and <= MaxCells) || times * Cells.Length > MaxCells
        ? throw new KernelTextException($"{Shape}, {times} times: a kernel has 1 to {MaxCells} numbers")
        : Below([.. Enumerable.Repeat(this, (int)times)]);

    /// <summary>The elements of two lists one after another, as Python's + has it.</summary>
    public ArrayValue Join(ArrayValue other) => Rank != other.Rank || (Rank == 2 && Width != other.Width)
        ? throw new KernelTextException($"{Shape} and {other.Shape} make no list of rows")
        : Cells.Length + other.Cells.Length > MaxCells
            ? throw new KernelTextException($"a kernel has at most {MaxCells} numbers")
            : Below([this, other]);

    /// <summary>Number by number; a number, a row and a column are repeated to the other's shape, as numpy does.</summary>
    public static ArrayValue Combine(ArrayValue a, ArrayValue b, Func<Ratio, Ratio, Ratio> combine)
    {
        if (a.IsScalar && b.IsScalar)
        {
            return Scalar(combine(a.Cells[0], b.Cells[0])) with { IsInteger = a.IsInteger && b.IsInteger, Type = a.Type ?? b.Type };
        }

        int height = Side(a.Height, b.Height);
        int width = Side(a.Width, b.Width);
        if (height * width > MaxCells || height < 0 || width < 0)
        {
            throw new KernelTextException($"{a.Shape} and {b.Shape} do not fit each other");
        }

        Ratio At(ArrayValue of, int y, int x) => of.Cells[(of.Height == 1 ? 0 : y) * of.Width + (of.Width == 1 ? 0 : x)];
        ArrayValue grid = Grid(height, width, (y, x) => combine(At(a, y, x), At(b, y, x)));
        return grid with { Rank = Math.Max(a.Rank, b.Rank), Type = a.Type ?? b.Type };
    }

    /// <summary>The product of matrices.</summary>
    public static ArrayValue Product(ArrayValue a, ArrayValue b) => a.IsScalar || b.IsScalar
        ? Combine(a, b, (x, y) => x * y)
        : a.Width != b.Height || a.Height * b.Width > MaxCells
            ? throw new KernelTextException($"{a.Shape} times {b.Shape} is no matrix product")
            : Grid(a.Height, b.Width, (y, x) =>
                Enumerable.Range(0, a.Width).Aggregate((Ratio)0, (sum, i) =>
                sum + a.Cells[y * a.Width + i] * b.Cells[i * b.Width + x]));

    public string Shape => Rank switch
    {
        0 => "a number",
        1 => $"a list of {Width}",
        _ => $"{Height} rows of {Width}",
    };

    private static ArrayValue Below(ArrayValue[] lists)
    {
        Ratio[] cells = [.. lists.SelectMany(list => list.Cells)];
        return (lists[0].Rank == 1 ? List(cells) : new ArrayValue(2, cells, lists.Sum(list => list.Height), lists[0].Width)) with
        {
            IsFlatList = lists[0].IsFlatList,
            IsPythonList = true,
        };
    }

    private static int Side(int a, int b) => a == b || b == 1 ? a : a == 1 ? b : -1;
}
