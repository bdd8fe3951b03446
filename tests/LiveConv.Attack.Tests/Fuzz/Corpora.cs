using System.Text;
using LiveConv.App;
using LiveConv.Networks;
using LiveConv.Presets;
using LiveConv.TurboJpeg;

namespace LiveConv.Attack.Tests;

/// <summary>Inputs of every parser of bytes from outside: right ones, and some that are refused for one reason.</summary>
internal static class Corpora
{
    public static byte[][] Messages => Bytes(
        """{"drawn":1}""", """{"late":2}""", """{"key":"p"}""", """{"preset":"seed"}""", """{"show":["vertical","camera"]}""",
        """{"edit":{"version":1,"name":"E","vertical":[[1,2,1]],"horizontal":[[1],[0],[-1]],"gain":0.5,"border":"mirror"}}""",
        """{"presetFile":{"version":1,"name":"E","layers":[{"kernels":[{"weights":[[1,2]]}],"activation":"relu"}]}}""",
        """{"kernelText":{"map":0,"text":"np.outer([1,2,1],[1,0,-1])","operation":"correlation","response":"abs","border":"mirror"}}""",
        """{"kernelCopy":{"map":0,"dialect":"c","weights":[[1]],"anchor":null,"operation":"convolution","response":"abs","gain":1}}""",
        """{"xray":{"map":1,"x":3,"y":4,"stage":0}}""", """{"hold":true}""",
        """{"layers":{"width":99,"enlarged":{"layer":1,"map":0},"preset":"seed"}}""",
        """{"learn":{"map":0,"width":3,"height":3}}""", """{"learn":null}""", """{"learn":"stage"}""",
        """{"predict":{"lesson":"a","step":0,"answer":1}}""", """{"lessons":"de"}""",
        """{"place":{"pixel":{"map":1,"x":3,"y":4,"stage":0},"preset":"seed","document":null}}""",
        """
        {"stage":{"view":"a","signed":true,"lens":null,"wall":true,"black":false,"theme":"dark","microscope":null,
          "lesson":{"id":"a","step":1,"answer":0,"language":"de"},"enlarged":{"layer":1,"map":0},"smooth":true,
          "learning":{"map":1,"width":3,"height":3,"running":true}}}
        """,
        """
        {"microscope":{"width":2,"height":1,"image":[[7,9]],"kernel":[[1,-1]],"kind":"transposed","operation":"correlation",
          "border":"mirror","stride":2,"padding":1,"dilation":1,"x":0,"y":0}}
        """,
        """{"camera":{"width":64,"height":48}}""", """{"camera":null}""");

    public static NetworkOptions SmallNetworks { get; } =
        new() { Height = 8, Width = 8, MaxMemoryBytes = 64 << 20, MaxMultiplyAdds = 100_000_000 };

    public static byte[][] Networks()
    {
        var first = new OnnxWriter(13, [0, 3, 0, 0]);
        string padded = first.Node("Pad", ["x", first.Integers(0, 0, 1, 1, 0, 0, 1, 1)]);
        string conv = first.Node("Relu", [first.Node("Conv", [padded, first.Weights(1, 6, 3, 3, 3)], ("strides", (int[])[1, 2]))]);
        string turned = first.Node(
            "Transpose", [first.Node("Reshape", [conv, first.Integers(1, 2, 3, -1, 4)])], ("perm", (int[])[0, 2, 1, 3, 4]));
        string flat = first.Node("Reshape", [turned, first.Node("Concat", [
            first.Node("Gather", [first.Node("Shape", ["x"]), first.Integers(0)]), first.Integers(-1)], ("axis", 0))]);
        first.Node("Softmax", [first.Node("MatMul", [flat, first.Weights(1, 192, 5)])]);
        var second = new OnnxWriter(11, [1, 4, 8, 8]);
        string mean = second.Node("ReduceMean", ["x"], ("axes", (int[])[2, 3]), ("keepdims", 0));
        string scaled = second.Node("Mul", ["x", second.Node("Unsqueeze", [mean], ("axes", (int[])[2, 3]))]);
        string pooled = second.Node("MaxPool", [scaled], ("kernel_shape", (int[])[3, 3]), ("ceil_mode", 1), ("auto_pad", "NOTSET"));
        second.Node("Gemm", [second.Node("Flatten", [pooled]), second.Weights(1, 144, 3), second.Weights(1, 3)], ("alpha", 0.5f));
        return [first.ToFile(), second.ToFile()];
    }

