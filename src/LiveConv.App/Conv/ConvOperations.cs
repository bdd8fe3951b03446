namespace LiveConv.App;

/// <summary>The operations with their conventions and options.</summary>
internal static class ConvOperations
{
    private static readonly string[] LayerOptions = ["--stride", "--padding", "--padding-mode", "--dilation", "--groups"];

    private static readonly Operation[] All =
    [
        new("conv1d", ["torch", "tensorflow"], LayerOptions),
        new("conv2d", ["torch", "tensorflow"], LayerOptions),
        new("conv3d", ["torch", "tensorflow"], LayerOptions),
        new("conv_transpose2d", ["torch"], ["--stride", "--padding", "--output-padding", "--dilation", "--groups"]),
        new("max_pool2d", ["torch"], ["--kernel-size", "--stride", "--padding", "--dilation"]),
        new("avg_pool2d", ["torch"], ["--kernel-size", "--stride", "--padding"]),
        new("upsample_nearest2d", ["torch"], ["--scale"]),
        new("upsample_bilinear2d", ["torch"], ["--scale"]),
        new("convolve2d", ["scipy"], ["--mode", "--boundary", "--fill-value"]),
        new("correlate2d", ["scipy"], ["--mode", "--boundary", "--fill-value"]),
        new("convolve", ["ndimage"], ["--mode", "--fill-value"]),
        new("correlate", ["ndimage"], ["--mode", "--fill-value"]),
        new("filter2d", ["opencv"], ["--ddepth", "--anchor", "--delta", "--border"]),
    ];

    public static (string Word, string Value)[] Words => [.. All.Select(o => (o.Name, o.Name))];

    /// <summary>Checks a request's convention and options against its operation; fills in the convention if none was named.</summary>
    /// <exception cref="UsageException">They cannot be combined.</exception>
    public static ConvRequest Check(ConvRequest request, string? convention, bool hasWeight, bool hasBias)
    {
        Operation operation = All.First(o => o.Name == request.Operation);
        if (convention is not null && !operation.Conventions.Contains(convention))
        {
            throw new UsageException(
                $"--op {operation.Name} has the convention {string.Join(" or ", operation.Conventions)}; got --convention {convention}");
        }

        foreach ((string option, bool given) in Given(request))
        {
            if (given && !operation.Options.Contains(option))
            {
                throw new UsageException(
                    $"{option} does not go with --op {operation.Name}, which takes {string.Join(", ", operation.Options)}");
            }
        }

        CheckCounts(request);
        bool needsWeight = !operation.Options.Contains("--kernel-size") && !operation.Options.Contains("--scale");
        if (needsWeight != hasWeight)
        {
            throw new UsageException(
                needsWeight ? $"--op {operation.Name} needs --weight FILE" : $"--weight does not go with --op {operation.Name}");
        }

        if (hasBias && !operation.Options.Contains("--groups"))
        {
            throw new UsageException($"--bias does not go with --op {operation.Name}");
        }

        return request with { Convention = convention ?? operation.Conventions[0] };
    }

    private static void CheckCounts(ConvRequest request)
    {
        int axes = request.Operation switch
        {
            "conv1d" => 1,
            "conv3d" => 3,
            _ => 2,
        };
        foreach ((string option, int count) in ((string, int)[])[
            ("--stride", request.Stride?.Length ?? 1),
            ("--dilation", request.Dilation?.Length ?? 1),
            ("--output-padding", request.OutputPadding?.Length ?? 1),
            ("--kernel-size", request.KernelSize?.Length ?? 1),
            ("--padding", request.Padding?.Split(',').Length ?? 1),
        ])
        {
            if (count != 1 && count != axes)
            {
                throw new UsageException(
                    $"{option} of --op {request.Operation} takes 1 number{(axes > 1 ? $" or {axes}" : "")}; got {count}");
            }
        }
    }

    // An option with its default value is harmless anywhere.
    private static (string Option, bool Given)[] Given(ConvRequest r) =>
    [
        ("--stride", Array.Exists(r.Stride ?? [], n => n != 1)),
        ("--padding", r.Padding is not (null or "valid") && r.Padding.Any(c => c is not ('0' or ','))),
        ("--padding-mode", r.PaddingMode is not (null or "zeros")),
        ("--dilation", Array.Exists(r.Dilation ?? [], n => n != 1)),
        ("--groups", r.Groups is not (null or 1)),
        ("--output-padding", Array.Exists(r.OutputPadding ?? [], n => n != 0)),
        ("--kernel-size", r.KernelSize is not null),
        ("--mode", r.Mode is not null),
        ("--boundary", r.Boundary is not null),
        ("--fill-value", r.FillValue is not (null or 0)),
        ("--scale", r.Scale is not null),
        ("--ddepth", r.Depth is not null),
        ("--anchor", r.Anchor is not null),
        ("--delta", r.Delta is not (null or 0)),
        ("--border", r.Border is not null),
    ];

    private sealed record Operation(string Name, string[] Conventions, string[] Options);
}
