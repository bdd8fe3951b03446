using LiveConv.Convolution;

namespace LiveConv.Media;

/// <summary>
/// Still scenes of a seed to learn from: a ball, a bat or neither, somewhere before sky and ground, of any size and angle, with a bar in
/// some. The same seed and number give the same image on every system. Safe to use from many threads at once.
/// </summary>
/// <param name="seed">Which scenes.</param>
public sealed class SceneExamples(long seed)
{
    /// <summary>What scenes show, each as often: a ball, a bat, and neither.</summary>
    public static IReadOnlyList<string> Labels { get; } = ["ball", "bat", "neither"];

    /// <summary>Which of <see cref="Labels"/> a scene shows.</summary>
    /// <param name="number">The scene, from 0.</param>
    public static int LabelOf(int number) => number % Labels.Count;

    /// <summary>Draws a scene.</summary>
    /// <param name="number">The scene, from 0.</param>
    /// <param name="image">Overwritten.</param>
    public void Draw(int number, PlaneView<byte> image)
    {
        var dice = new SceneDice(seed, number);
        var layout = new SceneLayout(image.Width, image.Height);
        image.CopyFrom(SceneGround.Draw(layout, dice.From(-1000, 1000), dice.From(-1000, 1000)));
        DrawBar(image, layout, ref dice);
        switch (LabelOf(number))
        {
            case 0:
                SceneBrush.DrawBall(image, BallOf(layout, ref dice));
                break;
            case 1:
                SceneBrush.DrawBat(image, BatOf(layout, ref dice));
                break;
            default:
                break;
        }
    }

    // In half of the scenes, so that a straight edge alone is no bat: as in the live scene, somewhere before the sky.
    private static void DrawBar(PlaneView<byte> image, SceneLayout layout, ref SceneDice dice)
    {
        int thickness = Math.Max(2, layout.Width / 40);
        double kind = dice.From(0, 4);
        int x = (int)dice.From(0, layout.Width - thickness), y = (int)dice.From(0, layout.Horizon - thickness);
        if (kind < 1)
        {
            SceneBrush.Fill(image, new(x, (int)(0.06 * layout.Height), thickness, (int)(0.44 * layout.Height)), SceneLayout.BarLuma);
        }
        else if (kind < 2)
        {
            SceneBrush.Fill(image, new(x, y, (int)(0.22 * layout.Width), thickness), SceneLayout.BarLuma);
        }
    }

    private static SceneLayout.Ball BallOf(SceneLayout layout, ref SceneDice dice)
    {
        double radius = dice.From(0.06, 0.16) * Math.Min(layout.Width, layout.Height);
        (double sin, double cos) = dice.Direction();
        return new SceneLayout.Ball(
            dice.From(radius, layout.Width - radius), dice.From(radius, layout.Height - radius), Math.Max(1, radius), (float)sin,
            (float)cos);
    }

    private static SceneLayout.Bat BatOf(SceneLayout layout, ref SceneDice dice)
    {
        double length = dice.From(0.25, 0.55) * Math.Min(layout.Width, layout.Height);
        double thick = dice.From(0.09, 0.15) * length;
        (double sin, double cos) = dice.Direction();
        double acrossX = Math.Abs(cos) * length / 2, acrossY = Math.Abs(sin) * length / 2;
        double x = dice.From(acrossX + thick, layout.Width - acrossX - thick);
        double y = dice.From(acrossY + thick, layout.Height - acrossY - thick);
        return new SceneLayout.Bat(
            x - cos * length / 2, y - sin * length / 2, x + cos * length / 2, y + sin * length / 2, dice.From(0.3, 0.5) * thick, thick);
    }
}
