using LiveConv.Wine.Helper;

// A program of the tests that runs on Windows: FFmpeg as a script says, or what a console does to the program in it.
return args is ["console", .. string[] command] ? ConsoleEvents.Run(command) : FakeFFmpeg.Run(args);
