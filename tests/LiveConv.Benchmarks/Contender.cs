namespace LiveConv.Benchmarks;

/// <summary>Somebody who does a job.</summary>
/// <typeparam name="TSet">What the job is done on: images and maps, or tensors.</typeparam>
/// <param name="Name">As the table shows it.</param>
/// <param name="Job">Contenders of one job must agree; null: takes no part in that.</param>
/// <param name="Run">Does it once.</param>
internal sealed record Contender<TSet>(string Name, string? Job, Action<TSet> Run)
{
    /// <summary>
    /// How far its last result was from ours, relative to the largest value; null where results are compared as they are.
    /// </summary>
    public Func<double>? Error { get; init; }

    /// <summary>
    /// How far its pixels may be from ours: 1 for who adds fractions in single precision, where ours are added in double.
    /// </summary>
    public int Tolerance { get; init; }
}
