namespace LiveConv.Media;

/// <summary>Formats that show what a camera is made for; none of them is read.</summary>
internal static class SensorFormats
{
    // As Linux' videodev2.h lists them: of 8 to 16 bits, plain, packed and compressed.
    private static readonly HashSet<FourCc> Bayer = Parse(
        "BA81 GBRG GRBG RGGB BG10 GB10 BA10 RG10 pBAA pGAA pgAA pRAA aBA8 aGA8 agA8 aRA8 bBA8 bGA8 BD10 bRA8 BG12 GB12 BA12 RG12 "
        + "pBCC pGCC pgCC pRCC BG14 GB14 GR14 RG14 pBEE pGEE pgEE pREE BYR2 GB16 GR16 RG16");

    // Depth, and pairs of infrared images.
    private static readonly HashSet<FourCc> Depth = Parse("Z16 D16 INZI INVI INVZ INVR INRI RELI CNF4 Y8I Y12I Y16I");

    private static readonly HashSet<FourCc> InterFrame = Parse(
        "H264 AVC1 M264 S264 H265 HEVC VVC1 MPG1 MPG2 MPG4 XVID FMP4 MP41 MP42 MP43 H261 H263 VP80 VP90 AV01 THEO WMV1 WMV2 WMV3 WVC1 "
        + OtherCodec);

    /// <summary>Stands for every codec that has no code here.</summary>
    public const string OtherCodec = "CODC";

    /// <summary>True for the raw data of a colour sensor.</summary>
    public static bool IsBayer(FourCc code) => Bayer.Contains(code);

    /// <summary>True for a format that only depth cameras have.</summary>
    public static bool IsDepth(FourCc code) => Depth.Contains(code);

    /// <summary>True for video whose images build on others, and so come late.</summary>
    public static bool IsInterFrame(FourCc code) => InterFrame.Contains(code);

    private static HashSet<FourCc> Parse(string names) => [.. names.Split(' ').Select(FourCc.Parse)];
}
