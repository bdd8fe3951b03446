using System.CommandLine;
using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary><c>liveconv conv</c>: the engine's operations from the shell, for users of numpy.</summary>
internal static class ConvCommand
{
    private const string Description = """
        Convolve numpy arrays (.npy) and grey images (.pgm, .png) with the engine of LiveConv.

        Examples:
          liveconv conv --input x.npy --weight k.npy --output y.npy                         torch's conv2d
          liveconv conv --input x.npy --weight k.npy --bias b.npy --stride 2,1 --padding 1 --padding-mode reflect --output y.npy
          liveconv conv --op max_pool2d --input x.npy --kernel-size 2 --output y.npy
          liveconv conv --op convolve2d --mode same --boundary symm --input x.npy --weight k.npy --output y.npy      scipy
          liveconv conv --op filter2d --ddepth u8 --border reflect_101 --input photo.pgm --weight k.npy --output edges.pgm

        The shapes and the output equation go to standard error. Element types: u8 (8-bit unsigned), i2, i4, i8, f4, f8 and
        more; sums are computed in double precision. The result of integers (images and bool too) is i8 with every sum exact, or
        refused where a sum could pass 2^53; of float32 it is f4; of float64, and of mixtures of types, f8. --dtype takes another.
        """;

    /// <summary>Creates the command. It returns an exit code; its exceptions have one-line messages.</summary>
    public static Command Create()
    {
        var command = new Command("conv", Description);
        var arguments = new ConvArguments();
        arguments.AddTo(command);
        command.SetAction(parsed => Run(arguments, parsed));
        return command;
    }

    /// <summary>An argument exception's message without the parameter's name and value, which .NET appends.</summary>
    internal static string Plain(ArgumentException e)
    {
        int suffix = e.ParamName is null ? -1 : e.Message.IndexOf($" (Parameter '{e.ParamName}')", StringComparison.Ordinal);
        string message = suffix < 0 ? e.Message : e.Message[..suffix];
        return message.ReplaceLineEndings(" ");
    }

    private static int Run(ConvArguments arguments, ParseResult parsed)
    {
        ConvRequest request = arguments.Request(parsed);
        string inputPath = arguments.Input(parsed);
        string outputPath = arguments.Output(parsed);
        bool isJson = arguments.IsJson(parsed);
        NumberArray input = StillImage.ReadValues("--input", inputPath);
        NumberArray? weight = arguments.Weight(parsed) is { } w ? ArrayFile.Read("--weight", w) : null;
        NumberArray? bias = arguments.Bias(parsed) is { } b ? ArrayFile.Read("--bias", b) : null;
        try
        {
            if (bias is { Rank: not 1 })
            {
                throw new ArgumentException($"bias has shape {bias.ShapeText}; it takes one axis, (output channels,)");
            }

            var result = new ResultType(request, input, weight, bias);
            ElementType type = arguments.Type(parsed) ?? result.Default;
            result.CheckExact(type);
            using var workers = new WorkerPool();
            NumberArray output = ConvRunner.Run(request, input, weight, bias, workers);
            ArrayFile.Write(outputPath, output, type);
            if (isJson)
            {
                ResultsJson.Print(
                    new ConvResult(
                        request.Operation, request.Convention, input.Shape, weight?.Shape, bias?.Shape, output.Shape, type.Names[0],
                        ConvEquation.Of(request)),
                    ResultsJson.Default.ConvResult);
            }
            else if (!Terminal.IsQuiet)
            {
                Report(request, input, weight, bias, output);
            }

            return ExitCode.Done;
        }
        catch (ArgumentException e)
        {
            throw new LiveConvException($"{request.Operation}: {Plain(e)}", e);
        }
        catch (Exception e) when (e is OverflowException or OutOfMemoryException)
        {
            throw new LiveConvException($"{request.Operation}: the shapes lead to an array too large for memory", e);
        }
    }

    private static void Report(ConvRequest request, NumberArray input, NumberArray? weight, NumberArray? bias, NumberArray output)
    {
        string weights = weight is null ? "" : $"  weight {weight.ShapeText}";
        string biases = bias is null ? "" : $"  bias {bias.ShapeText}";
        Console.Error.WriteLine(
            $"{request.Operation} ({request.Convention}): input {input.ShapeText}{weights}{biases} -> output {output.ShapeText}");
        Console.Error.WriteLine(ConvEquation.Of(request));
    }
}
