using System.Runtime.CompilerServices;

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

    public static unsafe void Maps<TOut>(ReadOnlyPlaneView<byte> input, ReadOnlySpan<Plane<TOut>> maps, int filters, int width, int height)
        where TOut : unmanaged
    {
        if (input.Width < 1)
        {
            throw new ArgumentException("the input view is empty (a default value)", nameof(input));
        }

        if (maps.Length != filters)
        {
            throw new ArgumentException($"a bank of {filters} filters writes {filters} maps; got {maps.Length}", nameof(maps));
        }

        long inputStart = (long)Unsafe.AsPointer(ref Unsafe.AsRef(in input.Origin));
        long inputEnd = inputStart + (long)input.Pitch * (input.Height - 1) + input.Width;
        for (int m = 0; m < maps.Length; m++)
        {
            ArgumentNullException.ThrowIfNull(maps[m], nameof(maps));
            if (maps[m].Width != width || maps[m].Height != height)
            {
                throw new ArgumentException(
                    $"map {m} is {maps[m].Width}x{maps[m].Height}; an input of {input.Width}x{input.Height} gives {width}x{height}",
                    nameof(maps));
            }

            PlaneView<TOut> view = maps[m].View;
            long start = (long)Unsafe.AsPointer(ref view.Origin);
            if (start < inputEnd && inputStart < start + (long)view.Pitch * view.Height * sizeof(TOut))
            {
                throw new ArgumentException($"map {m} overlaps the input", nameof(maps));
            }

            if (maps[..m].Contains(maps[m]))
            {
                throw new ArgumentException($"map {m} is given twice", nameof(maps));
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
