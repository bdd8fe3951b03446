using System.Text;
using LiveConv.Presets;

namespace LiveConv.Page.Tests;

public sealed class InboundTests
{
    private static readonly string[] Good =
    [
        """{"drawn":7}""",
        """{"late":7}""",
        """{"key":"p"}""",
        """{"preset":"sobel"}""",
        """{"show":["vertical","horizontal",{"plane":"camera","width":320,"height":240}]}""",
        """{"xray":{"map":0,"x":3,"y":4}}""",
        """{"xray":{"map":0,"x":3,"y":4,"stage":2}}""",
        """{"hold":true}""",
        """{"hold":"stage"}""",
        """{"learn":"stage"}""",
        """{"layers":{"width":160,"enlarged":{"layer":1,"map":0},"preset":"canny"}}""",
        """{"camera":{"width":640,"height":480}}""",
        """{"camera":null}""",
        """{"stage":{"view":"a","signed":true,"lens":{"map":0,"x":3,"y":4}}}""",
        """{"predict":{"lesson":"convolution","step":3,"answer":1}}""",
        """
        {"microscope":{"width":2,"height":1,"image":[[7,9]],"kernel":[[1,-1]],"kind":"convolution","operation":"correlation",
          "border":"mirror","stride":1,"padding":1,"dilation":1,"x":0,"y":0}}
        """,
        """{"kernelText":{"map":0,"text":"[[1, 2]]","operation":"correlation","response":"abs","border":"mirror"}}""",
        """{"edit":{"version":1,"name":"a","vertical":[[1]],"horizontal":[[1]]}}""",
    ];

    [Fact]
    public void Read_GoodMessages_SaysWhatTheyAre()
    {
        Assert.Equal(7u, Inbound.Read("""{"drawn":7}"""u8).Number);
        Assert.Equal('p', Inbound.Read("""{ "key" : "p" }"""u8).Character);
        Assert.Equal("sobel", Inbound.Read("""{"preset":"sobel"}"""u8).Text);
        Assert.Equal(
            [new ShownPlane(PlaneName.Camera, int.MaxValue, int.MaxValue), new ShownPlane(PlaneName.Vertical, 640, 360, Signed: true)],
            ShownPlane.Read(Inbound.Read(
                """{"show":["camera",{"plane":"vertical","width":640,"height":360,"signed":true}]}"""u8).Body));
        Assert.Empty(ShownPlane.Read(Inbound.Read("""{"show":[]}"""u8).Body));
        Assert.Equal(new PixelQuestion(1, 3, 4), PixelQuestion.Read(Inbound.Read("""{"xray":{"map":1,"x":3,"y":4}}"""u8).Body));
        Assert.Equal(new CameraOffer(64, 48), CameraOffer.Read(Inbound.Read("""{"camera":{"width":64,"height":48}}"""u8).Body));
    }

    [Fact]
    public void Read_TenThousandBrokenMessages_RefusesOrReadsButNeverFailsOtherwise()
    {
        var random = new Random(8);
        int refused = 0;
        for (int i = 0; i < 10_000; i++)
        {
            byte[] message = Encoding.UTF8.GetBytes(Good[random.Next(Good.Length)]);
            for (int changes = random.Next(1, 5); changes > 0; changes--)
            {
                message[random.Next(message.Length)] = (byte)random.Next(256);
            }

            message = message[..random.Next(message.Length + 1)];
            try
            {
                ReadWholly(Inbound.Read(message));
            }
            catch (FormatException e)
            {
                refused++;
                Assert.InRange(Encoding.UTF8.GetByteCount(e.Message), 1, 123);
            }
        }

        Assert.InRange(refused, 9_000, 10_000);
    }

    private static void ReadWholly(Inbound message)
    {
        switch (message.Kind)
        {
            case InboundKind.Drawn or InboundKind.Late:
                _ = message.Number;
                break;
            case InboundKind.Key:
                _ = message.Character;
                break;
            case InboundKind.Preset:
                _ = message.Text;
                break;
            case InboundKind.Show:
                ShownPlane.Read(message.Body);
                break;
            case InboundKind.Xray:
                PixelQuestion.Read(message.Body);
                break;
            case InboundKind.Hold:
                _ = message.Hold;
                break;
            case InboundKind.Layers:
                LayersRequest.Read(message.Body);
                break;
            case InboundKind.Network:
                NetworkRequest.Read(message.Body);
                break;
            case InboundKind.Microscope:
                MicroscopeRequest request = MicroscopeRequest.Read(message.Body);
                _ = request.Image is { } image ? Microscope.Answer(request, image) : null;
                break;
            case InboundKind.Predict:
                Prediction.Read(message.Body);
                break;
            case InboundKind.KernelText:
                _ = KernelTexts.Answer(KernelTextRequest.Read(message.Body));
                break;
            case InboundKind.Camera:
                CameraOffer.Read(message.Body);
                break;
            case InboundKind.Stage:
                StageView.Read(message.Body);
                break;
            case InboundKind.Place:
                PlaceQuestion.Read(message.Body);
                break;
        }
    }
}
