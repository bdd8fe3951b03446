namespace LiveConv.Presets;

internal enum TokenKind
{
    Number,
    Name,
    String,
    Symbol,
    End,
}

/// <summary>A word of an array expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it stands, strings without their quotes.</param>
/// <param name="Number">The value of a number.</param>
/// <param name="Place">Where it starts in the text.</param>
/// <param name="AfterBlank">A blank, a comment or a line's end stands before it.</param>
/// <param name="AfterLine">A line's end stands before it.</param>
internal readonly record struct ArrayToken(TokenKind Kind, string Text, double Number, int Place, bool AfterBlank, bool AfterLine)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
}