    public static byte[][] Presets =>
        [.. Directory.GetFiles(PresetLibrary.DefaultDirectory, "*.json")
            .Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal))
            .Select(File.ReadAllBytes)];

    public static byte[][] KernelTexts => Bytes(
        "[[1, 0, -1], [2, 0, -2]]", "np.outer([1, 2, 1], [1, 0, -1]) / 4", "3x3: 1,0,-1 1,0,-1 1,0,-1", "[1 0 -1; 2 0 -2; 1 0 -1]",
        "cv::Mat k = (cv::Mat_<float>(3,3) << 1, 0, -1, 2, 0, -2, 1, 0, -1);", "static const int k[3][3] = {{1,0,-1},{1,0,-1},{1,0,-1}};",
        "convolution='1 1 1 0 0 0 -1 -1 -1:1 1 1 1 1 1 1 1 1:0m:0m:1:1:1:1'", "Gaussian:0x2", "Sobel:45", "fspecial('log', 5, 0.6)",
        "a = [[1, 0, -1]]\nnp.array(a * 3)", "1 0 -1\n1 0 -1\n1 0 -1");

    public static byte[][] Y4m =>
    [
        [.. "YUV4MPEG2 W16 H8 F25:1 Ip A1:1 Cmono\n"u8, .. "FRAME\n"u8, .. new byte[128], .. "FRAME\n"u8, .. new byte[128]],
        [.. "YUV4MPEG2 W16 H8 F30000:1001 C420jpeg XYSCSS=420JPEG\n"u8, .. "FRAME Ixyz\n"u8, .. new byte[192]],
        [.. "YUV4MPEG2 W4 H4 F25:1 C420p10\n"u8, .. "FRAME\n"u8, .. new byte[48]],
    ];

    // What FFmpeg writes: a few tiny frames of 16 and of 8 bits, with its frame table and its elisions.
    public static byte[][] Nut =>
    [
        Convert.FromBase64String(
            "bnV0L211bHRpbWVkaWEgY29udGFpbmVyAE5NelYfXwStSgMBgf9/AQGD4ADAAAYAAAAAAAGgAAIBASgBACkAIQGffyACn3+BecAABgAAAAAAAQYDAAAB"
            + "BAAAAbYC//oC//sC//wC//23Qdm+TlMRQFvy+dsYAAAEWTEAEAAOg+AAAAAABAQBAQBc/qPoTkmraLWWunggAAAAAAEHZW5jb2RlcgINTGF2ZjU5LjI3"
            + "LjEwMA0fENZOSatotZa6eDwBAAAAAgdlbmNvZGVyAhZMYXZjNTkuMzcuMTAwIHJhd3ZpZGVvDHJfZnJhbWVfcmF0ZQIEMzAvMcEWyP1OS+St7spFaQYA"
            + "AAAAAAADACCvS69LHR0dHa9Lr0sdHR0dr0uvS/4G/gavS69L/gb+BgQgr0uvSx0dHR2vS69LHR0dHa9Lr0v+Bv4Gr0uvS/4G/gYEIK9Lr0sdHR0dr0uv"
            + "Sx0dHR2vS69L/gb+Bq9Lr0v+Bv4GBCCvS69LHR0dHa9Lr0sdHR0dr0uvS/4G/gavS69L/gb+BgQgr0uvSx0dHR2vS69LHR0dHa9Lr0v+Bv4Gr0uvS/4G"
            + "/gYEIK9Lr0sdHR0dr0uvSx0dHR2vS69L/gb+Bq9Lr0v+Bv4GTljdZy8j5k4R0AABDwMAAAAAAAAAGtQ7yLo="),
        Convert.FromBase64String(
            "bnV0L211bHRpbWVkaWEgY29udGFpbmVyAE5NelYfXwStSgMBgf9/AQGDkADAAAYAAAAAAAGgAAIBASgBACkAIQGffyACn3+BecAABgAAAAAAAQYDAAAB"
            + "BAAAAbYC//oC//sC//wC//0Q+5XzTlMRQFvy+dsYAAAEWTgwMAAOg5AAAAAAAgIBAQBKXNmyTkmraLWWunggAAAAAAEHZW5jb2RlcgINTGF2ZjU5LjI3"
            + "LjEwMA0fENZOSatotZa6eDwBAAAAAgdlbmNvZGVyAhZMYXZjNTkuMzcuMTAwIHJhd3ZpZGVvDHJfZnJhbWVfcmF0ZQIEMjUvMRvBTNFOS+St7spFaQYA"
            + "AAAAAAADAAQAAAAABAQAAAAABAQAAAAABAQAAAAABAQAAAAABAQAAAAABAQAAAAABAQAAAAABAQAAAAABAQAAAAATljdZy8j5k4SgZAAAQ8DAAAAAAAA"
            + "ABsrJ9Fz"),
    ];

    public static byte[][] Arrays =>
    [
        NpyFile.Write(new NumberArray([1, 2, 3, 4], [2, 2]), ElementType.Float32),
        NpyFile.Write(new NumberArray([1, 2, 3, 4, 5, 6], [1, 2, 3]), ElementType.Int16),
        PgmFile.Write(new NumberArray([1, 2, 3, 4], [2, 2])),
        PngFile.Write(new NumberArray([.. Enumerable.Range(0, 64)], [8, 8])),
        // PNG: 16 bits of grey and alpha.
        Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACEAQAAABn7XLSAAAAI0lEQVR42mN0UWiy+fvs46Fsg598LMfvMj7pKDVZxM/NywIAockK54hmq0wAAAAASUVORK"
            + "5CYII="),
        // PNG: palette, transparent.
        Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAEAgMAAADUn3btAAAADFBMVEVx4P13sHZw65QL1TOsw/F4AAAAA3RSTlMAgP/s97MYAAAAEElEQVR42mM4zJjHdI"
            + "OZDwAKLQIebGaQrwAAAABJRU5ErkJggg=="),
        // PNG: interlaced colours.
        Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAIAAAF1CoEkAAAAYUlEQVR42gFWAKn/AF+XPQCq2GEAm5H/yRH1AHzO1ABYu78ALOA3U8m9+g/wABadyVdWdA"
            + "AGZnbPsLQA64kCxEJpANoc9rpm0/i21LEAqeoOdQBaXC6CECQqCOcHj3+JOF6/3Ca8B32cBgAAAABJRU5ErkJggg=="),
        // PNG: grey of 1 bit.
        Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAkAAAACAQAAAACiLct+AAAAAnRSTlMAAQGU/a4AAAAOSURBVHjaY9gwhUk5FAAGZwG/0pjOIwAAAABJRU5ErkJggg=="),
        [.. "P2\n# x\n2 2\n255\n1 2 3 4\n"u8],

        // What other programs write: only named, and not read.
        [.. "GIF89a"u8, 2, 0, 2, 0, 0, 0, 0], [.. "BM"u8, 70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0], [.. "8BPS"u8, 0, 1, 0, 0, 0, 0, 0, 0],
        [.. "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 2 +X 2\n"u8], [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2, 0, 24, 0],
        [.. "P6 1 1 255 abc"u8], [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8],
        [.. "P5 2 2 65535 "u8, 0, 1, 2, 3, 4, 5, 6, 7],
        Npy(1, "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }", 48),
        Npy(2, "{'descr': '>i2', 'fortran_order': False, 'shape': (2L, 1L, 2L), }", 8),
        Npy(3, "{'descr': '|b1', 'fortran_order': False, 'shape': (), }", 1),
        Npy(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (0, 3), }", 0),
        Npy(1, "{'descr': '<f2', 'fortran_order': False, 'shape': (1, 1, 1, 1, 4,), }", 8),
        Npy(1, "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,), }", 4),
    ];

    // Images that FFmpeg reads, whose header is looked at before.
    public static byte[][] Pnm => Bytes(
        "P5\n# camera\n4 2\n254\n01234567", "P6 2 1 1000 0123456789AB",
        "P7\nWIDTH 2\nHEIGHT 2\nDEPTH 1\nMAXVAL 300\nTUPLTYPE GRAYSCALE\nENDHDR\n");

    public static byte[][] Playlists => Bytes(
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-MAP:URI=\"a.y4m\"\n#EXT-X-KEY:METHOD=AES-128,URI=\"a.y4m\"\n#EXTINF:1,\na.y4m\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlist.m3u8\n#EXT-X-MEDIA:TYPE=AUDIO,URI=\"../x\"\n",
        "ffconcat version 1.0\nfile 'a.y4m'\nduration 1\nfile b.y4m\n");

    // Requests to the relay of HTTP.
    public static byte[][] Heads => Bytes(
        "GET http://user@camera:81/a%20b?c HTTP/1.1\r\nHost: camera\r\nProxy-Authorization: Basic eDp5\r\n\r\n",
        "CONNECT [fe80::1%25eth0]:443 HTTP/1.1\r\n\r\n");

    // Answers to the relay of RTSP.
    public static byte[][] Answers => Bytes(
        "RTSP/1.0 302 Moved\r\nCSeq: 1\r\nLocation: rtsp://camera:8554/live\r\nContent-Length: 3\r\n\r\nabc$\0\0\u0004abcd",
        "RTSP/1.0 200 OK\r\nTransport: RTP/AVP;unicast;source=1.2.3.4;server_port=1-2\r\n\r\n");

    // Messages, parts of one, a ping, an image, a close; masked with zeros.
    public static byte[][] Frames =>
    [
        [.. RawPage.Frame("""{"drawn":1}"""), .. RawPage.Frame("""{"show":["vertical"]}"""), .. RawPage.Frame(0x89, [1, 2])],
        [.. RawPage.Frame(0x01, "{\"key\":"u8.ToArray()), .. RawPage.Frame(0x80, "\"p\"}"u8.ToArray()), .. RawPage.Frame(0x8A, [])],
        [.. RawPage.Frame(0x82, new byte[300]), .. RawPage.Frame(0x88, [3, 232])],
        [.. RawPage.Frame("{\"edit\":{" + new string(' ', 6000) + "}}"), .. RawPage.Frame(0x02, new byte[150]), 0x80, 0x80, 0, 0, 0, 0],
        [0x82, 0xFF, 0, 0, 0, 0, 0, 0, 1, 44, 1, 2, 3, 4, .. new byte[300]],
    ];

    public static byte[][] Starts => Bytes(
        "GET /live HTTP/1.1\r\nHost: localhost:5017\r\nUpgrade: websocket\r\nCookie: a=b; liveconv-5017=0123456789abcdef.0123; c=d\r\n\r\n",
        "GET /?token=0123456789abcdef0123456789abcdef HTTP/1.1\r\nHost: localhost\r\n\r\n");

    public static byte[][] Jpeg()
    {
        Skip.IfNot(JpegLibrary.IsAvailable, "libturbojpeg is not installed");
        using var encoder = new JpegEncoder(90);
        return [.. (((int Width, int Height)[])[(16, 16), (33, 9), (64, 48)]).Select(size =>
        {
            byte[] pixels = [.. Enumerable.Range(0, size.Width * size.Height).Select(i => (byte)(i * i))];
            var file = new byte[JpegEncoder.MaxBytes(size.Width, size.Height)];
            return file[..encoder.Encode(pixels, size.Width, size.Height, size.Width, file)];
        })];
    }

    // Of a simple preset, and of the shipped ones that are stacks of layers.
    public static byte[][] Notes => Bytes([
        NotesOf("""{"version":1,"name":"S","vertical":[[1]],"horizontal":[[1]]}"""),
        .. Presets.Select(Encoding.UTF8.GetString).Where(preset => preset.Contains("\"layers\"", StringComparison.Ordinal)).Select(NotesOf),
        """{"liveconv":"0.2","width":4,"height":4,"constantRate":25,"source":{"times":"arrival"},"frames":[],"complete":false}"""]);

    public static byte[][] Lists => Bytes(
        "[dshow @ 0x1] \"USB Camera\" (video)\n[dshow @ 0x1]   Alternative name \"@device_pnp_\\\\?\\usb#vid_046d\"\n",
        "[dshow @ 0x1]   pixel_format=yuyv422  min s=640x480 fps=5 max s=1280x720 fps=30\n"
        + "[dshow @ 0x1]   vcodec=mjpeg  min s=1x1 fps=1 max s=9x9 fps=60.0002\n",
        "[AVFoundation indev @ 0x1] AVFoundation video devices:\n[AVFoundation indev @ 0x1] [0] FaceTime HD Camera\n",
        "[avfoundation @ 0x1]   1280x720@[15.000000 30.000000]fps\n");

    public static byte[][] Reports => Bytes(
        "[info] Input #0, mov,mp4, from 'a.mp4':\n[info]   Duration: 00:00:07.60, start: 0.000000, bitrate: 98 kb/s\n"
        + "[info]   Stream #0:0[0x1](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p(tv, bt709), 640x360 [SAR 1:1 DAR 16:9], "
        + "95 kb/s, 25 fps, 25 tbr, 12800 tbn (default)\n[info] Stream mapping:\n"
        + "[info]   Stream #0:0 -> #0:0 (h264 (native) -> rawvideo (native))\n[info] Output #0, nut, to 'pipe:1':\n",
        "[graph 0 input from stream 0:0 @ 0x1] [verbose] w:640 h:360 pixfmt:yuv420p tb:1/25 fr:25/1 sar:1/1\n"
        + "[Parsed_showinfo_0 @ 0x1] n:   0 pts:  0 pts_time:0 duration: 1 pos: 44 fmt:gray sar:1/1 s:640x360 i:P iskey:1 type:I\n"
        + "[Parsed_showinfo_0 @ 0x1] color_range:tv color_space:bt709 color_primaries:bt709 color_trc:bt709\n",
        "[http @ 0x1] [error] HTTP error 404 Not Found\n[mjpeg @ 0x1] [warning] EOI missing, emulating\n[in#0 @ 0x1] [error] "
        + "Error opening input: Invalid data found when processing input\n[fatal] http://camera/live: Protocol not found\n");

    private static byte[][] Bytes(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static string NotesOf(string preset) =>
        """
        {"liveconv":"0.2","width":4,"height":4,"constantRate":null,"source":{"times":"own"},"frames":[0,40],"drops":[{"cause":"superseded",
        "frames":1,"beforeFrame":1,"at":20,"until":20}],"presets":[{"fromFrame":0,"id":"seed","preset":
        """ + preset + """}],"complete":true,"endedBy":null}""";

    private static byte[] Npy(byte version, string header, int data)
    {
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)header.Length) : BitConverter.GetBytes(header.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.ASCII.GetBytes(header), .. new byte[data]];
    }
}
