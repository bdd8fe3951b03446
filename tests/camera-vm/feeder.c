/* feeder.c - plays files of bare frames into a camera, over and over.
 *
 *   feeder loopback /dev/videoN     PIXFMT W H FPS FILE
 *   feeder uvc      /dev/raw-gadget PIXFMT W H FPS FILE [PIXFMT W H FPS FILE]...
 *
 * loopback writes into a v4l2loopback device. uvc IS a USB webcam: it runs a
 * USB Video Class 1.0 device with a bulk endpoint on raw-gadget, so that the
 * kernel's uvcvideo on the other side of dummy_hcd makes the /dev/video node.
 * (Not the kernel's own UVC gadget, usb_f_uvc: it streams isochronously, which
 * dummy_hcd cannot do. Not gadgetfs: it ends a SET_CUR before this program has
 * read it, and then drops it when the host's next request comes too soon.)
 *
 * PIXFMT is an ffmpeg name: yuyv422, gray, nv12, mjpeg (uvc: yuyv422, mjpeg).
 * FILE holds raw frames back to back, or JPEG files back to back.
 * Prints "streaming" (loopback) or "plugged" (uvc) once the camera is there.
 * SIGUSR2: the next frame is cut off half way. SIGTERM: unplug and exit.
 */
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/usb/ch9.h>
#include <linux/usb/raw_gadget.h>
#include <linux/videodev2.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void die(const char *what)
{
	printf("feeder: %s: %s\n", what, strerror(errno));
	exit(1);
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

/* ---- frames ------------------------------------------------------------- */

struct mode {
	const char *pixfmt;
	uint32_t w, h, fps, fourcc;
	int mjpeg, format, frame;	/* uvc's 1-based indices */
	const uint8_t *data;
	size_t *at;			/* n + 1 offsets into data */
	unsigned n, next;
};

#define MAX_MODES 16
static struct mode modes[MAX_MODES];
static int nmodes;
static volatile sig_atomic_t cut_next;

static const struct { const char *name; uint32_t fourcc; int bits; } pixfmts[] = {
	{ "yuyv422", V4L2_PIX_FMT_YUYV, 16 }, { "gray", V4L2_PIX_FMT_GREY, 8 },
	{ "nv12", V4L2_PIX_FMT_NV12, 12 },    { "mjpeg", V4L2_PIX_FMT_MJPEG, 0 },
};

static void load(struct mode *m, char **arg)
{
	unsigned i, bits = 0;
	struct stat st;
	size_t p;
	int fd;

	m->pixfmt = arg[0], m->w = atoi(arg[1]), m->h = atoi(arg[2]), m->fps = atoi(arg[3]);
	for (i = 0; i < sizeof pixfmts / sizeof *pixfmts; i++)
		if (!strcmp(arg[0], pixfmts[i].name))
			m->fourcc = pixfmts[i].fourcc, bits = pixfmts[i].bits;
	m->mjpeg = m->fourcc == V4L2_PIX_FMT_MJPEG;
	errno = EINVAL;
	if (!m->fourcc || !m->w || !m->h || !m->fps)
		die("bad PIXFMT W H FPS");
	fd = open(arg[4], O_RDONLY);
	if (fd < 0 || fstat(fd, &st))
		die(arg[4]);
	m->data = mmap(NULL, st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (m->data == MAP_FAILED)
		die("mmap");
	close(fd);
	if (!m->mjpeg) {
		size_t size = (size_t)m->w * m->h * bits / 8;
		m->n = st.st_size / size;
		m->at = calloc(m->n + 1, sizeof *m->at);
		for (i = 0; i <= m->n; i++)
			m->at[i] = i * size;
	} else {
		/* a JPEG ends at FF D9; coded data has no such pair, and
		   ffmpeg's frames carry no thumbnail that would */
		m->at = calloc(st.st_size / 4 + 2, sizeof *m->at);
		for (p = 1; p < (size_t)st.st_size; p++)
			if (m->data[p] == 0xd9 && m->data[p - 1] == 0xff)
				m->at[++m->n] = p + 1;
	}
	if (!m->n) {
		errno = EINVAL;
		die("no whole frame in the file");
	}
}

static const uint8_t *next_frame(struct mode *m, size_t *len)
{
	unsigned i = m->next++ % m->n;

	*len = m->at[i + 1] - m->at[i];
	if (cut_next) {
		cut_next = 0;
		*len /= 2;
		printf("cut frame %u to %zu bytes\n", i, *len);
	}
	return m->data + m->at[i];
}

/* Sleep until the next frame is due. Late by a frame or more: go on from now. */
static void pace(double *due, unsigned fps)
{
	double t = now();
	struct timespec ts;

	*due += 1.0 / fps;
	if (*due < t - 1.0 / fps)
		*due = t;
	ts.tv_sec = (time_t)*due;
	ts.tv_nsec = (long)((*due - ts.tv_sec) * 1e9);
	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, NULL);
}

/* ---- v4l2loopback ------------------------------------------------------- */

static void loopback(const char *dev)
{
	struct mode *m = &modes[0];
	struct v4l2_format f = { .type = V4L2_BUF_TYPE_VIDEO_OUTPUT };
	struct v4l2_streamparm p = { .type = V4L2_BUF_TYPE_VIDEO_OUTPUT };
	const uint8_t *frame;
	double due;
	size_t len;
	int fd = open(dev, O_RDWR);

	if (fd < 0)
		die(dev);
	f.fmt.pix.width = m->w;
	f.fmt.pix.height = m->h;
	f.fmt.pix.pixelformat = m->fourcc;
	f.fmt.pix.field = V4L2_FIELD_NONE;
	f.fmt.pix.colorspace = V4L2_COLORSPACE_SRGB;
	if (ioctl(fd, VIDIOC_S_FMT, &f))
		die("VIDIOC_S_FMT");
	if (f.fmt.pix.pixelformat != m->fourcc || f.fmt.pix.width != m->w || f.fmt.pix.height != m->h) {
		errno = ENOTSUP;
		die("format not taken");
	}
	p.parm.output.timeperframe.numerator = 1;
	p.parm.output.timeperframe.denominator = m->fps;
	ioctl(fd, VIDIOC_S_PARM, &p);
	for (due = now();; pace(&due, m->fps)) {
		frame = next_frame(m, &len);
		if (write(fd, frame, len) < 0)
			die("write");
		if (m->next == 1)
			printf("streaming\n");
	}
}

/* ---- the USB webcam: descriptors ---------------------------------------- */

#define VS_PROBE 1		/* selectors */
#define VS_COMMIT 2
#define PU_BRIGHTNESS 2
#define VC_IF 0			/* interfaces */
#define VS_IF 1
#define CAMERA 1		/* entities */
#define PROC 2
#define OUTPUT 3
#define EP_IN 0x81
#define HEADER 2		/* of a payload; a frame is one payload */
#define FRAME_MAX(m) ((m)->w * (m)->h * 2)

static const struct usb_endpoint_descriptor bulk_in = {
	.bLength = USB_DT_ENDPOINT_SIZE,
	.bDescriptorType = USB_DT_ENDPOINT,
	.bEndpointAddress = EP_IN,
	.bmAttributes = USB_ENDPOINT_XFER_BULK,
	.wMaxPacketSize = __constant_cpu_to_le16(512),
};

static const uint8_t device_descriptor[18] = {
	18, USB_DT_DEVICE, 0x00, 0x02, 0xef, 2, 1, 64,
	0x6b, 0x1d, 0x02, 0x01, 0x00, 0x01, 1, 2, 3, 1
};

static uint8_t *out;		/* descriptors are appended here */

static void put(int n, ...)	/* n bytes */
{
	va_list a;
	va_start(a, n);
	while (n--)
		*out++ = va_arg(a, int);
	va_end(a);
}
static void put16(unsigned v) { put(2, v & 255, v >> 8 & 255); }
static void put32(unsigned v) { put16(v & 0xffff); put16(v >> 16); }
static void set16(uint8_t *p, unsigned v) { p[0] = v; p[1] = v >> 8; }

static int config_descriptor(uint8_t *start)
{
	uint8_t *vc, *vs;
	int i, j, nformats = 0;

	for (i = 0; i < nmodes; i++)
		if (modes[i].format > nformats)
			nformats = modes[i].format;

	out = start;
	put(9, 9, USB_DT_CONFIG, 0, 0, 2, 1, 0, 0x80, 250);
	put(8, 8, USB_DT_INTERFACE_ASSOCIATION, VC_IF, 2, 0x0e, 3, 0, 2);

	/* video control: camera -> processing unit (brightness) -> output */
	put(9, 9, USB_DT_INTERFACE, VC_IF, 0, 0, 0x0e, 1, 0, 2);
	vc = out;
	put(5, 13, 0x24, 1, 0x00, 0x01);
	put16(0);			/* wTotalLength, below */
	put32(48000000);
	put(2, 1, VS_IF);
	put(18, 18, 0x24, 2, CAMERA, 0x01, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0);
	put(11, 11, 0x24, 5, PROC, CAMERA, 0, 0, 2, 0x01, 0x00, 0);
	put(9, 9, 0x24, 3, OUTPUT, 0x01, 0x01, 0, PROC, 0);
	set16(vc + 5, out - vc);

	/* video streaming: one setting, one bulk endpoint */
	put(9, 9, USB_DT_INTERFACE, VS_IF, 0, 1, 0x0e, 2, 0, 0);
	vs = out;
	put(4, 13 + nformats, 0x24, 1, nformats);
	put16(0);			/* wTotalLength, below */
	put(7, EP_IN, 0, OUTPUT, 0, 0, 0, 1);
	for (i = 0; i < nformats; i++)
		put(1, 0);		/* bmaControls */
	for (i = 1; i <= nformats; i++) {
		int nframes = 0, mjpeg = 0;
		for (j = 0; j < nmodes; j++)
			if (modes[j].format == i)
				nframes++, mjpeg = modes[j].mjpeg;
		if (mjpeg)
			put(11, 11, 0x24, 6, i, nframes, 1, 1, 0, 0, 0, 0);
		else {
			put(5, 27, 0x24, 4, i, nframes);
			put(16, 'Y', 'U', 'Y', '2', 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71);
			put(6, 16, 1, 0, 0, 0, 0);
		}
		for (j = 0; j < nmodes; j++) {
			const struct mode *m = &modes[j];
			if (m->format != i)
				continue;
			put(5, 30, 0x24, mjpeg ? 7 : 5, m->frame, 0);
			put16(m->w), put16(m->h);
			put32(m->w * m->h * 16 * m->fps), put32(m->w * m->h * 16 * m->fps);
			put32(FRAME_MAX(m));
			put32(10000000 / m->fps);
			put(1, 1);
			put32(10000000 / m->fps);
		}
		put(6, 6, 0x24, 0x0d, 1, 1, 4);
	}
	set16(vs + 4, out - vs);
	memcpy(out, &bulk_in, USB_DT_ENDPOINT_SIZE);
	out += USB_DT_ENDPOINT_SIZE;
	set16(start + 2, out - start);
	return out - start;
}

static int string_descriptor(int index, uint8_t *p)
{
	static const char *const strings[] = { 0, "LiveConv", "LiveConv test camera", "0001" };
	int i, n;

	if (!index) {
		memcpy(p, "\4\3\x09\x04", 4);
		return 4;
	}
	if (index > 3)
		return -1;
	n = strlen(strings[index]);
	p[0] = 2 + 2 * n, p[1] = USB_DT_STRING;
	for (i = 0; i < n; i++)
		p[2 + 2 * i] = strings[index][i], p[3 + 2 * i] = 0;
	return p[0];
}

/* ---- the USB webcam: streaming ------------------------------------------ */

static pthread_t streamer;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static struct mode *live;	/* what to stream, NULL: nothing */
static unsigned want, have;	/* stream number wanted, and being run */
static int usb, ep = -1;	/* the raw-gadget file, and the endpoint's handle */

/* One frame: one payload, ended by its short packet (or empty one: "zero").
   Blocks while the host does not stream; switch_to() ends it. */
static void send_frame(const uint8_t *p, size_t len, int fid)
{
	static struct usb_raw_ep_io *io;
	static size_t room;

	if (HEADER + len > room)
		io = realloc(io, sizeof *io + (room = HEADER + len));
	io->ep = ep;
	io->flags = USB_RAW_IO_FLAGS_ZERO;
	io->length = HEADER + len;
	io->data[0] = HEADER;
	io->data[1] = 0x80 | 2 | fid;	/* end of header, end of frame, frame id */
	memcpy(io->data + HEADER, p, len);
	ioctl(usb, USB_RAW_IOCTL_EP_WRITE, io);
}

static void *stream(void *unused)
{
	const uint8_t *frame;
	struct mode *m;
	int fid = 0;
	double due;
	size_t len;

	(void)unused;
	for (;;) {
		pthread_mutex_lock(&lock);
		have = want;
		pthread_cond_broadcast(&wake);
		while (!live && have == want)
			pthread_cond_wait(&wake, &lock);
		have = want;
		m = live;
		pthread_mutex_unlock(&lock);
		for (due = now(); m && have == want; pace(&due, m->fps)) {
			frame = next_frame(m, &len);
			send_frame(frame, len, fid ^= 1);
		}
	}
	return NULL;
}

/* Stop what is being streamed, then start m (NULL: nothing). */
static void switch_to(struct mode *m)
{
	struct timespec t = { 0, 2000000 };

	pthread_mutex_lock(&lock);
	live = m;
	want++;
	pthread_cond_broadcast(&wake);
	while (have != want) {		/* it may be about to block in a write */
		pthread_mutex_unlock(&lock);
		pthread_kill(streamer, SIGUSR1);
		nanosleep(&t, NULL);
		pthread_mutex_lock(&lock);
	}
	pthread_mutex_unlock(&lock);
}

/* ---- the USB webcam: control requests ----------------------------------- */

struct __attribute__((packed)) probe {
	uint16_t hint;
	uint8_t format, frame;
	uint32_t interval;
	uint16_t key, p, quality, window, delay;
	uint32_t frame_size, payload_size;
};
static struct probe probe;
static int16_t brightness = 128;

/* Make p say what we shall do: the mode asked for, else its format's first,
   else the first of all. */
static struct mode *settle(struct probe *p)
{
	struct mode *m = NULL;
	int i;

	for (i = 0; i < nmodes; i++)
		if (modes[i].format == p->format && (!m || modes[i].frame == p->frame))
			m = &modes[i];
	if (!m)
		m = &modes[0];
	memset(p, 0, sizeof *p);
	p->hint = htole16(1);
	p->format = m->format, p->frame = m->frame;
	p->interval = htole32(10000000 / m->fps);
	p->frame_size = htole32(FRAME_MAX(m));
	p->payload_size = htole32(HEADER + FRAME_MAX(m));
	return m;
}

enum { SET_CUR = 0x01, GET_CUR = 0x81, GET_MIN, GET_MAX, GET_RES, GET_LEN, GET_INFO, GET_DEF };

/* Class requests, device to host: the answer's length, -1 to stall. */
static int get(const struct usb_ctrlrequest *c, uint8_t *p)
{
	int selector = c->wValue >> 8, entity = c->wIndex >> 8, interface = c->wIndex & 255;
	int16_t v;

	if (interface == VS_IF && (selector == VS_PROBE || selector == VS_COMMIT)) {
		struct probe q = probe;
		switch (c->bRequest) {
		case GET_LEN: set16(p, sizeof q); return 2;
		case GET_INFO: p[0] = 3; return 1;
		case GET_CUR: break;
		default: memset(&q, 0, sizeof q); q.format = q.frame = 1;
		}
		settle(&q);
		memcpy(p, &q, sizeof q);
		return sizeof q;
	}
	if (interface == VC_IF && entity == PROC && selector == PU_BRIGHTNESS) {
		switch (c->bRequest) {
		case GET_LEN: set16(p, 2); return 2;
		case GET_INFO: p[0] = 3; return 1;
		case GET_CUR: v = brightness; break;
		case GET_MIN: v = 0; break;
		case GET_MAX: v = 255; break;
		case GET_RES: v = 1; break;
		default: v = 128;
		}
		set16(p, v);
		return 2;
	}
	if (interface == VC_IF && entity == 0 && selector == 2 && c->bRequest == GET_CUR) {
		p[0] = 0;		/* request error code: no error */
		return 1;
	}
	return -1;
}

static void set(const struct usb_ctrlrequest *c, const uint8_t *p, int len)
{
	int selector = c->wValue >> 8, entity = c->wIndex >> 8, interface = c->wIndex & 255;
	struct mode *m;

	if (interface == VS_IF && len >= (int)sizeof probe) {
		memcpy(&probe, p, sizeof probe);
		m = settle(&probe);
		if (selector == VS_COMMIT) {
			printf("commit %s %ux%u %u fps\n", m->pixfmt, m->w, m->h, m->fps);
			switch_to(m);
		}
	} else if (interface == VC_IF && entity == PROC && selector == PU_BRIGHTNESS && len == 2)
		brightness = p[0] | p[1] << 8;
}

static void endpoint_close(void)
{
	switch_to(NULL);
	if (ep >= 0)
		ioctl(usb, USB_RAW_IOCTL_EP_DISABLE, ep);
	ep = -1;
}

static void endpoint_open(void)
{
	endpoint_close();		/* a bus reset is not reported: start anew */
	ep = ioctl(usb, USB_RAW_IOCTL_EP_ENABLE, &bulk_in);
	if (ep < 0)
		die("endpoint");
	ioctl(usb, USB_RAW_IOCTL_VBUS_DRAW, 250);
	ioctl(usb, USB_RAW_IOCTL_CONFIGURE, 0);
}

static void control(const struct usb_ctrlrequest *c)
{
	static struct { struct usb_raw_ep_io io; uint8_t data[4096]; } b;
	int class = (c->bRequestType & USB_TYPE_MASK) == USB_TYPE_CLASS;
	int n = -1;			/* bytes to answer, -1: stall */

	b.io.ep = b.io.flags = 0;
	if (!(c->bRequestType & USB_DIR_IN)) {
		if (c->wLength > sizeof b.data || !(class || c->bRequest == USB_REQ_SET_CONFIGURATION
						    || c->bRequest == USB_REQ_SET_INTERFACE)) {
			ioctl(usb, USB_RAW_IOCTL_EP0_STALL, 0);
			return;
		}
		if (!class && c->bRequest == USB_REQ_SET_CONFIGURATION)
			c->wValue ? endpoint_open() : endpoint_close();
		/* A bulk camera gets no notice when the host stops streaming: a frame
		   then waits half sent until, here, the next stream is begun. It
		   must be gone before we let the host go on. */
		if (class && c->wIndex == VS_IF && c->wValue >> 8 == VS_COMMIT)
			switch_to(NULL);
		b.io.length = c->wLength;
		n = ioctl(usb, USB_RAW_IOCTL_EP0_READ, &b);
		if (class && n > 0)
			set(c, b.data, n);
		return;
	}
	if (class)
		n = get(c, b.data);
	else if (c->bRequest == USB_REQ_GET_DESCRIPTOR)
		switch (c->wValue >> 8) {
		case USB_DT_DEVICE:
			memcpy(b.data, device_descriptor, n = sizeof device_descriptor);
			break;
		case USB_DT_CONFIG:
			n = config_descriptor(b.data);
			break;
		case USB_DT_STRING:
			n = string_descriptor(c->wValue & 255, b.data);
		}
	else if (c->bRequest == USB_REQ_GET_INTERFACE || c->bRequest == USB_REQ_GET_CONFIGURATION)
		b.data[0] = c->bRequest == USB_REQ_GET_CONFIGURATION, n = 1;
	if (n < 0) {
		ioctl(usb, USB_RAW_IOCTL_EP0_STALL, 0);
		return;
	}
	if (n < c->wLength)
		b.io.flags = USB_RAW_IO_FLAGS_ZERO;
	b.io.length = n < c->wLength ? n : c->wLength;
	ioctl(usb, USB_RAW_IOCTL_EP0_WRITE, &b);
}

static void on_usr1(int s) { (void)s; }		/* only interrupts a write */
static void on_usr2(int s) { (void)s; cut_next = 1; }

static void uvc(const char *dev)
{
	struct usb_raw_init init = { "dummy_udc", "dummy_udc.0", USB_SPEED_HIGH };
	struct { struct usb_raw_event ev; struct usb_ctrlrequest ctrl; } e;
	int i, j, nformats = 0;

	for (i = 0; i < nmodes; i++) {		/* number formats and frames */
		modes[i].frame = 1;
		for (j = 0; j < i && modes[j].fourcc != modes[i].fourcc; j++)
			;
		modes[i].format = j < i ? modes[j].format : ++nformats;
		for (; j < i; j++)
			modes[i].frame += modes[j].fourcc == modes[i].fourcc;
	}
	settle(&probe);
	usb = open(dev, O_RDWR);
	if (usb < 0)
		die(dev);
	if (ioctl(usb, USB_RAW_IOCTL_INIT, &init) || ioctl(usb, USB_RAW_IOCTL_RUN, 0))
		die("raw-gadget");
	pthread_create(&streamer, NULL, stream, NULL);
	printf("plugged\n");
	for (;;) {
		e.ev.type = 0;
		e.ev.length = sizeof e.ctrl;
		if (ioctl(usb, USB_RAW_IOCTL_EVENT_FETCH, &e) < 0 && errno != EINTR)
			die("event");
		if (e.ev.type == USB_RAW_EVENT_CONTROL)
			control(&e.ctrl);
	}
}

int main(int argc, char **argv)
{
	struct sigaction a = { .sa_handler = on_usr1 };
	int i;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc < 8 || (argc - 3) % 5 || (argc - 3) / 5 > MAX_MODES) {
		printf("usage: feeder loopback|uvc WHERE {PIXFMT W H FPS FILE}...\n");
		return 2;
	}
	sigaction(SIGUSR1, &a, NULL);
	a.sa_handler = on_usr2;
	a.sa_flags = SA_RESTART;
	sigaction(SIGUSR2, &a, NULL);
	for (i = 3; i < argc; i += 5)
		load(&modes[nmodes++], argv + i);
	if (!strcmp(argv[1], "uvc"))
		uvc(argv[2]);
	else
		loopback(argv[2]);
	return 0;
}
