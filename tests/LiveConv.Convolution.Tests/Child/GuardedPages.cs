using System.Runtime.InteropServices;

namespace LiveConv.Convolution.Tests;

/// <summary>Memory between two pages that must not be touched: a byte beyond either end ends the process.</summary>
internal sealed unsafe partial class GuardedPages : IDisposable
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private readonly byte* pages;
    private readonly nint length;

    public GuardedPages(int bytes)
    {
        nint page = Environment.SystemPageSize;
        Usable = (bytes + page - 1) / page * page;
        length = Usable + 2 * page;
        pages = (byte*)Map(0, length, ReadWrite, PrivateAnonymous, -1, 0);
        if ((nint)pages == -1 || Protect((nint)pages, page, 0) != 0 || Protect((nint)(pages + page + Usable), page, 0) != 0)
        {
            throw new InvalidOperationException("mmap or mprotect failed");
        }
    }

    public nint Usable { get; }

    public byte* First => pages + Environment.SystemPageSize;

    /// <summary>Where a run of bytes must begin to lie against one of the guards.</summary>
    public byte* Place(nint bytes, bool atEnd) => atEnd ? First + Usable - bytes : First;

    public void Dispose() => _ = Unmap((nint)pages, length);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);
}
