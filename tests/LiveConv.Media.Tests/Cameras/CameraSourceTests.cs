using LiveConv.Pipeline;

namespace LiveConv.Media.Tests.Cameras;

/// <summary>Every branch of the fault table, on a scripted camera and a clock that only waiting moves.</summary>
public sealed class CameraSourceTests : IDisposable
{
    private static readonly byte[] Bytes = new byte[64 * 48 * 2];
    private readonly FakeSystem system = new();
    private readonly FrameStats stats;
    private readonly FramePool<Frame> pool = new(1);
    private readonly CancellationTokenSource stop = new();
    private readonly List<string> reported = [];
    private readonly Frame frame;
    private ReconnectingSource? source;

    public CameraSourceTests()
    {
        stats = new FrameStats(system.Time);
        frame = pool.TryRent()!;
    }

    private FakeCamera Camera => system.Camera;

    private SourceInfo Info => source!.Info;

    public void Dispose()
    {
        source?.Dispose();
        frame.Dispose();
        pool.Dispose();
        stop.Dispose();
        Assert.All(system.Plugged, plugged => Assert.Equal((0, 0), (plugged.Camera.OpenNow, plugged.Camera.MappedNow)));
    }

    [Fact]
    public void Read_SeveralReady_GivesTheNewestAndCountsTheOthers()
    {
        Open();
        Camera.Deliver(1, 0);
        Camera.Deliver(2, 1);
        Camera.Deliver(3, 2);

        Assert.Equal(3, Read());
        Assert.Equal(2, frame.Sequence);
        Assert.Equal(2, stats.Dropped(DropCause.Superseded));
        Assert.Equal(2, stats.In);
    }

    [Fact]
    public void Read_GapInTheSequence_IsCountedAsLostBySource()
    {
        Open();
        Camera.Deliver(1, 4);
        Read();
        Camera.Deliver(2, 8);
        Read();

        Assert.Equal(3, stats.Dropped(DropCause.LostBySource));
        Assert.Equal(4, frame.Sequence);
    }

    [Fact]
    public void Read_SequenceWraps_LosesNothing()
    {
        Open();
        Camera.Deliver(1, uint.MaxValue);
        Read();
        Camera.Deliver(2, 0);
        Read();

        Assert.Equal(0, stats.Dropped(DropCause.LostBySource));
    }

    [Theory]
    [InlineData(BufferFlags.Error, 64 * 48 * 2)]
    [InlineData(0u, 64 * 48)]
    [InlineData(0u, 0)]
    public void Read_FlaggedOrShortImage_CostsOneFrame(uint flags, int bytes)
    {
        Open();
        Camera.Deliver(1, 0, flags, bytes: new byte[bytes]);
        Camera.Deliver(2, 1);

        Assert.Equal(2, Read());
        Assert.Equal(1, stats.Dropped(DropCause.Damaged));
        Assert.Equal(0, stats.Dropped(DropCause.LostBySource));
    }

    [Fact]
    public void Read_Unplugged_WaitsAndGoesOnAtAnotherNode()
    {
        Open();
        Camera.Deliver(1, 0);
        Read();
        string? waiting = null;
        system.Unplug(Camera);
        system.After(10, () =>
        {
            waiting = Info.Waiting;
            Assert.Equal((0, 0), (Camera.OpenNow, Camera.MappedNow));
            system.Plug(Camera, 3);
            Camera.Deliver(7, 0);
        });

        Assert.Equal(7, Read());
        Assert.Equal("waiting for Fake", waiting);
        Assert.Equal((1, null), (Info.Reconnects, Info.Waiting));
        Assert.Equal(1, frame.Sequence);
        Assert.InRange(system.Now.TotalSeconds, 10, 11);
        Assert.Equal(["waiting for Fake", "Fake is back: 64x48 YUYV@30"], reported);
    }

