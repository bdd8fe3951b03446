using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Pipeline.Tests.Control;

public class LiveControlsTests
{
    private static readonly Preset[] Three = [Named("a"), Named("b"), Named("c")];
    private readonly LiveControls controls = new(Three, Three[0]);
    private int changes;

    public LiveControlsTests() => controls.Changed += () => changes++;

    [Fact]
    public void Constructor_NoPresets_IsRefused() =>
        Assert.ThrowsAny<ArgumentException>(() => new LiveControls([], Three[0]));

    [Theory]
    [InlineData("]", "b")]
    [InlineData("]]", "c")]
    [InlineData("]]]", "a")]
    [InlineData("[", "c")]
    [InlineData("[[[", "a")]
    [InlineData("[]", "a")]
    [InlineData("3", "c")]
    [InlineData("31", "a")]
    [InlineData("24", "b")]
    public void Do_PresetKeys_GoRoundAndIgnoreNumbersWithoutPreset(string keys, string id)
    {
        Press(keys);

        Assert.Equal(id, controls.Preset.Id);
    }

    [Theory]
    [InlineData(']', "a")]
    [InlineData('[', "c")]
    public void Do_CurrentPresetIsNotInTheList_BeginsAtTheListsEnd(char key, string id)
    {
        controls.Preset = Named("gone");

        Press(key.ToString());

        Assert.Equal(id, controls.Preset.Id);
    }

    [Fact]
    public void Do_OnePreset_StaysThere()
    {
        var one = new LiveControls([Three[0]], Three[0]);

        one.Execute(new(LiveAction.NextPreset));
        one.Execute(new(LiveAction.PreviousPreset));

        Assert.Same(Three[0], one.Preset);
    }

    [Fact]
    public void Do_ListReadAgain_GoesOnFromThePresetWithTheSameId()
    {
        Press("2");
        Preset[] again = [Named("x"), Named("b"), Named("y")];
        controls.Presets = again;
        Assert.Same(again[1], controls.Preset);

        Press("]");

        Assert.Same(again[2], controls.Preset);
    }

    [Fact]
    public void Presets_TheRunningOneIsNotAmongTheNew_ItStays()
    {
        controls.Presets = [Named("x")];

        Assert.Same(Three[0], controls.Preset);
    }

    [Fact]
    public void Presets_Empty_IsRefusedAndTheOldStay()
    {
        Assert.ThrowsAny<ArgumentException>(() => controls.Presets = []);

        Assert.Same(Three, controls.Presets);
    }

    [Theory]
    [InlineData("p", true)]
    [InlineData("pp", false)]
    [InlineData(".", true)]
    [InlineData("..", true)]
    [InlineData(".p", false)]
    public void Do_PauseAndStep_HoldOrGoOn(string keys, bool isPaused)
    {
        Press(keys);

        Assert.Equal(isPaused, controls.IsPaused);
    }

    [Fact]
    public void TakeStep_AfterGoingOn_HasForgottenTheSteps()
    {
        Press("...");
        Assert.True(controls.TakeStep());

        Press("pp");

        Assert.False(controls.TakeStep());
    }

    [Fact]
    public void TakeSnapshot_PressedSeveralTimesForOneFrame_IsOneImage()
    {
        Press("sss");

        Assert.True(controls.TakeSnapshot());
        Assert.False(controls.TakeSnapshot());
    }

    [Theory]
    [InlineData("r", true)]
    [InlineData("rr", false)]
    public void Do_Record_StartsAndEnds(string keys, bool isRecording)
    {
        Press(keys);

        Assert.Equal(isRecording, controls.IsRecording);
    }

    [Fact]
    public void EndRecording_AnotherWasStartedMeanwhile_GoesOn()
    {
        Press("r");
        int failing = controls.Recording;
        Press("rr");

        controls.EndRecording(failing);
        Assert.True(controls.IsRecording);

        controls.EndRecording(controls.Recording);
        Assert.False(controls.IsRecording);
    }

    [Fact]
    public void IsRecording_SetTrueTwice_IsOneRecording()
    {
        controls.IsRecording = true;
        int first = controls.Recording;

        controls.IsRecording = true;

        Assert.Equal(first, controls.Recording);
    }

    [Theory]
    [InlineData("p", 1)]
    [InlineData("]", 1)]
    [InlineData("r", 1)]
    [InlineData("s", 1)]
    [InlineData("9", 0)]
    [InlineData("i?q", 0)]
    public void Changed_Keys_IsRaisedOnlyWhenSomethingChanged(string keys, int times)
    {
        Press(keys);

        Assert.Equal(times, changes);
    }

    [Fact]
    public void QuitAsked_Quit_IsRaised()
    {
        int asked = 0;
        controls.QuitRequested += () => asked++;

        Press("q");

        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Do_ManyThreads_NoPressIsLost()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                controls.Execute(new(LiveAction.NextPreset));
                controls.Execute(new(LiveAction.TogglePause));
                controls.Execute(new(LiveAction.ToggleRecord));
            }
        })));

        Assert.Same(Three[20_000 % 3], controls.Preset);
        Assert.False(controls.IsPaused);
        Assert.False(controls.IsRecording);
    }

    private static Preset Named(string id) =>
        new(id, id.ToUpperInvariant(), new FilterBank(Operation.Correlation, BorderMode.Mirror, [.. Preset.Seed.Bank!.Filters]));

    private void Press(string keys)
    {
        foreach (char key in keys)
        {
            controls.Execute(LiveCommand.FromKey(key)!.Value);
        }
    }
}
