using System.Text.Json;

namespace LiveConv.Page;

/// <summary>What somebody expects of a step of a lesson.</summary>
/// <param name="Lesson">The lesson's id.</param>
/// <param name="Step">The step's number, from 0.</param>
/// <param name="Answer">The chosen answer's number, from 0.</param>
internal sealed record Prediction(string Lesson, int Step, int Answer)
{
    /// <summary>Reads the body of a message.</summary>
    /// <param name="json">The body.</param>
    /// <returns>The prediction; whether there is such a step is found out when it is answered.</returns>
    /// <exception cref="FormatException">It is no prediction.</exception>
    public static Prediction Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, BodyJson.Default.Prediction)
                ?? throw new FormatException("\"predict\" is an object");
        }
        catch (JsonException e)
        {
            throw new FormatException("\"predict\" has lesson, step and answer", e);
        }
    }
}
