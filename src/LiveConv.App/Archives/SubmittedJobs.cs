using System.Globalization;
using System.Text;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>The job arrays that a plan was submitted as: a small file for each, with the unit of its task 0.</summary>
internal static class SubmittedJobs
{
    private const string Start = "job-";

    /// <summary>Notes one.</summary>
    /// <exception cref="LiveConvException">It cannot be written.</exception>
    public static void Add(PlanFile plan, string job, int firstUnit)
    {
        string path = Path.Combine(plan.Folder, Start + job);
        try
        {
            using FileStream file = PlainFile.OpenToReplace(path);
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes(firstUnit.ToString(CultureInfo.InvariantCulture) + "\n"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveConvException($"{path} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Reads them.</summary>
    /// <returns>The unit of each job's task 0.</returns>
    public static Dictionary<string, int> Read(PlanFile plan)
    {
        var jobs = new Dictionary<string, int>();
        foreach (string path in Directory.Exists(plan.Folder) ? Directory.GetFiles(plan.Folder, Start + "*") : [])
        {
            if (int.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out int first))
            {
                jobs[Path.GetFileName(path)[Start.Length..]] = first;
            }
        }

        return jobs;
    }
}
