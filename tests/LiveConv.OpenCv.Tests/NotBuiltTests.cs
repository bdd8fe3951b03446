namespace LiveConv.OpenCv.Tests;

public class NotBuiltTests
{
    [SkippableFact]
    public void OpenCvRoom_WithoutItsPackages_IsNotTested() =>
        Skip.If(true, "LiveConv.OpenCv was not built: it takes -p:OpenCv=true and OpenCvSharp4's packages");
}
