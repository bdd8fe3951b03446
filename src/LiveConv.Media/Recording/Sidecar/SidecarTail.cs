using System.Text;
using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Media;

/// <summary>What the sidecar says behind the frames: presets with their kernels, what is missing, and how it ended.</summary>
internal static class SidecarTail
{
    /// <summary>The members, without the braces around them.</summary>
    public static string ToJson(
        IReadOnlyList<PresetMark> presets, IReadOnlyList<DropMark> drops, (long Repeated, long LeftOut)? constantRate, bool isComplete,
        string? endedBy)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("presets");
            foreach (PresetMark mark in presets)
            {
                WritePreset(json, mark);
            }

            json.WriteEndArray();
            json.WriteStartArray("drops");
            foreach (DropMark drop in drops)
            {
                json.WriteStartObject();
                json.WriteNumber("at", Math.Round(drop.Missing.First.TotalMilliseconds, 3));
                json.WriteNumber("until", Math.Round(drop.Missing.Last.TotalMilliseconds, 3));
                json.WriteNumber("beforeFrame", drop.BeforeFrame);
                json.WriteNumber("frames", drop.Missing.Count);
                json.WriteString("cause", drop.Missing.Cause.Name());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (constantRate is { } rate)
            {
                json.WriteNumber("repeated", rate.Repeated);
                json.WriteNumber("leftOut", rate.LeftOut);
            }

            json.WriteBoolean("complete", isComplete);
            json.WriteString("endedBy", endedBy);
            json.WriteEndObject();
        }

        return "  " + Encoding.UTF8.GetString(bytes.ToArray())[1..^1];
    }

    private static void WritePreset(Utf8JsonWriter json, PresetMark mark)
    {
        json.WriteStartObject();
        json.WriteNumber("fromFrame", mark.Frame);
        json.WriteString("id", mark.Preset.Id);
        json.WriteString("name", mark.Preset.Name);
        if (mark.Preset.Bank is { } bank)
        {
            json.WriteString("operation", Name(bank.Operation));
            json.WriteString("border", Name(bank.Border));
            WriteFilter(json, "vertical", bank.Filters[0]);
            WriteFilter(json, "horizontal", bank.Filters[1]);
        }
        else if (mark.Preset.Stack is { } stack)
        {
            WriteLayers(json, stack);
        }

        json.WriteEndObject();
    }

    private static void WriteFilter(Utf8JsonWriter json, string name, Filter filter)
    {
        json.WriteStartObject(name);
        json.WritePropertyName("kernel");
        WriteKernel(json, filter.Kernel);
        json.WriteString("response", Name(filter.Response));
        json.WriteNumber("gain", filter.Gain);
        json.WriteEndObject();
    }

    private static void WriteLayers(Utf8JsonWriter json, LayerStack stack)
    {
        json.WriteStartArray("layers");
        foreach (StackLayer layer in stack.Layers)
        {
            json.WriteStartObject();
            json.WriteString("name", layer.Name);
            json.WriteStartArray("kernels");
            foreach (KernelTerm term in layer.Filters.SelectMany(filter => filter.Terms))
            {
                json.WriteStartObject();
                json.WriteNumber("input", term.Input);
                json.WritePropertyName("kernel");
                WriteKernel(json, term.Kernel);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteKernel(Utf8JsonWriter json, Kernel kernel)
    {
        json.WriteStartArray();
        for (int y = 0; y < kernel.Height; y++)
        {
            json.WriteStartArray();
            for (int x = 0; x < kernel.Width; x++)
            {
                json.WriteNumberValue(kernel[y, x]);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonName.Of(value);
}
