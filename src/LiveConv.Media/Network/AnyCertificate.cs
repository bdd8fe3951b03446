using System.Diagnostics.CodeAnalysis;
using System.Net.Security;

namespace LiveConv.Media;

/// <summary>Cameras sign their own certificates. FFmpeg takes any, and so do the connections that are made for it.</summary>
internal static class AnyCertificate
{
    /// <summary>Takes any certificate.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "FFmpeg's default, without which no camera could be read")]
    public static readonly RemoteCertificateValidationCallback Validator = static (_, _, _, _) => true;
}
