using System.Diagnostics;

namespace LiveConv.Networks.Tests;

/// <summary>Networks of the known kinds, small and with random weights, as torch writes them.</summary>
public class TorchTests
{
    [SkippableFact]
    public void Run_NetworksOfTorch_AreThoseOfOnnxRuntimeLayerByLayer()
    {
        using var folder = new TemporaryFolder();
        Skip.IfNot(TryWrite(folder.Path, out string reason), reason);
        string[] files = Directory.GetFiles(folder.Path, "*.onnx");

        Assert.Equal(11, files.Length);
        Assert.All(files, file => OrtPeer.Compare(File.ReadAllBytes(file), 2e-5));
    }

    private const string Python = "/usr/bin/python3";

    private static bool TryWrite(string folder, out string reason)
    {
        reason = $"{Python} has no torch (Debian: python3-torch)";
        string script = Path.Combine(AppContext.BaseDirectory, "networks.py");
        if (!Runs("-c", "import torch"))
        {
            return false;
        }

        Assert.True(Runs(script, folder));
        return true;
    }

    private static bool Runs(params string[] arguments)
    {
        try
        {
            using Process? process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardError = true });
            string errors = process!.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 || (arguments[0] != "-c" ? throw new InvalidOperationException(errors) : false);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
