using LiveConv.CameraVm.Tests.Guest;
using Xunit.Abstractions;

// Each VM emulates two processors: two at once would only measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace LiveConv.CameraVm.Tests;

/// <summary>A USB camera behind uvcvideo.</summary>
public sealed class UvcVm() : CameraVm(
    UvcTests.Bed,
    "--uvc", Clip, "--frames", "10", "--mode", "mjpeg:1280x720@30", "--mode", "yuyv422:640x480@30", "--mode", "yuyv422:1280x720@10");

/// <summary>The kernel's virtual webcam.</summary>
public sealed class VividVm() : CameraVm(VividTests.Bed, "--vivid");

/// <summary>No camera until the tests make some of all kinds.</summary>
public sealed class MixedVm() : CameraVm(MixedTests.Bed);

/// <summary>The tests of <see cref="UvcTests"/>, one by one.</summary>
public sealed class UvcCameraTests(UvcVm vm, ITestOutputHelper output) : IClassFixture<UvcVm>
{
    public static TheoryData<string> Names => new(GuestProgram.NamesOf(UvcTests.Bed));

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Uvc(string test) => vm.Report(test, output.WriteLine);
}

/// <summary>The tests of <see cref="VividTests"/>, one by one.</summary>
public sealed class VividCameraTests(VividVm vm, ITestOutputHelper output) : IClassFixture<VividVm>
{
    public static TheoryData<string> Names => new(GuestProgram.NamesOf(VividTests.Bed));

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Vivid(string test) => vm.Report(test, output.WriteLine);
}

/// <summary>The tests of <see cref="MixedTests"/>, one by one.</summary>
public sealed class MixedCameraTests(MixedVm vm, ITestOutputHelper output) : IClassFixture<MixedVm>
{
    public static TheoryData<string> Names => new(GuestProgram.NamesOf(MixedTests.Bed));

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Mixed(string test) => vm.Report(test, output.WriteLine);
}
