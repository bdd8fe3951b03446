using System.CommandLine;

namespace LiveConv.App;

/// <summary><c>liveconv preset</c>: the presets, and kernels from and to other programs.</summary>
internal static class PresetCommand
{
    private const string Description = """
        List and show presets, take kernels from other programs, and write presets for them.

        Examples:
          liveconv preset list
          liveconv preset show canny
          liveconv preset import "3x3: 1,0,-1 1,0,-1 1,0,-1" --name "My edges" --output my-edges.json      ImageMagick
          liveconv preset import "3x3@: 5,5,5 -3,0,-3 -3,-3,-3" --name Compass                             all 8 rotations
          liveconv preset import Sobel:90 --name S                                                         and its named kernels
          liveconv preset import "convolution=0m='0 1 0 1 -4 1 0 1 0':0rdiv=1:0bias=128" --name L          FFmpeg
          liveconv preset import "[[1, 0, -1]]" "[[1], [0], [-1]]" --name Central                          a pair of lists
          liveconv preset import "np.ones((5,5),np.float32)/25" --name Box                                 numpy
          liveconv preset import "h = [1 0 -1; 2 0 -2; 1 0 -1];" --name H                                  Matlab
          liveconv preset import "(Mat_<char>(3,3) << 0,-1,0, -1,5,-1, 0,-1,0)" --name Sharpen             OpenCV in C++
          liveconv preset import kernel.npy --name Mine
          liveconv preset export sobel --format opencv
        """;

    /// <summary>Makes the command; it answers with an exit code, and complains with exceptions of one line.</summary>
    public static Command Create() => new("preset", Description)
    {
        ListCommand.Create(), ShowCommand.Create(), ImportCommand.Create(), ExportCommand.Create(),
    };
}
