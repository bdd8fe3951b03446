using System.Globalization;
using System.Text;
using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>Writes preset files in a readable layout.</summary>
internal static class PresetText
{
    /// <summary>
    /// One kernel stands for both panes, turned by 90° for the second; two are a pair; more are shown by their largest answer.
    /// </summary>
    public static string Of(string name, string description, KernelTextResult read)
    {
        IReadOnlyList<Kernel> kernels = read.Kernels.Count == 1 ? [read.Kernels[0], read.Kernels[0].Rotate90()] : read.Kernels;
        bool isPair = kernels.Count == 2 && read.Merge == Merge.None && read.Bias == 0 && HaveOneAnchor(kernels);
        var text = new StringBuilder();
        text.Append("{\n");
        Member(text, "$schema", "./preset.schema.json");
        text.Append("  \"version\": 1,\n");
        Member(text, "name", name);
        Member(text, "description", description);
        Member(text, "operation", JsonName.Of(read.AssumedOperation));
        Member(text, "border", JsonName.Of(read.Border ?? BorderMode.Mirror));
        Member(text, "response", JsonName.Of(read.Response ?? Response.Abs));
        text.Append("  \"gain\": ").Append(Number(read.Gain)).Append(",\n");
        if (isPair)
        {
            text.Append(IsCentred(kernels[0]) && IsCentred(kernels[1]) ? "" : $"  \"anchor\": {Anchor(kernels[0])},\n");
            text.Append("  \"vertical\": ").Append(Rows(kernels[0], 2)).Append(",\n");
            text.Append("  \"horizontal\": ").Append(Rows(kernels[1], 2)).Append('\n');
        }
        else
        {
            Layers(text, kernels, read.Bias / read.Gain, read.Merge);
        }

        return text.Append("}\n").ToString();
    }

    private static void Layers(StringBuilder text, IReadOnlyList<Kernel> kernels, float bias, Merge merge)
    {
        string added = bias == 0 ? "" : $", \"bias\": {Number(bias)}";
        text.Append("  \"layers\": [\n    {\n      \"kernels\": [\n");
        text.AppendJoin(
            ",\n",
            kernels.Select(kernel => $"        {{ \"weights\": {Rows(kernel, 8)}, \"anchor\": {Anchor(kernel)}{added} }}"));
        text.Append("\n      ]\n    }");
        text.Append(merge == Merge.None ? "\n  ]\n" : $",\n    {{ \"merge\": \"{JsonName.Of(merge)}\" }}\n  ]\n");
    }

    private static bool HaveOneAnchor(IReadOnlyList<Kernel> kernels) =>
        kernels.All(IsCentred) || (kernels[0].AnchorX == kernels[1].AnchorX && kernels[0].AnchorY == kernels[1].AnchorY);

    private static bool IsCentred(Kernel kernel) => kernel.AnchorX == kernel.Width / 2 && kernel.AnchorY == kernel.Height / 2;

    private static string Anchor(Kernel kernel) => $"{{ \"x\": {kernel.AnchorX}, \"y\": {kernel.AnchorY} }}";

    private static string Rows(Kernel kernel, int indent)
    {
        string margin = new(' ', indent);
        IEnumerable<string> rows = Enumerable.Range(0, kernel.Height)
            .Select(y => $"{margin}  [{string.Join(", ", Enumerable.Range(0, kernel.Width).Select(x => Number(kernel[y, x])))}]");
        return $"[\n{string.Join(",\n", rows)}\n{margin}]";
    }

    private static void Member(StringBuilder text, string name, string value) =>
        text.Append("  \"").Append(name).Append("\": \"").Append(JsonEncodedText.Encode(value)).Append("\",\n");

    private static string Number(float value) => value.ToString(CultureInfo.InvariantCulture);
}
