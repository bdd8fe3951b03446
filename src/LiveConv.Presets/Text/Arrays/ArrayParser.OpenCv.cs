namespace LiveConv.Presets;

/// <content>OpenCV's matrices in C++.</content>
internal sealed partial class ArrayParser
{
    private ArrayValue? OpenCvCall(ArrayToken name, string[] parts)
    {
        int mat = Array.FindIndex(parts,
            part => part is "Mat" or "Mat_" or "Mat1f" or "Mat1d" || part.StartsWith("Matx", StringComparison.Ordinal));
        if (language != ArrayLanguage.C || mat < 0 || !Now.Is("("))
        {
            return null;
        }

        Named = KernelDialect.OpenCv;
        WholeType? type = templateType;
        if (mat < parts.Length - 1)
        {
            return ArrayCall(name, parts[^1], false);
        }

        (List<ArrayValue> values, List<ArrayToken> words) = Arguments();
        type ??= words.Select(word => WholeType.Of(word.Text)).LastOrDefault(one => one is not null);
        if (parts[mat].StartsWith("Matx", StringComparison.Ordinal))
        {
            return At(name.Place, () => Stored(type, Matx(parts[mat], values)));
        }

        if (values.Count < 2 || !values[0].IsScalar || !values[1].IsScalar)
        {
            throw source.Error(name.Place, "a Mat here has rows, columns and numbers: (Mat_<float>(3, 3) << 0, -1, 0, …)");
        }

        ArrayValue numbers = TakeIf("<<") ? Streamed()
            : values.Count == 3 ? values[2]
            : throw source.Error(name.Place, "this Mat has no numbers: paste the line with its data too");
        return At(name.Place, () => Stored(type, numbers.Reshape(Whole(values[0]), Whole(values[1]))));
    }

    private static ArrayValue Stored(WholeType? type, ArrayValue value)
    {
        type?.Check(value.Cells);
        return value with { Type = type };
    }

    private ArrayValue Streamed()
    {
        var numbers = new List<ArrayValue>();
        do
        {
            Add(numbers, Expression());
        }
        while (TakeIf(","));
        return ArrayValue.List([.. numbers.SelectMany(number => number.Cells)]);
    }

    // Matx33f(…), Matx<float, 3, 3>(…): the sides are in the name, or a square.
    private static ArrayValue Matx(string name, List<ArrayValue> values)
    {
        ArrayValue list = ArrayValue.List([.. values.SelectMany(value => value.Cells)]);
        int side = (int)Math.Sqrt(list.Width);
        return name.Length > 5 && char.IsAsciiDigit(name[4]) && char.IsAsciiDigit(name[5])
            ? list.Reshape(name[4] - '0', name[5] - '0')
            : list.Reshape(side, side);
    }

    private static int Whole(ArrayValue side) =>
        side.Cells[0].Value is >= 1 and <= ArrayValue.MaxCells and var value && value == (int)value
            ? (int)value
            : throw new KernelTextException("a Mat's sides are whole numbers from 1");
}
