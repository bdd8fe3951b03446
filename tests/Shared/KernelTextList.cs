using System.Text.Json;

namespace LiveConv.Tests;

/// <summary>
/// One entry of kernel-texts.json, the list that every door for kernel texts is tested with: a text, and what it means or a part of
/// the line that refuses it.
/// </summary>
public sealed record KernelTextEntry(string Text)
{
    public string? Dialect { get; init; }

    public double[][][] Kernels { get; init; } = [];

    public int[][]? Anchors { get; init; }

    public string? Operation { get; init; }

    public double Gain { get; init; } = 1;

    public double Bias { get; init; }

    public string? Response { get; init; }

    public string Merge { get; init; } = "";

    public string? Notice { get; init; }

    public string? Refused { get; init; }
}

public static class KernelTextList
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    public static IReadOnlyList<KernelTextEntry> Entries { get; } = JsonSerializer.Deserialize<KernelTextEntry[]>(
        File.ReadAllText(RepositoryFiles.PathOf("tests", "Shared", "kernel-texts.json")), Options)!;

    public static TheoryData<string> Read => [.. Entries.Where(entry => entry.Refused is null).Select(entry => entry.Text)];

    public static TheoryData<string> Refused => [.. Entries.Where(entry => entry.Refused is not null).Select(entry => entry.Text)];

    public static KernelTextEntry Of(string text) => Entries.First(entry => entry.Text == text);
}
