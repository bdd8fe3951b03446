namespace LiveConv.Pipeline;

/// <summary>The shape of a distribution of times, in milliseconds; zeros when there was no sample.</summary>
/// <param name="P50">The median.</param>
/// <param name="P95">95 % of the samples are at most this.</param>
/// <param name="P99">99 % of the samples are at most this.</param>
public readonly record struct Percentiles(double P50, double P95, double P99);
