using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LiveConv.Media;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>The file that the units of a video become.</summary>
internal sealed class JoinedFile
{
    private readonly PlanFile plan;
    private readonly PlanUnit first;
    private readonly string mark;

    /// <summary>Names it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="video">The video's units.</param>
    public JoinedFile(PlanFile plan, IReadOnlyList<PlannedUnit> video)
    {
        this.plan = plan;
        first = video[0].Unit;
        Path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(plan.Path) ?? "", first.Output.Name);
        byte[] ids = SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(video.Select(one => one.Id))));
        mark = System.IO.Path.Combine(plan.Folder, $"{first.Output.Name}.{Convert.ToHexStringLower(ids)[..8]}.joined");
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    private string PartialStart => first.Output.Name + ".joining-";

    /// <summary>Whether it is there, complete, and made of these very units.</summary>
    public bool IsDone
    {
        get
        {
            try
            {
                return IsOurs && RecordingNotes.AreComplete(Path, first.Video.Frames);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    // Also when a run was killed before the notes had their name.
    private bool IsOurs => File.Exists(mark) && File.Exists(Path) && File.ReadAllText(mark) == MarkOf(Path);

    /// <summary>Joins the units, and gives the file its name when it was checked. Only while the plan's joining is locked.</summary>
    /// <param name="parts">The units.</param>
    /// <param name="overwrite">True if a file that is there may be replaced.</param>
    /// <param name="stop">Ends the joining.</param>
    /// <returns>What the check found.</returns>
    /// <exception cref="LiveConvException">They cannot be joined.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public RecordingCheckResult Make(IReadOnlyList<RecordingPart> parts, bool overwrite, CancellationToken stop)
    {
        bool mayReplace = overwrite || IsOurs;
        foreach (string file in (string[])[Path, SidecarPath.PathOf(Path)])
        {
            if (System.IO.Path.Exists(file) && !mayReplace)
            {
                throw new LiveConvException($"{file} exists, and was not joined of this plan: move it, or --overwrite");
            }
        }

        RemovePartial();
        string attempt = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..8];
        string partial = System.IO.Path.Combine(plan.Folder, PartialStart + attempt + System.IO.Path.GetExtension(Path));
        try
        {
            RecordingCheckResult result = RecordingJoin.Run(parts, partial, (UnixFileMode)Convert.ToInt32(first.Output.Mode, 8), stop);
            PartialFile.FlushToDisk([partial]);
            NoteJoined(partial);
            PartialFile.Rename(partial, Path, mayReplace);
            return result;
        }
        finally
        {
            RemovePartial();
        }
    }

    // Written before the file has its name: that makes the two agree.
    private void NoteJoined(string partial)
    {
        try
        {
            File.Delete(mark);
            using FileStream file = PlainFile.Create(mark);
            file.Write(Encoding.UTF8.GetBytes(MarkOf(partial)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveConvException($"{mark} cannot be written: {e.Message}", e);
        }
    }

    private static string MarkOf(string file) => string.Create(
        CultureInfo.InvariantCulture, $"{new FileInfo(file).Length} {File.GetLastWriteTimeUtc(file):O}");

    private void RemovePartial()
    {
        foreach (string file in Directory.EnumerateFiles(plan.Folder)
            .Where(file => System.IO.Path.GetFileName(file).StartsWith(PartialStart, StringComparison.Ordinal)).ToList())
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It takes space; the next joining tries again.
            }
        }
    }
}
