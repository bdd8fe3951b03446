using LiveConv.Wine.Helper;

// A program of the tests that runs on Windows: FFmpeg as a script says, what a console does to the program in it, or calls of Windows.
return args switch
{
    ["console", .. string[] command] => ConsoleEvents.Run(command),
    ["reopen", string path] => ReopenedFile.Run(path, other: null),
    ["reopen", string path, string other] => ReopenedFile.Run(path, other),
    ["create", string path] => ReopenedFile.Create(path),
    ["escapes", .. string[] command] => ConsoleEscapes.Run(command),
    ["pipe"] => PipeReads.Run(),
    ["pipe", "write"] => PipeReads.Write(),
    ["end-session", string className] => SessionEnd.Run(className),
    ["timers"] => ShortTimers.Run(),
    ["media-foundation", string text] => MediaFoundation.Run(text),
    _ => FakeFFmpeg.Run(args),
};
