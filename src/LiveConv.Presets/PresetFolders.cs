namespace LiveConv.Presets;

/// <summary>
/// The presets of one or two folders: the shipped ones (or those of <c>--presets</c>) and the user's own, which take the place of
/// shipped ones with the same name or key; and one file from anywhere, or one preset, before them all. Can be watched, so that a saved
/// file is live at once.
/// </summary>
public sealed class PresetFolders
{
    private readonly Action<string> inform;
    private readonly Action<string> warn;
    private readonly string[] folders;
    private readonly string? file;
    private readonly Preset? first;
    private readonly Lock gate = new();
    private readonly Dictionary<string, PresetEntry> entries = [];
    private readonly HashSet<string> warned = [];
    private bool isFirst = true;

    /// <summary>Loads all presets. A file that is refused is reported, and the others load.</summary>
    /// <param name="directory">A folder of <c>*.json</c> files; null for the one that came with the program.</param>
    /// <param name="inform">Receives a line for each preset that was loaded anew; null for none.</param>
    /// <param name="warn">Receives a line for each file that is refused; null for none. Both may be called on another thread.</param>
    /// <param name="file">One more preset file, wherever it is; null for none.</param>
    /// <exception cref="LiveConvException">The given folder does not exist or cannot be read, or the given file is refused.</exception>
    public PresetFolders(string? directory, Action<string>? inform = null, Action<string>? warn = null, string? file = null)
        : this(directory, PresetLibrary.UserDirectory, inform, warn, file)
    {
    }

    /// <summary>Loads all presets, with one before them that has no file of its own, such as a recording's.</summary>
    /// <param name="directory">A folder of <c>*.json</c> files; null for the one that came with the program.</param>
    /// <param name="inform">Receives a line for each preset that was loaded anew; null for nobody.</param>
    /// <param name="warn">Receives a line for each file that is refused; null for nobody. Both may be called on another thread.</param>
    /// <param name="first">The preset; it takes the place of others with the same name or key.</param>
    /// <exception cref="LiveConvException">The given folder does not exist or cannot be read.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="first"/> is null.</exception>
    public PresetFolders(string? directory, Action<string>? inform, Action<string>? warn, Preset first)
        : this(directory, PresetLibrary.UserDirectory, inform, warn, first: first ?? throw new ArgumentNullException(nameof(first)))
    {
    }

    internal PresetFolders(
        string? directory, string? userDirectory, Action<string>? inform, Action<string>? warn, string? file = null, Preset? first = null)
    {
        this.first = first;
        this.inform = inform ?? (_ => { });
        this.warn = warn ?? (_ => { });
        string main = directory ?? PresetLibrary.DefaultDirectory;
        if (directory is not null && !Directory.Exists(directory))
        {
            throw new LiveConvException($"--presets {directory}: there is no such folder");
        }

        if (file is not null)
        {
            // Broken files of a folder are reported; the one that was asked for must load.
            PresetFile.Read(file);
            this.file = Path.GetFullPath(file);
        }

        // The user's own come first: they take precedence where names or keys are the same.
        folders = userDirectory is null ? [main] : [userDirectory, main];
        Scan();
        isFirst = false;
    }

    /// <summary>
    /// The presets in the order of their hotkeys; <see cref="Preset.Seed"/> is always among them, first unless a file says otherwise.
    /// </summary>
    public IReadOnlyList<Preset> Presets { get; private set; } = [Preset.Seed];

    /// <summary>The file that a preset was read from.</summary>
    /// <param name="preset">One of <see cref="Presets"/>.</param>
    /// <returns>Its path; null for a preset without a file.</returns>
    public string? FileOf(Preset preset)
    {
        lock (gate)
        {
            return entries.Values.FirstOrDefault(entry => entry.Preset == preset)?.Path;
        }
    }

    /// <summary>The folders to watch.</summary>
    internal IReadOnlyList<string> Watched => file is null ? folders : [.. folders.Append(Path.GetDirectoryName(file)!).Distinct()];

    /// <summary>Whether a file has to be read again soon.</summary>
    internal bool IsUnsettled { get; private set; }