    [Fact]
    public void Read_UnpluggedTwentyTimes_LeavesNothingOpen()
    {
        Open();
        for (uint i = 0; i < 20; i++)
        {
            Camera.Deliver(1, i);
            Read();
            system.Unplug(Camera);
            system.After(2, () =>
            {
                system.Plug(Camera, 0);
                Camera.Deliver(2, 0);
            });
            Assert.Equal(2, Read());
            Assert.Equal((1, FakeCamera.Buffers), (Camera.OpenNow, Camera.MappedNow));
        }

        Assert.Equal(20, Info.Reconnects);
    }

    [Fact]
    public void Read_TwinPluggedElsewhereAllAlong_IsNotTakenForTheLostCamera()
    {
        var twin = new FakeCamera(system);
        system.Plug(twin, 5, place: "1-4:1.0");
        Open();
        Camera.Deliver(1, 0);
        Read();
        system.Unplug(Camera);
        system.After(5, () =>
        {
            Assert.Equal(0, twin.Starts);
            system.Plug(Camera, 0, place: "1-2:1.0");
            Camera.Deliver(7, 0);
        });

        Assert.Equal(7, Read());
    }

    [Fact]
    public void Read_Stall_IsSaidInTwoSeconds_RestartedWithGrowingPauses_AndEndsByItself()
    {
        Open();
        Camera.Deliver(1, 0);
        Read();
        TimeSpan began = system.Now;
        var starts = new List<double>();
        int known = Camera.Starts;
        string? waiting = null;
        for (double t = 0.1; t < 40; t += 0.1)
        {
            system.After(t, () =>
            {
                if (Camera.Starts > known)
                {
                    known = Camera.Starts;
                    starts.Add((system.Now - began).TotalSeconds);
                }
            });
        }

        system.After(1.95, () => waiting = Info.Waiting);
        system.After(40, () => Camera.Deliver(9, 1));

        Assert.Equal(9, Read());
        Assert.Equal("waiting for Fake: no images come", waiting);
        Assert.Equal(1, Info.Reconnects);
        Assert.Equal([2, 7, 17, 37], starts.Select(start => Math.Floor(start)));
    }

    [Fact]
    public void Read_HangingDeviceRefusesEverythingForAMinute_IsWaitedFor()
    {
        Open();
        Camera.Deliver(1, 0);
        Read();
        system.After(1.9, () => Camera.Always[Requests.SetFormat.Number] = Errno.TimedOut);
        string? waiting = null;
        system.After(60, () =>
        {
            waiting = Info.Waiting;
            Camera.Always.Clear();
            Camera.Deliver(9, 1);
        });

        Assert.Equal(9, Read());
        Assert.Equal("waiting for Fake: S_FMT fails with ETIMEDOUT", waiting);
    }

    [Fact]
    public void Read_SlowToStart_IsGivenTime()
    {
        Open();
        system.After(4.5, () =>
        {
            Assert.Null(Info.Waiting);
            Camera.Deliver(5, 0);
        });

        Assert.Equal(5, Read());
        Assert.Equal(1, Camera.Starts);
        Assert.Equal(0, Info.Reconnects);
    }

    [Fact]
    public void Read_NothingEverComes_EndsAfterHalfAMinute()
    {
        Open();
        string? waiting = null;
        system.After(8, () => waiting = Info.Waiting);

        string line = Assert.Throws<LiveConvException>(() => Read()).Message;

        Assert.Equal(
            $"Fake delivers no images: it was waited for 30 s. Unplug it and plug it in again, or {CameraAccess.OrElse}", line);
        Assert.Equal("waiting for Fake: no images come", waiting);
        Assert.Equal(3, Camera.Starts);
        Assert.InRange(system.Now.TotalSeconds, 30, 31);
    }

