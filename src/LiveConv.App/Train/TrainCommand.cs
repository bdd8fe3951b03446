using System.CommandLine;
using System.Globalization;
using System.Text;
using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;
using LiveConv.Training;

namespace LiveConv.App;

/// <summary><c>liveconv train</c>: trains a network to tell images apart.</summary>
internal static class TrainCommand
{
    private const string Description = """
        Train a small convolutional network to tell images apart, and save it as an .onnx file.

        DIR has a folder for each class, with images in it; their names are the classes'. Images become grey and are scaled to one size.
        The network has three convolutions of 3x3 (8, 16 and 16 kernels), pooling by 2 after the first two, and weighs the means of its last
        maps. Some images of each class are kept, to measure with; the network that did best with them is saved. The same images, options
        and seed give the same file on every machine.

        When training diverges, no file is written and the command fails: the rate is too high.

        Examples:
          liveconv train photos --output mine.onnx --plot loss.svg
          liveconv train photos --output mine.onnx --optimizer sgd --rate 0.01 --epochs 100
          liveconv train --scene --output ball-or-bat.onnx                   the network in presets/networks
        """;

    private const int BarWidth = 20;

    public static Command Create()
    {
        var arguments = new TrainArguments();
        var command = new Command("train", Description);
        arguments.AddTo(command);
        command.SetAction(parsed => Run(arguments.Read(parsed)));
        return command;
    }

    private static int Run(TrainRequest request)
    {
        using var workers = new WorkerPool(request.Threads);
        ExampleSet examples = request.Folder is { } folder
            ? FolderExamples.Read(folder, request.Shape)
            : SceneSet.Draw(request.Training.Seed, request.Scenes, request.Shape);
        var network = TrainingNetwork.Usual(request.Shape, examples.Labels.Count, request.Training.Seed);
        Trainer trainer = TrainerFor(network, examples, request, workers);
        Terminal.Inform(
            $"{examples.Labels.Count} classes ({string.Join(", ", examples.Labels)}): {trainer.Learned} images to learn from, "
            + $"{trainer.Kept} to measure with");
        var epochs = new List<EpochSummary>();
        TrainingStep last = Train(trainer, request, epochs);
        if (request.Plot is { } plot)
        {
            Write("--plot", plot, Encoding.UTF8.GetBytes(TrainingPlot.Svg(epochs)));
        }

        if (last.State == TrainingState.Diverged)
        {
            throw new LiveConvException(string.Create(
                CultureInfo.InvariantCulture,
                $"training diverged in epoch {last.Epoch}: the loss is {last.Summary?.Loss ?? last.Loss:0.###e+0}, and no file was "
                + $"written; try a smaller --rate"));
        }

        Write("--output", request.Output, NetworkFile.Of(network, examples.Labels));
        if (request.Labels is { } labels)
        {
            Write("--labels-out", labels, Encoding.UTF8.GetBytes(string.Concat(examples.Labels.Select(label => $"{label}\n"))));
        }

        Report(request, examples, epochs, last);
        return ExitCode.Done;
    }

    private static Trainer TrainerFor(TrainingNetwork network, ExampleSet examples, TrainRequest request, WorkerPool workers)
    {
        try
        {
            return new Trainer(network, examples, request.Training, workers);
        }
        catch (ArgumentException e) when (request.Folder is { } folder)
        {
            throw new LiveConvException($"{folder}: {e.Message}", e);
        }
    }

    private static TrainingStep Train(Trainer trainer, TrainRequest request, List<EpochSummary> epochs)
    {
        TrainingStep? last = null;
        foreach (TrainingStep step in trainer.Run())
        {
            last = step;
            if (step.Summary is { } summary)
            {
                epochs.Add(summary);
                if (!Terminal.IsQuiet)
                {
                    Console.Error.WriteLine(Progress(step.Epoch, request.Training.Epochs, summary));
                }
            }
        }

        return last!;
    }

    private static string Progress(int epoch, int epochs, EpochSummary summary)
    {
        int full = epoch * BarWidth / epochs;
        string measured = summary.ValidationLoss is { } loss
            ? string.Create(CultureInfo.InvariantCulture, $"; measured: loss {loss:0.0000}, {100 * summary.ValidationAccuracy:0.0} % right")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {epoch,3} [{new string('#', full)}{new string('.', BarWidth - full)}] loss {summary.Loss:0.0000}, "
            + $"{100 * summary.Accuracy:0.0} % right{measured}{(summary.IsBest ? " *" : "")}");
    }

    private static void Report(TrainRequest request, ExampleSet examples, List<EpochSummary> epochs, TrainingStep last)
    {
        int best = epochs.FindLastIndex(epoch => epoch.IsBest);
        EpochSummary summary = epochs[best];
        if ((summary.ValidationLoss ?? summary.Loss) > 0.95 * Math.Log(examples.Labels.Count))
        {
            Terminal.Report("the network has hardly learned anything, its loss is that of guessing: try another --rate, or more --epochs");
        }

        if (request.IsJson)
        {
            ResultsJson.Print(
                new TrainResult(
                    request.Output, examples.Labels, examples.Count, epochs.Count, best + 1, last.State == TrainingState.Stopped,
                    summary.Loss, summary.Accuracy, summary.ValidationLoss, summary.ValidationAccuracy),
                ResultsJson.Default.TrainResult);
            return;
        }

        string stopped = last.State == TrainingState.Stopped ? $", after {request.Training.Patience} epochs without a better one" : "";
        double accuracy = summary.ValidationAccuracy ?? summary.Accuracy;
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Output}: epoch {best + 1} of {epochs.Count}{stopped}, {100 * accuracy:0.0} % right"));
    }

    private static void Write(string option, string path, byte[] bytes)
    {
        try
        {
            PlainFile.Write(path, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new LiveConvException($"{option} {path}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