    /// <summary>
    /// Watches the folders: a file that is saved is live within half a second, a broken one is reported and changes nothing.
    /// </summary>
    /// <param name="changed">Receives all presets whenever one was added, removed or changed. Called on the watching thread.</param>
    /// <returns>Stops the watching when disposed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="changed"/> is null.</exception>
    public IDisposable Watch(Action<IReadOnlyList<Preset>> changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        return new PresetWatch(this, changed);
    }

    /// <summary>Reads the files that changed.</summary>
    /// <returns>Whether a preset was added, removed or changed.</returns>
    internal bool Scan()
    {
        lock (gate)
        {
            Dictionary<string, FileInfo> files = [];
            foreach (string folder in folders)
            {
                if (!TryList(folder, files))
                {
                    return false;
                }
            }

            if (file is not null && new FileInfo(file) is { Exists: true } alone)
            {
                files[file] = alone;
            }

            bool changed = false;
            foreach (string path in files.Keys)
            {
                entries.TryAdd(path, new PresetEntry(path));
            }

            foreach (PresetEntry entry in entries.Values)
            {
                if (entry.Refresh(files.GetValueOrDefault(entry.Path), isFirst, out string? warning) && !isFirst)
                {
                    changed = true;
                    inform($"preset {entry.Preset!.Id} loaded");
                }

                if (warning is not null)
                {
                    warn(warning);
                }
            }

            IsUnsettled = entries.Values.Any(entry => entry.IsUnsettled);
            foreach (PresetEntry gone in entries.Values.Where(entry => entry.IsGone).ToArray())
            {
                entries.Remove(gone.Path);
                changed |= gone.Preset is not null;
            }

            if (changed || isFirst)
            {
                Presets = Arrange();
            }

            return changed;
        }
    }

    private bool TryList(string folder, Dictionary<string, FileInfo> files)
    {
        if (!Directory.Exists(folder))
        {
            return true;
        }

        try
        {
            // Names are compared by bytes: the same order on every system.
            FileInfo[] found =
                [.. new DirectoryInfo(folder).EnumerateFiles("*.json").Where(IsPreset).OrderBy(file => file.Name, StringComparer.Ordinal)];
            if (found.Length > PresetLibrary.MaxFiles)
            {
                WarnOnce($"{folder} holds {found.Length} presets; only the first {PresetLibrary.MaxFiles} are loaded");
            }

            foreach (FileInfo file in found.Take(PresetLibrary.MaxFiles))
            {
                files[file.FullName] = file;
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string message = $"the presets in {folder} cannot be read: {e.Message}";
            if (isFirst)
            {
                throw new LiveConvException(message, e);
            }

            WarnOnce(message);
            return false;
        }
    }

    // Hidden files are editors' scratch files; the length is read now, while the file is known to exist.
    private static bool IsPreset(FileInfo file)
    {
        try
        {
            return file.Name[0] != '.' && !file.Name.EndsWith(".schema.json", StringComparison.OrdinalIgnoreCase) && file.Length >= 0;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private IReadOnlyList<Preset> Arrange()
    {
        var presets = new List<(Preset Preset, int Folder)>();
        if (first is not null)
        {
            presets.Add((first, -1));
        }

        if (file is not null && entries.TryGetValue(file, out PresetEntry? alone) && alone.Preset is { } asked)
        {
            presets.Add((asked, -1));
        }

        for (int f = 0; f < folders.Length; f++)
        {
            string folder = Path.TrimEndingDirectorySeparator(new DirectoryInfo(folders[f]).FullName);
            IEnumerable<Preset> found = entries.Values
                .Where(entry => entry.Preset is not null && Path.GetDirectoryName(entry.Path) == folder)
                .OrderBy(entry => entry.Path, StringComparer.Ordinal)
                .Select(entry => entry.Preset!);
            presets.AddRange(
                found.Where(preset => presets.TrueForAll(p => p.Preset.Id != preset.Id)).Select(preset => (preset, f)).ToArray());
        }

        if (presets.TrueForAll(p => p.Preset.Id != Preset.Seed.Id))
        {
            presets.Insert(0, (Preset.Seed, folders.Length));
        }

        return PresetOrder.ByKeys(presets, WarnOnce);
    }

    private void WarnOnce(string message)
    {
        if (warned.Add(message))
        {
            warn(message);
        }
    }
}
