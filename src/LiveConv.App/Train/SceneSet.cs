using LiveConv.Convolution;
using LiveConv.Media;
using LiveConv.Training;

namespace LiveConv.App;

/// <summary>Examples of the built-in scene.</summary>
internal static class SceneSet
{
    /// <summary>Draws scenes.</summary>
    /// <param name="seed">Which.</param>
    /// <param name="count">How many.</param>
    /// <param name="shape">Their size; one channel.</param>
    public static ExampleSet Draw(long seed, int count, MapShape shape)
    {
        var examples = new ExampleSet(shape, SceneExamples.Labels);
        var scenes = new SceneExamples(seed);
        using var plane = new Plane<byte>(shape.Width, shape.Height);
        byte[] pixels = new byte[shape.Length];
        for (int n = 0; n < count; n++)
        {
            scenes.Draw(n, plane.View);
            plane.View.CopyTo(new PlaneView<byte>(pixels, shape.Width, shape.Height, shape.Width));
            examples.Add(pixels, SceneExamples.LabelOf(n));
        }

        return examples;
    }
}
