"""An RTSP camera: a test image, as H.264 or motion JPEG. Arguments: PORT FPS h264|jpeg udp|any. Prints "ready"; ends with 77 when GStreamer is
not whole."""

import sys

port, fps, codec, transport = sys.argv[1:]
encoder, payload = {
    "h264": (f"x264enc tune=zerolatency speed-preset=ultrafast key-int-max={fps}", "rtph264pay pt=96 config-interval=1"),
    "jpeg": ("jpegenc", "rtpjpegpay pt=26"),
}[codec]
try:
    import gi

    gi.require_version("Gst", "1.0")
    gi.require_version("GstRtsp", "1.0")
    gi.require_version("GstRtspServer", "1.0")
    from gi.repository import GLib, Gst, GstRtsp, GstRtspServer
except (ImportError, ValueError):
    sys.exit(77)

Gst.init(None)
if not all(Gst.ElementFactory.find(part.split()[0]) for part in ("videotestsrc", encoder, payload)):
    sys.exit(77)

factory = GstRtspServer.RTSPMediaFactory()
source = f"videotestsrc is-live=true ! video/x-raw,format=I420,width=160,height=120,framerate={fps}/1"
factory.set_launch(f"( {source} ! {encoder} ! {payload} name=pay0 )")
if transport == "udp":
    factory.set_protocols(GstRtsp.RTSPLowerTrans.UDP)

server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(port)
server.get_mount_points().add_factory("/live", factory)
if server.attach(None) == 0:
    sys.exit(f"port {port} is taken")

print("ready", flush=True)
GLib.MainLoop().run()
