namespace LiveConv.Benchmarks;

/// <summary>Somebody who turns a picture into two maps.</summary>
/// <param name="Name">As the table shows it.</param>
/// <param name="Job">Contenders of one job must agree byte for byte; null: takes no part in that.</param>
/// <param name="Run">Does one frame.</param>
internal sealed record Contender(string Name, string? Job, Action<Frames.Set> Run);
