using System.CommandLine;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary><c>liveconv preset show PRESET</c>: what a preset consists of.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var preset = new Argument<string>("PRESET") { Description = "A preset's name, a .json file, or a recording's .json" };
        Option<bool> json = Options.Flag("--json", "Print the preset as a preset file");
        Option<string?> presets = Options.PresetsFolder();
        var command = new Command("show", "Show what a preset consists of: kernels, layers, border, response, gain")
        {
            preset, json, presets,
        };
        command.SetAction(parsed =>
        {
            Preset found = PresetChoice.Find(parsed.GetRequiredValue(preset), parsed.GetValue(presets), "PRESET");
            if (parsed.GetValue(json))
            {
                Console.Out.Write(PresetJson.Write(found));
            }
            else
            {
                Print(found);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(Preset preset)
    {
        Console.Out.WriteLine(TextLine.Of($"{preset.Id}: {preset.Name}"));
        foreach (string line in ((string[])[preset.Description, preset.Source])
            .SelectMany(text => Paragraph.Lines(text, TerminalWidth.Columns)))
        {
            Console.Out.WriteLine(TextLine.Of(line));
        }

        if (preset.Bank is { } bank)
        {
            Console.Out.WriteLine($"{JsonName.Of(bank.Operation)}, border {JsonName.Of(bank.Border)}");
            PrintMap(preset.Vertical, bank.Filters[0].Response, bank.Filters[0].Gain);
            PrintKernel(bank.Filters[0].Kernel);
            PrintMap(preset.Horizontal, bank.Filters[1].Response, bank.Filters[1].Gain);
            PrintKernel(bank.Filters[1].Kernel);
        }
        else
        {
            PrintStack(preset, preset.Stack!);
        }
    }

    private static void PrintStack(Preset preset, LayerStack stack)
    {
        for (int i = 0; i < stack.Layers.Count; i++)
        {
            StackLayer layer = stack.Layers[i];
            string name = layer.Name.Length > 0 ? $" {layer.Name}:" : "";
            Console.Out.WriteLine();
            Console.Out.WriteLine(TextLine.Of($"layer {i}:{name} {LayerText.Of(layer)}"));
            for (int map = 0; map < layer.Filters.Count; map++)
            {
                LayerFilter filter = layer.Filters[map];
                string bias = filter.Bias == 0 ? "" : $", bias {ExplainTable.Number(filter.Bias)}";
                foreach (KernelTerm term in filter.Terms)
                {
                    string input = i == 0 && term.Input == 0 ? "" : i == 0 ? $" of the frame {term.Input} before" : $" of map {term.Input}";
                    Console.Out.WriteLine($"map {map}{input}{bias}");
                    PrintKernel(term.Kernel);
                }
            }
        }

        Console.Out.WriteLine();
        PrintOutput(preset.Vertical, stack.Vertical);
        PrintOutput(preset.Horizontal, stack.Horizontal);
    }

    private static void PrintOutput(MapCaption caption, StackOutput output)
    {
        Console.Out.WriteLine($"shown is map {output.Map} of layer {output.Layer}:");
        PrintMap(caption, output.Response, output.Gain);
    }

    private static void PrintMap(MapCaption caption, Response response, float gain) => Console.Out.WriteLine(
        TextLine.Of($"{caption.Title}: response {JsonName.Of(response)}, gain {ExplainTable.Number(gain)}"));

    private static void PrintKernel(Kernel kernel)
    {
        string[] numbers = [.. kernel.Weights.ToArray().Select(weight => ExplainTable.Number(weight))];
        int wide = numbers.Max(number => number.Length);
        for (int y = 0; y < kernel.Height; y++)
        {
            IEnumerable<string> row = numbers.Skip(y * kernel.Width).Take(kernel.Width).Select(number => number.PadLeft(wide));
            Console.Out.WriteLine($"  {string.Join(' ', row)}");
        }
    }
}