    [Fact]
    public void Read_OnlyDamagedImagesEverCome_EndsAndSaysSo()
    {
        Camera.Modes.Clear();
        Camera.Modes.Add(("MJPG", 64, 48, [30]));
        source = new ReconnectingSource(
            new V4l2Connector(system, null, new SourceMode(64, 48), () => new SmallJpegs { AreDamaged = true }, stats, system.Time),
            new RetryTimings(), system.Time, null);
        source.Open(stop.Token);
        for (int i = 1; i < 400; i++)
        {
            system.After(i * 0.1, () => Camera.Deliver(0, 0, bytes: [0xff, 0xd8, 0, 0xff, 0xd9]));
        }

        Assert.StartsWith(
            "Fake delivers only damaged images: it was waited for 30 s. ", Assert.Throws<LiveConvException>(() => Read()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PulledBeforeItsFirstImage_IsWaitedForHalfAMinute()
    {
        Open();
        system.After(3, () => system.Unplug(Camera));

        Assert.Equal("Fake (/dev/video0) is gone; plug it in again", Assert.Throws<LiveConvException>(() => Read()).Message);
        Assert.InRange(system.Now.TotalSeconds, 30, 31);
    }

    [Fact]
    public void Read_FirstImageOfASlowCameraComesAfterAMinute_IsWaitedFor()
    {
        Camera.Modes[0] = ("YUYV", 64, 48, [0.04]);
        Open();
        system.After(70, () => Camera.Deliver(3, 0));

        Assert.Equal(3, Read());
    }

    [Fact]
    public void Read_OneFrameInTwoSeconds_IsNoStall()
    {
        Camera.Modes[0] = ("YUYV", 64, 48, [0.5]);
        Open();
        Camera.Deliver(1, 0);
        Read();
        system.After(2.5, () => Camera.Deliver(2, 1));

        Assert.Equal(2, Read());
        Assert.Equal((1, 0), (Camera.Starts, Info.Reconnects));
    }

    [Theory]
    [InlineData(2.5, 3)]
    [InlineData(9, 8)]
    [InlineData(20, 12)]
    public void Read_SlowCameraThatTellsNoRate_IsLearntAndNotRestartedForEver(double interval, int maxStarts)
    {
        Camera.Always[Requests.GetParameters.Number] = Errno.NotATerminal;
        Open();
        for (uint i = 0; i < 100; i++)
        {
            uint sequence = i;
            system.After(1 + (i * interval), () => Camera.Deliver((byte)sequence, sequence));
        }

        for (int i = 0; i < 40; i++)
        {
            Read();
        }

        (int starts, long reconnects) = (Camera.Starts, Info.Reconnects);
        for (int i = 40; i < 100; i++)
        {
            Read();
        }

        Assert.InRange(starts, 2, maxStarts);
        Assert.Equal((starts, reconnects), (Camera.Starts, Info.Reconnects));
    }

    [Fact]
    public void Read_StallsOfAFastCamera_AreSaidInTwoSecondsEveryTime()
    {
        Open();
        for (int stall = 0; stall < 6; stall++)
        {
            for (uint i = 0; i < 10; i++)
            {
                Camera.Deliver(1, i);
                Read();
                system.Time.Advance(TimeSpan.FromMilliseconds(33));
            }

            string? waiting = null;
            system.After(1.95, () => waiting = Info.Waiting);
            system.After(10, () => Camera.Deliver(9, 1));

            Assert.Equal(9, Read());
            Assert.Equal("waiting for Fake: no images come", waiting);
        }
    }

    [Theory]
    [InlineData(1 << 16)]
    [InlineData(uint.MaxValue)]
    public void Read_DriverNamesMoreBytesThanTheBufferHas_ReadsTheBuffer(uint bytesUsed)
    {
        Open();
        Camera.BytesUsed = bytesUsed;
        Camera.Deliver(7, 0);

        Assert.Equal(7, Read());
    }

    [Fact]
    public void Read_DriverFillsBuffersWithRubbishAtOnce_StaysStoppable()
    {
        Open();
        for (uint i = 0; i < 1000; i++)
        {
            Camera.Deliver(1, i, BufferFlags.Error);
        }

        Camera.Taken = left =>
        {
            if (left == 900)
            {
                stop.Cancel();
            }
        };

        Assert.False(source!.Read(frame));
        Assert.InRange(stats.Dropped(DropCause.Damaged), 100, 100 + FakeCamera.Buffers);
    }

    [Fact]
    public void Read_FatalStreamingError_Restarts()
    {
        Open();
        Camera.Deliver(1, 0);
        Read();
        Camera.PollError = PollEvents.Error;
        system.After(0.3, () =>
        {
            Camera.PollError = PollEvents.None;
            Camera.Deliver(2, 0);
        });

        Assert.Equal(2, Read());
        Assert.Equal((2, 1), (Camera.Starts, Info.Reconnects));
    }

    [Fact]
    public void Read_StreamingFailsForGood_EndsWithALineAfterFiveTries()
    {
        Open();
        Camera.Deliver(1, 0);
        Read();
        Camera.Always[Requests.DequeueBuffer.Number] = Errno.InputOutput;
        Camera.PollError = PollEvents.Error;

        string line = Assert.Throws<LiveConvException>(() => Read()).Message;

        Assert.Equal("Fake (/dev/video0) does not stream (DQBUF: EIO): unplug it and plug it in again", line);
        Assert.Equal(5, Camera.Starts);
        Assert.InRange(system.Now.TotalSeconds, 1, 10);
    }

    [Fact]
    public void Open_RequestsRefusedOnce_TriesAgain()
    {
        // The first time it is asked only whether another program reads the camera.
        uint buffers = Requests.RequestBuffers.Number;
        foreach (uint request in new[] { buffers, buffers, Requests.QueueBuffer.Number, Requests.StreamOn.Number })
        {
            Camera.Refusals.Add((request, Errno.Invalid));
        }

        Open();

        Assert.Equal(1, Camera.Starts);
        Assert.Equal(4, Camera.Opened - 1);
    }

    [Fact]
    public void Open_StreamOnAlwaysRefused_EndsWithALine()
    {
        Camera.Always[Requests.StreamOn.Number] = Errno.InputOutput;

        Assert.Contains("does not stream (STREAMON: EIO)", Refused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((int)Errno.Busy, "Fake (/dev/video0) is used by obs (pid 7): close that program first")]
    [InlineData(
        (int)Errno.NoSpace,
        "Fake (/dev/video0): the USB bus has no bandwidth left: plug it in elsewhere, or request less with --size, --fps or --format MJPG")]
    [InlineData((int)Errno.NoDevice, "Fake (/dev/video0) is gone; plug it in again")]
    public void Open_Refused_SaysWhyAtOnce(int errno, string line)
    {
        system.User = "obs (pid 7)";
        Camera.Always[Requests.SetFormat.Number] = (Errno)errno;

        Assert.Equal(line, Refused());
        Assert.Equal(TimeSpan.Zero, system.Now);
    }

    [Fact]
    public void Open_NoPermission_NamesTheGroup()
    {
        system.OpenErrno = Errno.Access;

        Assert.StartsWith("no permission to open Fake (/dev/video0): join the group video", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OnlyFormatsThatCannotBeRead_SaysWhatThereIs()
    {
        Camera.Modes[0] = ("H264", 64, 48, [30]);
        Camera.Modes.Add(("MJPG", 64, 48, [30]));

        Assert.Equal(
            "Fake (/dev/video0) offers only H264, MJPG: to read MJPG install libturbojpeg (Debian, Ubuntu: apt install libturbojpeg0) or "
            + "ffmpeg",
            Refused());
    }

    [Fact]
    public void Open_NodeThatDoesNotCapture_IsRefused()
    {
        Camera.CapabilityBits = 0x2;

        Assert.Equal(
            "Fake (/dev/video0) does not stream images now: if it is a virtual camera, start the program that feeds it",
            Refused("/dev/video0"));
    }

    [Fact]
    public void Open_DriverChangesFormatAndRate_ReportsWhatItReadBack()
    {
        Camera.Modes[0] = ("YUYV", 1280, 720, [30]);
        Camera.Grant = asked => asked with { Width = 320, Height = 180 };
        Camera.GrantRate = _ => 12.5;
        Open(new SourceMode(1280, 720, 30));

        Assert.Equal(new SourceMode(320, 180, 12.5, "YUYV"), Info.Granted);
        Assert.Equal("the driver did not accept 1280x720", Info.Note);
    }

    [Fact]
    public void Open_DriverThatListsNoSizes_IsAskedForWhatWasRequested()
    {
        Camera.HasSizes = false;
        Open(new SourceMode(320, 240, 15));

        Assert.Equal(new SourceMode(320, 240, 15, "YUYV"), Info.Granted);
    }

    // As V4L2_MAP_QUANTIZATION_DEFAULT has it where the driver leaves the quantization open.
    [Theory]
    [InlineData("YUYV", 0, 0, LumaRange.Limited)]
    [InlineData("YUYV", 8, 0, LumaRange.Limited)]
    [InlineData("YUYV", 8, 1, LumaRange.Full)]
    [InlineData("UYVY", 7, 0, LumaRange.Full)]
    [InlineData("UYVY", 7, 2, LumaRange.Limited)]
    [InlineData("NV12", 3, 2, LumaRange.Limited)]
    [InlineData("NV12", 3, 1, LumaRange.Full)]
    [InlineData("GREY", 8, 0, LumaRange.Full)]
    [InlineData("Y16", 0, 2, LumaRange.Full)]
    public void Read_Quantization_IsTheRange(string code, uint colorSpace, uint quantization, LumaRange expected)
    {
        Camera.Modes.Clear();
        Camera.Modes.Add((code, 64, 48, [30]));
        Camera.Grant = asked => asked with { ColorSpace = colorSpace, Quantization = quantization };
        Open();
        Camera.Deliver(1, 0);
        Read();

        Assert.Equal(expected, frame.Format.Range);
    }

    [Fact]
    public void Read_QuantizationChanges_OpensTheCameraAgain()
    {
        Open();
        Camera.Deliver(1, 0);
        Read();
        Assert.Equal(LumaRange.Limited, frame.Format.Range);

        Camera.Grant = asked => asked with { Quantization = 1 };
        Camera.Current = Camera.Current with { Quantization = 1 };
        Camera.Deliver(2, 1);
        system.After(0.1, () => Camera.Deliver(3, 0));

        Assert.Equal(3, Read());
        Assert.Equal((LumaRange.Full, 2), (frame.Format.Range, Camera.Starts));
    }

    [Theory]
    [InlineData("YUYV", 2)]
    [InlineData("GREY", 1)]
    public void Read_RowsWithPadding_AreReadWithoutIt(string code, int bytesPerPixel)
    {
        const int Pitch = 256;
        Camera.Modes.Clear();
        Camera.Modes.Add((code, 64, 48, [30]));
        Camera.Grant = asked => asked with { BytesPerLine = Pitch };
        Open();

        // The last row may come without its padding.
        byte[] padded = [.. Enumerable.Repeat((byte)0xee, (47 * Pitch) + (64 * bytesPerPixel))];
        for (int i = 0; i < 64 * 48; i++)
        {
            padded[(i / 64 * Pitch) + (i % 64 * bytesPerPixel)] = (byte)(i * 7);
        }

        Camera.Deliver(0, 0, bytes: padded);
        Assert.True(source!.Read(frame));

        for (int y = 0; y < 48; y++)
        {
            Assert.Equal([.. Enumerable.Range(y * 64, 64).Select(i => (byte)(i * 7))], frame.Luma.Row(y).ToArray());
        }
    }

    [Fact]
    public void Read_JpegOfAnotherSizeThanAgreed_IsTakenAndReported()
    {
        Camera.Modes.Clear();
        Camera.Modes.Add(("MJPG", 64, 48, [30]));
        source = new ReconnectingSource(
            new V4l2Connector(system, null, new SourceMode(64, 48), () => new SmallJpegs(), stats, system.Time), new RetryTimings(),
            system.Time, null);
        source.Open(stop.Token);
        Camera.Deliver(0, 0, bytes: [0xff, 0xd8, 0, 0xff, 0xd9]);

        Assert.True(source.Read(frame));
        Assert.Equal((32, 24), (frame.Luma.Width, frame.Luma.Height));
        Assert.Equal(new SourceMode(32, 24, 30, "MJPG"), Info.Granted);
    }

    [Fact]
    public void Open_VirtualCameraThatNobodyFeeds_SaysSo()
    {
        Camera.Modes.Clear();
        Camera.Always[Requests.GetFormat.Number] = Errno.Invalid;

        Assert.Equal("Fake (/dev/video0) offers no format now: if it is a virtual camera, start the program that feeds it", Refused());
    }

    [Fact]
    public void Read_VirtualCameraWhoseProgramPauses_IsWaitedFor()
    {
        Open();
        Camera.Deliver(1, 0);
        Read();
        (string Code, int Width, int Height, double[] Fps)[] modes = [.. Camera.Modes];
        Camera.Modes.Clear();
        Camera.Always[Requests.GetFormat.Number] = Errno.Invalid;
        string? waiting = null;
        system.After(300, () =>
        {
            waiting = Info.Waiting;
            Camera.Modes.AddRange(modes);
            Camera.Always.Clear();
            Camera.Deliver(2, 0);
        });

        Assert.Equal(2, Read());
        Assert.Equal("waiting for Fake: it delivers no images now", waiting);
    }

    [Fact]
    public void Read_AnotherCameraTakesTheNode_IsNotTakenForTheLostOne()
    {
        Open();
        Camera.Deliver(1, 0);
        Read();
        system.Unplug(Camera);
        var other = new FakeCamera(system);
        system.Plug(other, 0, serial: "0002");
        system.After(5, () =>
        {
            Assert.Equal((0, "waiting for Fake"), (other.Opened, Info.Waiting));
            system.Plug(Camera, 1);
            Camera.Deliver(9, 0);
        });

        Assert.Equal(9, Read());
        Assert.Equal(0, other.Opened);
    }

    [Fact]
    public void Open_NumberBecomesAnotherCamerasMeanwhile_DoesNotOpenThatOne()
    {
        var other = new FakeCamera(system);
        system.Opening = () =>
        {
            system.Opening = () => { };
            system.Unplug(Camera);
            system.Plug(other, 0, serial: "0002", place: "1-2:1.0");
        };

        Assert.Equal("Fake (/dev/video0) is gone; plug it in again", Refused("0"));
        Assert.Equal((1, 0), (other.Opened, other.Starts));
    }

    [Fact]
    public void Read_FormatChangesUnderTheStream_IsRebuiltWithoutAGarbledImage()
    {
        Open();
        Camera.Deliver(1, 0);
        Read();
        Camera.Modes[0] = ("YUYV", 32, 24, [30]);
        Camera.Current = Camera.Current with { Width = 32, Height = 24 };
        Camera.Deliver(2, 1, bytes: new byte[64 * 48 * 2]);
        system.After(0.1, () => Camera.Deliver(3, 0));

        Assert.Equal(3, Read());
        Assert.Equal((32, 24), (frame.Luma.Width, frame.Luma.Height));
        Assert.Equal((2, 0, 32), (Camera.Starts, Info.Reconnects, Info.Granted.Width));
        Assert.InRange(system.Now.TotalSeconds, 0, 1);
    }

    [Fact]
    public void Read_SignalChanges_StartsAnew()
    {
        Open();
        Camera.SignalChange = true;
        Camera.Deliver(2, 0);
        system.After(0.1, () => Camera.Deliver(3, 0));

        Assert.Equal(3, Read());
        Assert.Equal(2, Camera.Starts);
    }

    [Fact]
    public void Read_TakenByAnotherProgramAfterAReplug_WaitsForIt()
    {
        Open();
        Camera.Deliver(1, 0);
        Read();
        system.Unplug(Camera);
        Camera.Always[Requests.SetFormat.Number] = Errno.Busy;
        system.User = "obs (pid 7)";
        string? waiting = null;
        system.After(1, () => system.Plug(Camera, 0));
        system.After(60, () =>
        {
            waiting = Info.Waiting;
            Camera.Always.Clear();
            Camera.Deliver(2, 0);
        });

        Assert.Equal(2, Read());
        Assert.Equal("waiting for Fake: used by obs (pid 7)", waiting);
    }

    [Fact]
    public void Read_KernelTimeNearNow_IsTheCaptureTime()
    {
        Open();
        system.Time.Advance(TimeSpan.FromHours(1));
        TimeSpan now = system.Time.GetElapsedTime(0, system.Time.GetTimestamp());
        Camera.Deliver(1, 0, kernel: now - TimeSpan.FromMilliseconds(30));
        Read();

        Assert.Equal(30, system.Time.GetElapsedTime(frame.CaptureTimestamp).TotalMilliseconds, tolerance: 0.01);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(-60)]
    public void Read_KernelTimeThatCannotBe_IsNotBelieved(double offBySeconds)
    {
        Open();
        system.Time.Advance(TimeSpan.FromHours(1));
        TimeSpan now = system.Time.GetElapsedTime(0, system.Time.GetTimestamp());
        Camera.Deliver(1, 0, kernel: now + TimeSpan.FromSeconds(offBySeconds));
        Read();

        Assert.Equal(TimeSpan.Zero, system.Time.GetElapsedTime(frame.CaptureTimestamp));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Read_KernelTimeThatIsNoTime_IsNotBelieved(long seconds)
    {
        Open();
        Camera.KernelSeconds = seconds;
        Camera.Deliver(1, 0, kernel: TimeSpan.Zero);
        Read();

        Assert.Equal(TimeSpan.Zero, system.Time.GetElapsedTime(frame.CaptureTimestamp));
    }

    [Fact]
    public async Task Open_DeviceThatDoesNotAnswer_IsLeftAtAStop()
    {
        using var answer = new ManualResetEventSlim();
        using var asked = new ManualResetEventSlim();
        source = Make(new SourceMode(), "/dev/video0");
        system.Opening = () =>
        {
            asked.Set();
            answer.Wait();
        };
        Task opening = Task.Run(() => source.Open(stop.Token));
        asked.Wait();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        answer.Set();
        SpinWait.SpinUntil(() => Camera is { Opened: 1, OpenNow: 0 }, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Read_SlowerThanGranted_IsReported()
    {
        Open();
        for (uint i = 0; i < 70; i++)
        {
            Camera.Deliver(1, i);
            Read();
            system.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal("the camera delivers less than it granted, as many do in dim light", Info.Note);
        Assert.Contains(
            "granted 64x48 YUYV@30, measured 10.0: the camera delivers less", Assert.Single(reported), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Steady_AllocatesNothing()
    {
        Open();
        for (uint i = 0; i < 50; i++)
        {
            Camera.Deliver(1, i, bytes: Bytes);
            Read();
        }

        for (uint i = 50; i < 150; i++)
        {
            Camera.Deliver(1, i, bytes: Bytes);
        }

        // One at a time, as a fast reader gets them.
        FakeImage[] waiting = [.. Camera.Ready];
        Camera.Ready.Clear();
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (FakeImage image in waiting)
        {
            Camera.Ready.Enqueue(image);
            source!.Read(frame);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private ReconnectingSource Make(SourceMode request, string? which)
    {
        var notices = new Notices();
        notices.Posted += notice => reported.Add(notice.Text);
        return new ReconnectingSource(
            new V4l2Connector(system, which, request, null, stats, system.Time), new RetryTimings(), system.Time, notices);
    }

    private void Open(SourceMode? request = null)
    {
        source = Make(request ?? new SourceMode(64, 48), null);
        source.Open(stop.Token);
    }

    private string Refused(string? which = null)
    {
        source = Make(new SourceMode(), which);
        return Assert.Throws<LiveConvException>(() => source.Open(stop.Token)).Message;
    }

    // The value that all pixels have.
    private byte Read()
    {
        Assert.True(source!.Read(frame));
        return Assert.Single(frame.Luma.Row(frame.Luma.Height - 1).ToArray().Distinct());
    }

    // Stands for libturbojpeg.
    private sealed class SmallJpegs : IJpegLuma
    {
        public bool AreDamaged { get; init; }

        public bool Decode(ReadOnlySpan<byte> jpeg, Frame frame)
        {
            frame.Resize(32, 24);
            return !AreDamaged;
        }

        public void Dispose()
        {
        }
    }
}
