namespace LiveConv.Repository.Tests.Words;

internal enum WordScope
{
    /// <summary>Only a human can tell: the word has a meaning in which it is right.</summary>
    Advice,

    /// <summary>In names: whole identifiers of code, and words of identifiers in camel case anywhere.</summary>
    Names,

    /// <summary>In names, comments, messages and documents.</summary>
    Everywhere,
}
