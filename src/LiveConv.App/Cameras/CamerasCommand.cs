using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using LiveConv.Media;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary><c>liveconv cameras</c>: lists the cameras with all their modes.</summary>
internal static class CamerasCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON array in place of the table" };
        var command = new Command("cameras", "List the cameras of this machine with all their modes") { json };
        command.SetAction(parsed =>
        {
            IReadOnlyList<CameraListing> cameras = OpenCvFeature.Cameras() ?? CameraCatalog.List();
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(cameras, CamerasJson.Default.IReadOnlyListCameraListing));
            }
            else
            {
                Print(cameras);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(IReadOnlyList<CameraListing> cameras)
    {
        if (cameras.Count == 0)
        {
            Terminal.Report("no camera was found");
        }

        foreach (string line in cameras.SelectMany(CameraTable.Lines))
        {
            Console.Out.WriteLine(TextLine.Of(line));
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<CameraListing>))]
internal sealed partial class CamerasJson : JsonSerializerContext;
