using System.Diagnostics;

namespace LiveConv.Wine.Helper;

/// <summary>Counts the reads that an image takes which a child writes as FFmpeg does, through a pipe of .NET's.</summary>
internal static class PipeReads
{
    private const int Writes = 64;
    private const int WriteBytes = 32 * 1024;

    public static int Run()
    {
        using Process child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["pipe", "write"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        byte[] buffer = new byte[2 * WriteBytes];
        int reads = 0;
        while (child.StandardOutput.BaseStream.Read(buffer) > 0)
        {
            reads++;
        }

        Console.Error.WriteLine($"{Writes} writes, {reads} reads");
        return 0;
    }

    public static int Write()
    {
        byte[] part = new byte[WriteBytes];
        using Stream output = Console.OpenStandardOutput();
        for (int i = 0; i < Writes; i++)
        {
            output.Write(part);
        }

        return 0;
    }
}
