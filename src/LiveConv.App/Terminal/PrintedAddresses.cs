using LiveConv.Viewer;

namespace LiveConv.App;

/// <summary>What the terminal says about where the page is.</summary>
internal static class PrintedAddresses
{
    private const string Name = "liveconv: ";

    /// <summary>The lines for a page that has started.</summary>
    public static IEnumerable<string> Of(PageAddresses addresses, LiveSettings settings)
    {
        yield return $"{Name}the maps are at {addresses.Presenter}";
        if (addresses.Guest is not null)
        {
            yield return $"{Name}keep that address, it controls the run; guests look on at {addresses.Guest}";
        }

        if (settings.ListsAddresses)
        {
            yield return $"{Name}{(addresses.Guest is null ? "all addresses:" : "all addresses, for guests:")}";
            int width = addresses.All.Max(one => one.Address.AbsoluteUri.Length);
            foreach (PageAddress one in addresses.All)
            {
                yield return $"{Name}  {one.Address.AbsoluteUri.PadRight(width)}  ({TextLine.Of(one.Way)})";
            }
        }

        foreach (string line in Code(addresses, settings.Qr))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Code(PageAddresses addresses, QrCode which)
    {
        bool isTerminal = Terminal.HasEscapes;
        Uri? address = which switch
        {
            QrCode.Auto => isTerminal ? addresses.Guest : null,
            QrCode.Guest => addresses.Guest ?? addresses.Presenter,
            QrCode.Presenter => addresses.Presenter,
            _ => null,
        };
        if (address is null)
        {
            return [];
        }

        int columns = QrText.Of(address.AbsoluteUri, isColoured: false)[0].Length;
        int width = isTerminal && !Console.IsOutputRedirected ? Console.WindowWidth : TerminalWidth.Columns;
        return width > 0 && width < columns
            ? [$"{Name}the terminal is too narrow for a QR code, which needs {columns} columns"]
            : QrText.Of(address.AbsoluteUri, isColoured: isTerminal);
    }
}
