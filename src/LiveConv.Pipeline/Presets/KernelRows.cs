using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveConv.Pipeline;

/// <summary>The weights of a kernel as a file writes them: rows of numbers, checked while they are read.</summary>
/// <param name="Weights">Indexed [row, column].</param>
[JsonConverter(typeof(Converter))]
internal sealed record KernelRows(float[,] Weights)
{
    public const int MaxSide = 31;

    /// <summary>Reads rows and refuses at the very weight that is wrong, so that the line in the message is its line.</summary>
    internal sealed class Converter : JsonConverter<KernelRows>
    {
        public override KernelRows Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            Expect(reader.TokenType == JsonTokenType.StartArray, "a kernel is a list of rows, each a list of numbers");
            var rows = new List<float[]>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                Expect(rows.Count < MaxSide, $"a kernel has at most {MaxSide} rows");
                float[] row = ReadRow(ref reader, rows.Count);
                Expect(rows.Count == 0 || row.Length == rows[0].Length, $"row {rows.Count} has {row.Length} weights, the rows before it {rows.FirstOrDefault()?.Length}");
                rows.Add(row);
            }

            Expect(rows.Count > 0, "a kernel has at least one row");
            return new KernelRows(ToRectangle(rows));
        }

        public override void Write(Utf8JsonWriter writer, KernelRows value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            for (int y = 0; y < value.Weights.GetLength(0); y++)
            {
                writer.WriteStartArray();
                for (int x = 0; x < value.Weights.GetLength(1); x++)
                {
                    writer.WriteNumberValue(value.Weights[y, x]);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        private static float[] ReadRow(ref Utf8JsonReader reader, int y)
        {
            Expect(reader.TokenType == JsonTokenType.StartArray, $"row {y} is not a list of numbers");
            var row = new List<float>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                Expect(row.Count < MaxSide, $"row {y} has more than {MaxSide} weights");
                Expect(reader.TokenType == JsonTokenType.Number, $"weight [{y},{row.Count}] is not a number");
                Expect(reader.TryGetSingle(out float weight) && float.IsFinite(weight), $"weight [{y},{row.Count}] is not a finite 32-bit number");
                row.Add(weight);
            }

            Expect(row.Count > 0, $"row {y} is empty");
            return [.. row];
        }

        private static float[,] ToRectangle(List<float[]> rows)
        {
            var weights = new float[rows.Count, rows[0].Length];
            for (int y = 0; y < rows.Count; y++)
            {
                for (int x = 0; x < rows[y].Length; x++)
                {
                    weights[y, x] = rows[y][x];
                }
            }

            return weights;
        }

        private static void Expect(bool condition, string otherwise)
        {
            if (!condition)
            {
                throw new JsonException(otherwise);
            }
        }
    }
}
