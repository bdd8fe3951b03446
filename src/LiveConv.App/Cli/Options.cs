using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LiveConv.Media;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>
/// Creates options whose error messages name the option, what it takes, and what it got. <c>takes</c> completes the sentence
/// "--frames takes …".
/// </summary>
internal static class Options
{
    // By option, not by name: two commands may have options of the same name that take different values.
    private static readonly Dictionary<Option, string> Takes = [];

    public delegate bool Reader<T>(string text, out T value);

    public static Option<T> Of<T>(string name, string placeholder, string takes, string description, Reader<T> read)
    {
        var option = new Option<T>(name)
        {
            HelpName = placeholder,
            Description = description,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (read(text, out T value))
                {
                    return value;
                }

                result.AddError(Refusal(name, takes, text, placeholder));
                return default;
            },
        };
        Takes[option] = takes;
        return option;
    }

    public static Option<string?> Text(
        string name, string placeholder, string takes, string description, Predicate<string>? isValid = null) =>
        Of<string?>(
            name, placeholder, takes, description,
            (string text, out string? value) => (value = text).Length > 0 && isValid?.Invoke(text) != false);

    /// <summary>A file that is written, whose name ends in one of the endings.</summary>
    public static Option<string?> OutputFile(string name, string takes, string description, params string[] endings)
    {
        Option<string?> option = Text(name, "FILE", takes, description, text => Array.Exists(endings, end => end == "-"
            ? text == end
            : text.Length > end.Length && text.EndsWith(end, StringComparison.OrdinalIgnoreCase)));
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var path }] && PlainFile.FindNameFault(path) is { } fault)
            {
                result.AddError($"{name} {path} {fault}");
            }
        });
        return option;
    }

    /// <summary>Refuses a file to be written that cannot have its name.</summary>
    /// <param name="option">The option that names it; empty for an argument.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="UsageException">It cannot; the message says why.</exception>
    public static void CheckFileName(string option, string path)
    {
        if (PlainFile.FindNameFault(path) is { } fault)
        {
            throw new UsageException($"{option} {path} {fault}".TrimStart());
        }
    }

    public static Option<int?> Whole(string name, string takes, string description, int min, int max = int.MaxValue) =>
        Of<int?>(name, "N", takes, description, (string text, out int? value) =>
        {
            bool read = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            value = number;
            return read && number >= min && number <= max;
        });

    public static Option<T> Choice<T>(string name, string description, params (string Word, T Value)[] words)
    {
        string list = string.Join(", ", words.Select(w => w.Word));
        return Of(name, string.Join('|', words.Select(w => w.Word)), $"one of {list}", description, (string text, out T value) =>
        {
            (string Word, T Value) found = words.FirstOrDefault(w => w.Word == text);
            value = found.Value;
            return found.Word is not null;
        });
    }

    /// <summary>A choice that may be repeated.</summary>
    public static Option<IReadOnlyList<T>> Choices<T>(string name, string description, params (string Word, T Value)[] words)
    {
        Option<T> one = Choice(name, description, words);
        string takes = Takes[one];
        var many = new Option<IReadOnlyList<T>>(name)
        {
            HelpName = one.HelpName,
            Description = description,
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result =>
            {
                var values = new List<T>();
                foreach (string text in result.Tokens.Select(token => token.Value))
                {
                    if (Array.Find(words, w => w.Word == text) is not { Word: not null } found)
                    {
                        result.AddError(Refusal(name, takes, text, one.HelpName!));
                        return null;
                    }

                    values.Add(found.Value);
                }

                return values;
            },
        };
        Takes[many] = takes;
        return many;
    }

    public static Option<double?> Rate(string name, string description) =>
        Of<double?>(name, "N", "frames per second above 0 and up to 1000", description, (string text, out double? rate) =>
        {
            bool read = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
            rate = number;
            return read && number is > 0 and <= 1000;
        });

    public static Option<RecordContent> RecordContent(string name, string description) => Choice(
        name,
        description,
        ("both", Media.RecordContent.Both),
        ("vertical", Media.RecordContent.Vertical),
        ("horizontal", Media.RecordContent.Horizontal),
        ("camera", Media.RecordContent.Camera));

    /// <summary><c>--record-format y4m|mkv</c>: what goes into a pipe.</summary>
    public static Option<RecordContainer?> RecordFormat() => Choice<RecordContainer?>(
        "--record-format",
        "Into - (standard output) or a named pipe, uncompressed: y4m has a constant rate, mkv every frame's own time [y4m, or the pipe's "
            + "ending]",
        ("y4m", RecordContainer.Y4m),
        ("mkv", RecordContainer.Mkv));

    /// <summary>Whether something can be recorded to: a file with a known ending, or a pipe.</summary>
    public static bool IsRecordable(string path) => RecordingOptions.HasExtension(path) || RecordingOptions.IsPipe(path);

    /// <summary>Refuses what goes with no recording of this kind.</summary>
    /// <exception cref="UsageException">Something does not.</exception>
    public static void CheckRecording(RecordingOptions options)
    {
        if (!RecordingOptions.IsPipe(options.Path))
        {
            CheckFileName("", options.Path);
        }

        string ending = Path.GetExtension(options.Path).ToUpperInvariant();
        if (options.Lossless && ending is ".MP4" or ".AVI")
        {
            throw new UsageException($"--lossless goes with .mkv and .y4m; got \"{options.Path}\"");
        }

        if (options.Path == RecordingOptions.StandardOutput && !Console.IsOutputRedirected)
        {
            throw new UsageException("- is standard output, which is a terminal: pipe it into a program, as in | ffplay -");
        }

        if (options.Container is not null && !RecordingOptions.IsPipe(options.Path))
        {
            throw new UsageException($"--record-format goes with - and named pipes; the ending of {options.Path} says what it is");
        }
    }

    /// <summary><c>--record-mode MODE</c>: who may read and write what is recorded.</summary>
    public static Option<UnixFileMode?> RecordMode() => Of<UnixFileMode?>(
        "--record-mode",
        "MODE",
        "the rights of files as chmod has them, such as 600, 640 or 644",
        "Who may read and write recordings, their notes and saved images, as for chmod: 640 lets the group read them "
            + "[600, the user alone]",
        (string text, out UnixFileMode? mode) =>
        {
            bool isOctal = text.Length is 3 or 4 && text.All(c => c is >= '0' and <= '7');
            bool isMode = isOctal && text[^3] is ('6' or '7') && text[..^3] is ("" or "0");
            mode = isMode ? (UnixFileMode)Convert.ToInt32(text, 8) : null;
            return isMode;
        });

    /// <summary><c>--allow-playlists</c>.</summary>
    public static Option<bool> AllowPlaylists() => Flag(
        "--allow-playlists", "Follow a local playlist (HLS, concat) to files beside it; others lead elsewhere, and are refused");

    /// <summary><c>--preset NAME</c>: a name in the folder of presets, or a file from anywhere.</summary>
    public static Option<string?> Preset(string description) =>
        Text("--preset", "NAME", "the name of a preset, or a .json file", description);

    /// <summary><c>--presets DIR</c>.</summary>
    /// <param name="condition">The condition under which it applies, with a colon and a space; empty if it always does.</param>
    public static Option<string?> PresetsFolder(string condition = "")
    {
        const string Description = "Folder with preset files, in place of the shipped ones";
        string description = condition.Length == 0 ? Description : $"{condition}f{Description[1..]}";
        return Text("--presets", "DIR", "a folder", description);
    }

    /// <summary><c>--threads N</c>.</summary>
    public static Option<int?> Threads() =>
        Whole("--threads", "a whole number from 1 to 256", "Threads that filter [all processors]", min: 1, max: 256);

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    private static string Refusal(string name, string takes, string text, string placeholder)
    {
        string likely = placeholder.Contains('|', StringComparison.Ordinal) && Suggestion.For(text, placeholder.Split('|')) is { } near
            ? $": did you mean {near}?"
            : "";
        return $"{name} takes {takes}; got \"{text}\"{likely}";
    }

    /// <summary>The first error of a command line, as one line.</summary>
    public static string FirstError(ParseResult parsed)
    {
        ParseError first = parsed.Errors[0];
        return first.SymbolResult is OptionResult { Tokens.Count: not 1 } result && Takes.TryGetValue(result.Option, out string? takes)
            ? $"{result.Option.Name} takes {takes}; got {(result.Tokens.Count == 0 ? "nothing" : $"{result.Tokens.Count} of them")}"
            : first.Message.ReplaceLineEndings(" ").TrimEnd('.');
    }
}
