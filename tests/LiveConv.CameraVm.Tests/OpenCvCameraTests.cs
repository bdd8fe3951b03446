using LiveConv.CameraVm.Tests.Guest;
using Xunit.Abstractions;

namespace LiveConv.CameraVm.Tests;

/// <summary>The kernel's virtual webcam, for OpenCV.</summary>
public sealed class OpenCvVm() : CameraVm(OpenCvTests.Bed, "--vivid");

/// <summary>The tests of <see cref="OpenCvTests"/>, one by one.</summary>
public sealed class OpenCvCameraTests(OpenCvVm vm, ITestOutputHelper output) : IClassFixture<OpenCvVm>
{
    public static TheoryData<string> Names => new(GuestProgram.NamesOf(OpenCvTests.Bed));

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void OpenCv(string test) => vm.Report(test, output.WriteLine);
}
