using System.Runtime.InteropServices;
using System.Text.Json;

namespace LiveConv.Media.Tests.Cameras;

/// <summary>Drivers that answer with damaged numbers: never an exception, a hang or a mode that cannot be.</summary>
public sealed class DriverMutationTests
{
    private const int Rounds = 100_000;
    private static readonly VideoNode Damaged = FakeSystem.Node(0);
    private static readonly VideoNode Good = FakeSystem.Node(1, "0002", "1-2:1.0");

    [Fact]
    public void Modes_DamagedAnswers_ArePlausible()
    {
        for (int seed = 0; seed < Rounds; seed++)
        {
            using var device = new DamagedDevice(new Random(seed), seed % 8);
            IReadOnlyList<CameraMode> modes = ModeReader.Read(device);

            ModeInvariants.Assert(modes, seed);
            Assert.Equal(DamagedDevice.Formats, modes.Select(mode => mode.Description).Distinct().Count());
        }
    }

    [Fact]
    public void Default_DamagedCameraBesideAGoodOne_OneOfThemIsTaken_AndBothAreListed()
    {
        for (int seed = 0; seed < Rounds / 10; seed++)
        {
            var system = new TwoCameras(seed);
            VideoNode taken = CameraChoice.Find(system, null);
            CameraVerdict verdict = V4l2Verdict.Of(system, Damaged, jpegCanBeRead: true);
            IReadOnlyList<CameraListing> listed = V4l2Listing.List(system, jpegCanBeRead: true);

            Assert.True(taken == (verdict.Rank == CameraRank.Good ? Damaged : Good), $"seed {seed}: took {taken.Path}, {verdict}");
            int[] expected = verdict.Problem is null && verdict.Rank == CameraRank.None ? [1] : [0, 1];
            Assert.True(listed.Select(camera => camera.Number).SequenceEqual(expected), $"seed {seed}: {verdict}");
            Assert.Equal(listed.Count, JsonSerializer.Deserialize<CameraListing[]>(JsonSerializer.Serialize(listed))!.Length);
        }
    }

    private sealed class TwoCameras(int seed) : IVideoSystem
    {
        public IReadOnlyList<VideoNode> Nodes() => [Damaged, Good];

        public Errno Open(string path, out IVideoDevice? device)
        {
            // The same damage each time that it is opened.
            device = new DamagedDevice(new Random(seed), path == Damaged.Path ? seed % 8 : 0);
            return Errno.None;
        }

        public void AwaitChange(TimeSpan max, CancellationToken stop)
        {
        }

        public string? UserOf(string path) => null;
    }

    /// <summary>Lists a few formats and sizes; about one bit in so many bytes of an answer is wrong.</summary>
    private sealed class DamagedDevice(Random random, int damage) : IVideoDevice
    {
        public const int Formats = 3;
        private static readonly string[] Codes = ["YUYV", "MJPG", "GREY"];

        public Errno Control(uint request, Span<byte> argument)
        {
            uint index = request == Requests.QueryCapability.Number ? 0 : MemoryMarshal.Read<uint>(argument);
            if (request == Requests.QueryCapability.Number)
            {
                MemoryMarshal.AsRef<Capability>(argument).Capabilities = CapabilityBits.VideoCapture | CapabilityBits.Streaming;
            }
            else if (request == Requests.EnumFormats.Number && index < Formats)
            {
                ref FormatDescription format = ref MemoryMarshal.AsRef<FormatDescription>(argument);
                format.PixelFormat = FourCc.Parse(Codes[index]).Value;
                Damage(argument);

                // Distinct for the test.
                MemoryMarshal.AsBytes(new Span<Text32>(ref format.Description)).Clear();
                MemoryMarshal.AsBytes(new Span<Text32>(ref format.Description))[0] = (byte)('a' + index);
                return Errno.None;
            }
            else if (request == Requests.EnumFrameSizes.Number && index < 2)
            {
                ref FrameSize size = ref MemoryMarshal.AsRef<FrameSize>(argument);
                (size.Type, size.MinWidthOrWidth, size.MaxWidthOrHeight) = (Constants.Discrete, 640, 480);
            }
            else if (request == Requests.EnumFrameIntervals.Number && index < 2)
            {
                ref FrameInterval interval = ref MemoryMarshal.AsRef<FrameInterval>(argument);
                (interval.Type, interval.Min) = (Constants.Discrete, new Fraction { Numerator = 1, Denominator = 30 });
            }
            else
            {
                return Errno.Invalid;
            }

            Damage(argument);
            return Errno.None;
        }

        public Errno Map(uint offset, int length, out MappedBuffer? buffer)
        {
            buffer = null;
            return Errno.NoMemory;
        }

        public PollEvents Poll(TimeSpan max) => PollEvents.Error;

        public void Dispose()
        {
        }

        private void Damage(Span<byte> answer)
        {
            for (int i = 0; i < damage; i++)
            {
                answer[random.Next(answer.Length)] ^= (byte)(1 << random.Next(8));
            }
        }
    }
}
