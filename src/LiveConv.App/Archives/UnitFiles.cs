using System.Globalization;
using LiveConv.Media;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>Where a unit and what is known of it are.</summary>
/// <param name="plan">The plan.</param>
/// <param name="planned">The unit.</param>
internal sealed class UnitFiles(PlanFile plan, PlannedUnit planned)
{
    private readonly string stem = string.Create(
        CultureInfo.InvariantCulture,
        $"{Path.GetFileNameWithoutExtension(planned.Unit.Output.Name)}-{planned.Unit.Unit:00000}-{planned.Id}");

    /// <summary>The finished unit.</summary>
    public string Video => Path.Combine(plan.Folder, stem + Path.GetExtension(planned.Unit.Output.Name));

    /// <summary>Why the unit failed the last time; one line.</summary>
    public string Failure => Path.Combine(plan.Folder, stem + ".failed");

    /// <summary>Whether the unit is there and complete.</summary>
    public bool IsDone => RecordingNotes.AreComplete(Video, planned.Unit.Frames);

    /// <summary>Why the unit failed the last time; null when it did not.</summary>
    public string? FindFailure()
    {
        try
        {
            return File.Exists(Failure) ? File.ReadAllText(Failure).Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether a run was cut off: what it wrote is there, and not finished.</summary>
    public bool HasLeftovers => Leftovers.Any();

    /// <summary>Removes what earlier runs left. Only while the unit is locked: then nobody else writes it.</summary>
    public void RemoveLeftovers()
    {
        foreach (string file in (string[])[.. Leftovers, Failure])
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new LiveConvException($"{file}, left from an earlier run, cannot be removed: {e.Message}", e);
            }
        }
    }

    /// <summary>Notes why the unit failed, as far as that can be written.</summary>
    /// <param name="reason">One line.</param>
    public void NoteFailure(string reason)
    {
        try
        {
            File.Delete(Failure);
            using FileStream file = PlainFile.Create(Failure);
            file.Write(System.Text.Encoding.UTF8.GetBytes(reason + "\n"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk; the reason is on standard error too.
        }
    }

    private IEnumerable<string> Leftovers =>
        !Directory.Exists(plan.Folder) ? []
        : Directory.EnumerateFiles(plan.Folder)
            .Where(file => Path.GetFileName(file).StartsWith(stem + ".partial", StringComparison.Ordinal));
}
