using System.Text.Json;

namespace LiveConv.Presets;

/// <summary>Finds the line of a member in JSON text, for faults that show only after the text was read.</summary>
internal static class JsonLocation
{
    /// <summary>Looks up a path.</summary>
    /// <param name="json">JSON text in UTF-8; where it stops being well-formed, the search ends.</param>
    /// <param name="path">As in messages: <c>$.layers[2].stride</c>.</param>
    /// <returns>The line, from 1, where the value at the path starts, or the nearest value around it when there is none; the last value
    /// when the member is there twice.</returns>
    public static int LineOf(ReadOnlySpan<byte> json, string path)
    {
        var reader = new Utf8JsonReader(json);
        var at = new Cursor();
        int best = 0;
        long start = 0;
        try
        {
            while (reader.Read())
            {
                string? here = at.Move(ref reader);
                if (here is not null && here.Length >= best && IsOnTheWay(here, path))
                {
                    (best, start) = (here.Length, reader.TokenStartIndex);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The line found so far is the best there is.
        }

        return json[..(int)start].Count((byte)'\n') + 1;
    }

    private static bool IsOnTheWay(string here, string path) =>
        path.StartsWith(here, StringComparison.Ordinal) && (path.Length == here.Length || path[here.Length] is '.' or '[');

    /// <summary>Where a reader is, as a path.</summary>
    private sealed class Cursor
    {
        private const int InObject = -1;
        private readonly List<string> steps = ["$"];
        private readonly Stack<int> places = new();

        /// <summary>The path of the value at the reader's position, or null when no value starts there.</summary>
        public string? Move(ref Utf8JsonReader reader)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    steps[^1] = "." + reader.GetString();
                    return null;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    steps.RemoveAt(steps.Count - 1);
                    places.Pop();
                    return null;
            }

            if (places.TryPeek(out int place) && place != InObject)
            {
                steps[^1] = $"[{place}]";
                places.Push(places.Pop() + 1);
            }

            string here = string.Concat(steps);
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                steps.Add("");
                places.Push(reader.TokenType == JsonTokenType.StartArray ? 0 : InObject);
            }

            return here;
        }
    }
}
