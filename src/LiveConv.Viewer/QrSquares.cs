using QRCoder;

namespace LiveConv.Viewer;

/// <summary>QR codes as squares, for whatever draws them.</summary>
public static class QrSquares
{
    /// <summary>The squares of a QR code, with the light margin that readers need.</summary>
    /// <param name="text">What it holds.</param>
    /// <returns>Rows of squares, from above; a dark one is <c>true</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static IReadOnlyList<IReadOnlyList<bool>> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        using QRCodeData code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.L);
        return [.. code.ModuleMatrix.Select(row => (IReadOnlyList<bool>)[.. row.Cast<bool>()])];
    }
}
