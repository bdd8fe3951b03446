namespace LiveConv.Presets;

/// <summary>Checks what the types of a lesson cannot say: lengths, ranges, and what belongs together.</summary>
internal static class LessonChecks
{
    /// <summary>Checks a lesson.</summary>
    /// <exception cref="PresetValidationException">Something in it is refused.</exception>
    public static void Check(LessonPlan lesson)
    {
        Require(lesson.Version == 1, "$.version", "the version of the format is 1");
        CheckText("$.title", lesson.Title, LessonPlan.MaxTitle);
        Require(lesson.Language is null || IsLanguage(lesson.Language), "$.language", "a language is written as in en, de or pt-BR");
        CheckCount("$.steps", lesson.Steps.Count, 1, LessonPlan.MaxSteps);
        for (int i = 0; i < lesson.Steps.Count; i++)
        {
            LessonStep step = lesson.Steps[i];
            string at = $"$.steps[{i}]";
            Require(step is not null, at, "a step is an object in braces");
            Require(lesson.Steps.Take(i).All(other => other.Id != step!.Id), at + ".id", "an earlier step has this id");
            Check(step!, at);
        }
    }

    /// <summary>Checks texts in another language against their lesson.</summary>
    /// <exception cref="PresetValidationException">Something in them is refused.</exception>
    public static void Check(LessonTexts texts, LessonPlan lesson)
    {
        Require(texts.Version == 1, "$.version", "the version of the format is 1");
        CheckText("$.title", texts.Title, LessonPlan.MaxTitle);
        CheckCount("$.steps", texts.Steps.Count, 1, LessonPlan.MaxSteps);
        for (int i = 0; i < texts.Steps.Count; i++)
        {
            LessonStepTexts? step = texts.Steps[i];
            string at = $"$.steps[{i}]";
            Require(step is not null, at, "a step is an object in braces");
            LessonStep? original = lesson.Steps.FirstOrDefault(other => other.Id == step!.Id);
            Require(original is not null, at + ".id", $"lesson {lesson.Id} has no such step");
            int answers = original!.Answers.Count;
            Require(step!.Answers.Count == answers, at + ".answers", $"this step has {answers} answers in the lesson");
            CheckTexts(at, step.Title, step.Text, step.Question, step.Explanation);
            for (int a = 0; a < answers; a++)
            {
                CheckText($"{at}.answers[{a}]", step.Answers[a], LessonPlan.MaxText);
            }
        }
    }

    /// <summary>Whether text is the name of a language, as in <c>de</c> or <c>pt-BR</c>.</summary>
    public static bool IsLanguage(string text) =>
        text.Length is >= 2 and <= 8 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static void Check(LessonStep step, string at)
    {
        CheckText(at + ".id", step.Id, LessonPlan.MaxId);
        CheckTexts(at, step.Title, step.Text, step.Question, step.Explanation);
        CheckCount(at + ".answers", step.Answers.Count, 2, 6);
        Require(step.Right is null != step.Measure is null, at, "a step has right, or measure: one of the two");
        Require(
            step.Right is null || (step.Right >= 0 && step.Right < step.Answers.Count), at + ".right",
            "there is no such answer; they count from 0");
        for (int i = 0; i < step.Answers.Count; i++)
        {
            LessonAnswer? answer = step.Answers[i];
            string place = $"{at}.answers[{i}]";
            Require(answer is not null, place, "an answer is an object in braces");
            CheckText(place + ".text", answer!.Text, LessonPlan.MaxText);
            Require(
                answer.Value is not null == step.Measure is not null, place + ".value",
                "every answer has a value with measure, and none without");
        }

        if (step.Lens is { } lens)
        {
            Require(step.Tool == LessonTool.Xray, at + ".lens", "only the tool xray has a lens");
            CheckRange(at + ".lens.map", lens.Map, 0, lens.Stage is null ? 1 : LessonLens.MaxNumber);
            CheckRange(at + ".lens.stage", lens.Stage, 0, LessonLens.MaxNumber);
            Require(lens.X is null or (>= 0 and <= 1), at + ".lens.x", "this is a number from 0 to 1");
            Require(lens.Y is null or (>= 0 and <= 1), at + ".lens.y", "this is a number from 0 to 1");
        }

        Require(
            step.Measure?.IsOfMicroscope() != true || step.Microscope is not null, at,
            "this measure is of the microscope: say what it shows");
        if (step.Microscope is { } microscope)
        {
            Check(microscope, at + ".microscope");
            Require(
                step.Measure is not (LessonMeasure.OutputValue or LessonMeasure.LearnedError) || microscope.Image is not null,
                at + ".microscope", "a value is measured of an image");
            Require(
                step.Measure != LessonMeasure.LearnedError || microscope.Kind is null or MicroscopeKind.Convolution,
                at + ".microscope.kind", "only the kernel of a convolution is learned");
        }
    }

    private static void Check(LessonMicroscope microscope, string at)
    {
        CheckGrid(at + ".image", microscope.Image, LessonMicroscope.MaxSide, pixel => pixel is >= 0 and <= 255, "a pixel is 0 to 255");
        CheckGrid(
            at + ".kernel", microscope.Kernel, LessonMicroscope.MaxKernelSide, weight => Math.Abs(weight) <= 1e6f,
            "a weight is -1000000 to 1000000");
        CheckRange(at + ".stride", microscope.Stride, 1, LessonMicroscope.MaxStride);
        CheckRange(at + ".padding", microscope.Padding, 0, LessonMicroscope.MaxPadding);
        CheckRange(at + ".dilation", microscope.Dilation, 1, LessonMicroscope.MaxDilation);
        CheckRange(at + ".x", microscope.X, 0, 99);
        CheckRange(at + ".y", microscope.Y, 0, 99);
    }

    private static void CheckGrid<T>(string at, IReadOnlyList<IReadOnlyList<T>>? rows, int max, Func<T, bool> isGood, string otherwise)
    {
        if (rows is null)
        {
            return;
        }

        CheckCount(at, rows.Count, 1, max);
        for (int y = 0; y < rows.Count; y++)
        {
            bool isRow = rows[y] is { Count: > 0 } row && row.Count == rows[0].Count && row.Count <= max;
            Require(isRow, $"{at}[{y}]", $"rows are of one length, 1 to {max}");
            Require(rows[y].All(isGood), $"{at}[{y}]", otherwise);
        }
    }

    private static void CheckTexts(string at, string title, string? text, string question, string explanation)
    {
        CheckText(at + ".title", title, LessonPlan.MaxTitle);
        CheckText(at + ".text", text ?? " ", LessonPlan.MaxText);
        CheckText(at + ".question", question, LessonPlan.MaxText);
        CheckText(at + ".explanation", explanation, LessonPlan.MaxText);
    }

    private static void CheckText(string at, string? text, int max) =>
        Require(text?.Length > 0 && text.Length <= max, at, $"a text of 1 to {max} characters belongs here");

    private static void CheckCount(string at, int count, int min, int max) =>
        Require(count >= min && count <= max, at, $"this list has {min} to {max} items; it has {count}");

    private static void CheckRange(string at, int? value, int min, int max) =>
        Require(value is null || (value >= min && value <= max), at, $"this is a number from {min} to {max}");

    private static void Require(bool holds, string place, string otherwise)
    {
        if (!holds)
        {
            throw new PresetValidationException(place, otherwise);
        }
    }
}
