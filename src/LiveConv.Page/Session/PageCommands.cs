using System.Text;
using System.Text.Json;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>What pages change: keys, the preset, its kernels. Thread-safe.</summary>
/// <param name="controls">What is changed.</param>
/// <param name="notices">Lines for the user.</param>
/// <param name="time">The clock.</param>
/// <param name="edits">Where edits are kept.</param>
internal sealed class PageCommands(LiveControls controls, Notices notices, TimeProvider time, PresetEdits edits) : IDisposable
{
    private const string EditedId = "edited";

    // All pages together: each is a file.
    private readonly TokenBucket recordings = new(time, burst: 6, TimeSpan.FromSeconds(1));
    private readonly TokenBucket snapshots = new(time, burst: 8, TimeSpan.FromSeconds(0.5));

    // All pages together, too: each changes everybody's image, and every page is sent it.
    private readonly PacedSlot<Action> changes = new(
        time, new TokenBucket(time, burst: 20, TimeSpan.FromMilliseconds(100)), static change => change());
    private volatile bool isRefusing;
    private volatile PageSession? lastEditor;

    /// <summary>A key was pressed on a page. Keys without a meaning do nothing.</summary>
    public void Press(char key)
    {
        if (LiveCommand.FromKey(HotKeys.Of(key)) is not { } command)
        {
            return;
        }

        bool isInTime = command.Action switch
        {
            LiveAction.ToggleRecord => recordings.TryTake(),
            LiveAction.Snapshot => snapshots.TryTake(),
            _ => true,
        };
        if (!isInTime)
        {
            OnTooOften();
            return;
        }

        isRefusing = false;
        if (command.Action is LiveAction.SelectPreset or LiveAction.NextPreset or LiveAction.PreviousPreset)
        {
            Change(() => controls.Execute(command));
            return;
        }

        controls.Execute(command);
        if (command.Action == LiveAction.ToggleRecord && controls.IsPaused && controls.IsRecording)
        {
            notices.Info("Paused. Recording starts when you resume.");
        }
    }

    // What comes too often waits; the last one wins.
    private void Change(Action change)
    {
        if (changes.TryPass(change, static kept => kept))
        {
            change();
        }
    }

    private void OnTooOften()
    {
        if (!isRefusing)
        {
            isRefusing = true;
            notices.Warn("pages ask for files faster than they may: one recording a second, and two images");
        }
    }

    /// <summary>The preset or the kept edit with this id, or null.</summary>
    public Preset? Find(string id) => controls.Presets.FirstOrDefault(preset => preset.Id == id) ?? edits.Find(id);

    /// <summary>A preset was chosen on a page. One that is not there any more is ignored.</summary>
    public void ChoosePreset(string id)
    {
        if (Find(id) is { } chosen)
        {
            Change(() => Choose(chosen));
        }
    }

    /// <summary>An edit is thrown away. When it runs, the preset that it was made from does again.</summary>
    public void Discard(string id)
    {
        if (edits.Discard(id) is { } discarded)
        {
            Change(() =>
            {
                Preset running = controls.Preset;
                if (running == discarded.Preset)
                {
                    Choose(Find(discarded.From) ?? controls.Presets[0]);
                }
                else
                {
                    // Every page is to be sent a list without the edit.
                    controls.Preset = running;
                }
            });
        }
    }

    // What is chosen is followed by the editors of all pages, also where it was made.
    private void Choose(Preset preset)
    {
        lastEditor = null;
        controls.Preset = preset;
    }

    /// <summary>The kernels were edited on a page: the next frame is filtered with them.</summary>
    /// <param name="document">A preset as it stands in files.</param>
    /// <param name="editor">The page.</param>
    /// <returns>Whether it was taken.</returns>
    public EditedMessage Edit(ReadOnlySpan<byte> document, PageSession editor)
    {
        try
        {
            byte[] bytes = document.ToArray();
            string name = PresetFile.Parse(bytes, EditedId + ".json").Name;
            Change(() =>
            {
                lastEditor = editor;
                controls.Preset = edits.Keep(controls.Preset, name, id => PresetFile.Parse(bytes, id + ".json"));
            });
            return new EditedMessage(null, null);
        }
        catch (PresetException e)
        {
            return new EditedMessage(e.Reason, e.Member);
        }
    }

    /// <summary>A preset as it stands in files.</summary>
    /// <exception cref="PresetException">It is refused.</exception>
    public static Preset Read(JsonElement document) => PresetFile.Parse(Encoding.UTF8.GetBytes(document.GetRawText()), EditedId + ".json");

    /// <summary>The file that a preset is saved as.</summary>
    /// <param name="document">The preset, as it stands in files.</param>
    public static PresetFileMessage WriteFile(ReadOnlySpan<byte> document)
    {
        try
        {
            return new PresetFileMessage(PresetJson.Write(PresetFile.Parse(document, EditedId + ".json")), null, null);
        }
        catch (PresetException e)
        {
            return new PresetFileMessage(null, e.Reason, e.Member);
        }
    }

    /// <summary>Forgets a change that waits.</summary>
    public void Dispose() => changes.Dispose();

    /// <summary>Whether a preset is what this page edited last.</summary>
    public bool IsEditedBy(PageSession page, Preset preset) => lastEditor == page && edits.Holds(preset);

    /// <summary>A page has left: nobody is the editor of its kernels any more.</summary>
    public void Forget(PageSession page) => Interlocked.CompareExchange(ref lastEditor, null, page);
}
