using LiveConv.Convolution;
using LiveConv.Networks;

namespace LiveConv.Page;

/// <summary>
/// Makes a network's input of an image: the largest part in its middle that has the input's shape, each number the mean of a rectangle of
/// pixels. All channels are the luma. One thread at a time.
/// </summary>
internal sealed class NetworkInput
{
    private static readonly float[] ImageNetMeans = [0.485f, 0.456f, 0.406f];
    private static readonly float[] ImageNetDeviations = [0.229f, 0.224f, 0.225f];
    private readonly int width;
    private readonly int height;
    private readonly (float Factor, float Term)[] channels;
    private readonly float[] values;

    /// <summary>Prepares for a network.</summary>
    /// <param name="layer">Its first layer; of one channel or three.</param>
    /// <param name="scale">How it wants pixels.</param>
    public NetworkInput(NetworkLayer layer, PixelScale scale)
    {
        (width, height) = (layer.Width, layer.Height);
        channels = [.. Enumerable.Range(0, layer.Channels).Select(channel => Scaling(scale, channel))];
        values = new float[layer.Length];
    }

    /// <summary>The input, channel by channel.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>The part of an image that a network sees.</summary>
    /// <param name="image">The image's size.</param>
    public (int Left, int Top, int Width, int Height) PartOf(ImageSize image)
    {
        long wide = (long)image.Height * width / height;
        int partWidth = (int)Math.Clamp(wide, 1, image.Width);
        int partHeight = wide <= image.Width ? image.Height : (int)Math.Max(1, (long)image.Width * height / width);
        return ((image.Width - partWidth) / 2, (image.Height - partHeight) / 2, partWidth, partHeight);
    }

    /// <summary>Reads an image.</summary>
    /// <param name="image">The image; borrowed for the length of the call.</param>
    public void Read(Plane<byte> image)
    {
        (int left, int top, int partWidth, int partHeight) = PartOf(new ImageSize(image.Width, image.Height));
        int area = width * height;
        for (int y = 0; y < height; y++)
        {
            (int firstRow, int endRow) = Pixels(y, height, partHeight, top);
            for (int x = 0; x < width; x++)
            {
                (int firstColumn, int endColumn) = Pixels(x, width, partWidth, left);
                float mean = MeanOf(image, firstRow, endRow, firstColumn, endColumn);
                for (int c = 0; c < channels.Length; c++)
                {
                    values[c * area + y * width + x] = mean * channels[c].Factor + channels[c].Term;
                }
            }
        }
    }

    private static (float Factor, float Term) Scaling(PixelScale scale, int channel) => scale switch
    {
        PixelScale.Byte => (1, 0),
        PixelScale.AroundZero => (1 / 127.5f, -1),
        PixelScale.ImageNet => (1 / (255 * ImageNetDeviations[channel]), -ImageNetMeans[channel] / ImageNetDeviations[channel]),
        _ => (1 / 255f, 0),
    };

    // At least one pixel, also where the input is larger than the image.
    private static (int First, int End) Pixels(int at, int parts, int length, int offset)
    {
        int first = (int)((long)at * length / parts);
        int end = (int)((at + 1L) * length / parts);
        return (offset + first, offset + Math.Max(first + 1, end));
    }

    private static float MeanOf(Plane<byte> image, int firstRow, int endRow, int firstColumn, int endColumn)
    {
        int sum = 0;
        for (int y = firstRow; y < endRow; y++)
        {
            foreach (byte pixel in image.Row(y)[firstColumn..endColumn])
            {
                sum += pixel;
            }
        }

        return (float)sum / ((endRow - firstRow) * (endColumn - firstColumn));
    }
}
