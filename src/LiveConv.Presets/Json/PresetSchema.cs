using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Presets;

/// <summary>The JSON schema of preset files, generated from the types that read them.</summary>
internal static class PresetSchema
{
    private static readonly JsonSerializerOptions Layout =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as it is kept in <c>presets/preset.schema.json</c>.</summary>
    public static string Text() =>
        TextOf(PresetJsonContext.Default.PresetDocument, static schema => schema["oneOf"] = KernelsOrLayers());

    /// <summary>The schema of the files that are read as a type, from its attributes.</summary>
    /// <param name="type">The type.</param>
    /// <param name="complete">Adds what the type does not say; null for nothing.</param>
    public static string TextOf(JsonTypeInfo type, Action<JsonObject>? complete = null)
    {
        var schema = (JsonObject)type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Describe,
        });
        complete?.Invoke(schema);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return schema.ToJsonString(Layout) + "\n";
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        if (context.TypeInfo.Type == typeof(KernelRows))
        {
            node = Rows();
        }

        if ((Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type) is { IsEnum: true } words)
        {
            node = new JsonObject { ["enum"] = new JsonArray([.. PresetNames.All(words).Select(word => JsonValue.Create(word))]) };
        }

        if (node is not JsonObject schema)
        {
            return node;
        }

        if (context.TypeInfo.ElementType == typeof(KernelRows))
        {
            schema["items"] = FrameOfRows();
        }

        ICustomAttributeProvider? source = context.PropertyInfo?.AttributeProvider ?? context.TypeInfo.Type;
        foreach (object attribute in source.GetCustomAttributes(inherit: false))
        {
            Add(schema, attribute);
        }

        return schema;
    }

    private static void Add(JsonObject schema, object attribute)
    {
        switch (attribute)
        {
            case DescriptionAttribute description:
                schema.Insert(0, "description", description.Description);
                break;
            case RangeAttribute range:
                schema["minimum"] = JsonValue.Create((int)range.Minimum);
                schema["maximum"] = JsonValue.Create((int)range.Maximum);
                break;
            case ListLengthAttribute list:
                schema["minItems"] = list.Min;
                schema["maxItems"] = list.Max;
                break;
            case StringLengthAttribute length:
                schema["maxLength"] = length.MaximumLength;
                if (length.MinimumLength > 0)
                {
                    schema["minLength"] = length.MinimumLength;
                }

                break;
        }
    }

    // A pair of kernels, or layers: one of the two.
    private static JsonArray KernelsOrLayers() =>
    [
        new JsonObject { ["required"] = new JsonArray("vertical", "horizontal") },
        new JsonObject
        {
            ["required"] = new JsonArray("layers"),
            ["properties"] = new JsonObject { ["vertical"] = false, ["horizontal"] = false, ["anchor"] = false },
        },
    ];

    // Rows of numbers, or frames of rows.
    private static JsonObject Rows() => new() { ["oneOf"] = new JsonArray(FrameOfRows(), ListOf(FrameOfRows(), LayerStack.MaxFrames)) };

    private static JsonObject FrameOfRows() =>
        ListOf(ListOf(new JsonObject { ["type"] = "number" }, KernelRows.MaxSide), KernelRows.MaxSide);

    private static JsonObject ListOf(JsonObject items, int max) => new()
    {
        ["type"] = "array",
        ["minItems"] = 1,
        ["maxItems"] = max,
        ["items"] = items,
    };
}
