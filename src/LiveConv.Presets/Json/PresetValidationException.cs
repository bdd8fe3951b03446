using System.Text.Json;

namespace LiveConv.Presets;

/// <summary>A member of a preset file is refused. <see cref="PresetFile"/> adds the file and the line for the user.</summary>
/// <param name="place">
/// The member: <c>$.layers[0].stride</c>; in a JSON converter the place within the converted value, such as <c>[0][2]</c>.
/// </param>
/// <param name="reason">What is wrong with it.</param>
internal sealed class PresetValidationException(string place, string reason) : JsonException(reason)
{
    /// <summary>The member, from the root: the serializer adds the path of the value that a converter reads.</summary>
    public string Member => Path + place;
}
