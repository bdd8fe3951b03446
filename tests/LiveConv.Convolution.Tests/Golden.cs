using System.Numerics.Tensors;
using System.Text.Json;

namespace LiveConv.Convolution.Tests;

/// <summary>The golden cases that other libraries computed, compiled into the test assembly.</summary>
internal static class Golden
{
    public static IReadOnlyList<JsonElement> Cases(string file, string operation)
    {
        using Stream stream = typeof(Golden).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"no golden file {file}");
        using var document = JsonDocument.Parse(stream);
        JsonElement[] cases =
            [.. document.RootElement.EnumerateArray().Where(c => c.GetProperty("op").GetString() == operation).Select(c => c.Clone())];
        Assert.NotEmpty(cases);
        return cases;
    }

    public static int[] Shape(JsonElement array) => [.. array.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32())];

    public static float[] Data(JsonElement array) => [.. array.GetProperty("data").EnumerateArray().Select(n => n.GetSingle())];

    public static float[,] Matrix(JsonElement array)
    {
        int[] shape = Shape(array);
        var matrix = new float[shape[0], shape[1]];
        Buffer.BlockCopy(Data(array), 0, matrix, 0, matrix.Length * sizeof(float));
        return matrix;
    }

    public static byte[,] Image(JsonElement array)
    {
        float[,] matrix = Matrix(array);
        var image = new byte[matrix.GetLength(0), matrix.GetLength(1)];
        for (int y = 0; y < image.GetLength(0); y++)
        {
            for (int x = 0; x < image.GetLength(1); x++)
            {
                image[y, x] = checked((byte)matrix[y, x]);
            }
        }

        return image;
    }

    public static int[] Numbers(JsonElement golden, string name) =>
        [.. golden.GetProperty(name).EnumerateArray().Select(n => n.GetInt32())];

    public static Tensor<float> Tensor(JsonElement golden, string name)
    {
        JsonElement array = golden.GetProperty(name);
        return System.Numerics.Tensors.Tensor.Create(Data(array), [.. Shape(array).Select(n => (nint)n)]);
    }

    public static float[] Bias(JsonElement golden) => golden.TryGetProperty("bias", out JsonElement bias) ? Data(bias) : [];

    public static void AssertOutput(JsonElement golden, Tensor<float> actual, bool whole = false)
    {
        JsonElement expected = golden.GetProperty("output");
        Assert.Equal(Shape(expected).Select(n => (nint)n), actual.Lengths.ToArray());
        float[] values = new float[actual.FlattenedLength];
        actual.FlattenTo(values);
        if (golden.GetProperty("exact").GetBoolean())
        {
            float[] wanted = Data(expected);
            Assert.All(wanted, w => Assert.True(!whole || Math.Abs(w - MathF.Round(w)) < 0.002f));
            Assert.Equal(whole ? [.. wanted.Select(w => MathF.Round(w))] : wanted, values);
            return;
        }

        // The other library rounds its own sums: both are within its error of the true value.
        foreach ((float near, float got) in Data(expected).Zip(values))
        {
            Assert.InRange(got, near - 1e-5f * (10 + Math.Abs(near)), near + 1e-5f * (10 + Math.Abs(near)));
        }
    }
}
