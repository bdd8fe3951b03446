namespace LiveConv.Repository.Tests.Words;

/// <summary>A row of the word list in docs/style.md.</summary>
/// <param name="Phrase">A word, lower-case, or several words with single spaces between them.</param>
/// <param name="Instead">What to write.</param>
/// <param name="Scope">Where the phrase is banned.</param>
/// <param name="Exceptions">Texts that hold the phrase and are right: "AtMost", "PictureInPicture".</param>
internal sealed record BannedWord(string Phrase, string Instead, WordScope Scope, IReadOnlyList<string> Exceptions);
