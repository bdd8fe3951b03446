namespace LiveConv.Convolution;

/// <summary>The arguments of a <see cref="FilterBank"/>.</summary>
internal static class FilterChecks
{
    public static void Bank(Operation operation, BorderMode border, FilterBankOptions options, ReadOnlySpan<Filter> filters)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.StrideX, 1, nameof(options.StrideX));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.StrideY, 1, nameof(options.StrideY));
        EnumChecks.ThrowIfUnnamed(operation, nameof(operation));
        EnumChecks.ThrowIfUnnamed(border, nameof(border));
        if (filters.Length is < 1 or > FilterBank.MaxFilters)
        {
            throw new ArgumentException($"a bank has 1 to {FilterBank.MaxFilters} filters; got {filters.Length}", nameof(filters));
        }

        for (int f = 0; f < filters.Length; f++)
        {
            Check(filters[f], f);
        }
    }

    public static void Count(int maps, int filters, string name)
    {
        if (maps != filters)
        {
            throw new ArgumentException($"a bank of {filters} filters writes {filters} maps; got {maps}", name);
        }
    }

    public static void Input(ReadOnlyPlaneView<byte> input)
    {
        if (input.Width < 1)
        {
            throw new ArgumentException("the input view is empty (a default value)", nameof(input));
        }
    }

    /// <summary>Each map's size and place; the input is pinned.</summary>
    public static void Maps(ReadOnlyPlaneView<byte> input, ReadOnlySpan<MapMemory> maps, int width, int height, string[] names)
    {
        MapMemory image = MapMemory.Of(input);
        for (int m = 0; m < maps.Length; m++)
        {
            string name = names[Math.Min(m, names.Length - 1)];
            if (maps[m].Width != width || maps[m].Height != height)
            {
                throw new ArgumentException(
                    $"map {m} is {maps[m].Width}x{maps[m].Height}; an input of {input.Width}x{input.Height} gives {width}x{height}", name);
            }

            if (maps[m].Overlaps(image))
            {
                throw new ArgumentException($"map {m} overlaps the input", name);
            }

            for (int other = 0; other < m; other++)
            {
                if (maps[m].Overlaps(maps[other]))
                {
                    throw new ArgumentException($"map {m} overlaps map {other}", name);
                }
            }
        }
    }

    private static void Check(Filter filter, int index)
    {
        ArgumentNullException.ThrowIfNull(filter, nameof(filter));
        ArgumentNullException.ThrowIfNull(filter.Kernel, nameof(filter));
        EnumChecks.ThrowIfUnnamed(filter.Response, nameof(filter));
        if (filter.Kernel.Width > FilterBank.MaxKernelSize || filter.Kernel.Height > FilterBank.MaxKernelSize)
        {
            throw new ArgumentException(
                $"filter {index} has a {filter.Kernel.Width}x{filter.Kernel.Height} kernel; the largest "
                + $"is {FilterBank.MaxKernelSize}x{FilterBank.MaxKernelSize}", nameof(filter));
        }

        if (!float.IsFinite(filter.Gain))
        {
            throw new ArgumentException($"filter {index} has gain {filter.Gain}; a gain is finite", nameof(filter));
        }
    }
}
