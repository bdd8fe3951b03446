using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Presets;

/// <summary>The weights of a kernel as a file writes them: rows of numbers, or frames of rows, checked while they are read.</summary>
/// <param name="Frames">One for each frame, oldest first, all of one size; indexed [row, column].</param>
[JsonConverter(typeof(Converter))]
internal sealed record KernelRows(IReadOnlyList<float[,]> Frames)
{
    public const int MaxSide = FilterBank.MaxKernelSize;

    /// <summary>Reads rows and refuses at the very weight that is wrong, so that the line in the message is its line.</summary>
    internal sealed class Converter : JsonConverter<KernelRows>
    {
        public override KernelRows Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            Expect(reader.TokenType == JsonTokenType.StartArray, "", "a kernel is a list of rows, each a list of numbers");
            return HoldsFrames(reader) ? ReadFrames(ref reader) : new KernelRows([ReadRows(ref reader, "")]);
        }

        public override void Write(Utf8JsonWriter writer, KernelRows value, JsonSerializerOptions options)
        {
            if (value.Frames.Count == 1)
            {
                WriteRows(writer, value.Frames[0]);
                return;
            }

            writer.WriteStartArray();
            foreach (float[,] frame in value.Frames)
            {
                WriteRows(writer, frame);
            }

            writer.WriteEndArray();
        }

        // Looks ahead with a copy of the reader: three opening brackets are frames of rows.
        private static bool HoldsFrames(Utf8JsonReader ahead) =>
            ahead.Read() && ahead.TokenType == JsonTokenType.StartArray && ahead.Read() && ahead.TokenType == JsonTokenType.StartArray;

        private static KernelRows ReadFrames(ref Utf8JsonReader reader)
        {
            var frames = new List<float[,]>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                string place = $"[{frames.Count}]";
                Expect(frames.Count < LayerStack.MaxFrames, place, $"a kernel over time has at most {LayerStack.MaxFrames} frames");
                Expect(reader.TokenType == JsonTokenType.StartArray, place, $"frame {frames.Count} is not a list of rows");
                float[,] frame = ReadRows(ref reader, place);
                Expect(frames.Count == 0 || SizeOf(frame) == SizeOf(frames[0]), place,
                    $"frame {frames.Count} is {SizeOf(frame)}, the frames before it {SizeOf(frames.FirstOrDefault() ?? frame)}");
                frames.Add(frame);
            }

            return new KernelRows(frames);
        }

        private static float[,] ReadRows(ref Utf8JsonReader reader, string at)
        {
            var rows = new List<float[]>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                string place = $"{at}[{rows.Count}]";
                Expect(rows.Count < MaxSide, place, $"a kernel has at most {MaxSide} rows");
                float[] row = ReadRow(ref reader, rows.Count, place);
                Expect(rows.Count == 0 || row.Length == rows[0].Length, place,
                    $"row {rows.Count} has {row.Length} weights, the rows before it {rows.FirstOrDefault()?.Length}");
                rows.Add(row);
            }

            Expect(rows.Count > 0, at, "a kernel has at least one row");
            return ToRectangle(rows);
        }

        private static float[] ReadRow(ref Utf8JsonReader reader, int y, string at)
        {
            Expect(reader.TokenType == JsonTokenType.StartArray, at, $"row {y} is not a list of numbers");
            var row = new List<float>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                string place = $"{at}[{row.Count}]";
                Expect(row.Count < MaxSide, place, $"row {y} has more than {MaxSide} weights");
                Expect(reader.TokenType == JsonTokenType.Number, place, "a weight is a number");
                Expect(reader.TryGetSingle(out float weight) && float.IsFinite(weight), place, "this is not a finite 32-bit number");
                row.Add(weight);
            }

            Expect(row.Count > 0, at, $"row {y} is empty");
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

        private static ImageSize SizeOf(float[,] frame) => new(frame.GetLength(1), frame.GetLength(0));

        private static void WriteRows(Utf8JsonWriter writer, float[,] rows)
        {
            writer.WriteStartArray();
            string margin = writer.Options.Indented ? "\n" + new string(' ', writer.CurrentDepth * writer.Options.IndentSize) : "";
            string between = writer.Options.Indented ? ", " : ",";
            for (int y = 0; y < rows.GetLength(0); y++)
            {
                IEnumerable<string> weights = Enumerable.Range(0, rows.GetLength(1))
                    .Select(x => rows[y, x].ToString("R", CultureInfo.InvariantCulture));
                writer.WriteRawValue($"{margin}[{string.Join(between, weights)}]");
            }

            writer.WriteEndArray();
        }

        private static void Expect(bool condition, string place, string otherwise)
        {
            if (!condition)
            {
                throw new PresetValidationException(place, otherwise);
            }
        }
    }
}
