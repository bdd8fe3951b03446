// libyuv's rows of Sobel maps, over a rolling buffer of three rows with their borders mirrored.
#include <cstring>
#include <vector>
#include <libyuv/row.h>

static int mirror(int y, int height) { return y < 0 ? -y : y >= height ? 2 * height - 2 - y : y; }

// Both maps of some rows of an image. Rows of the maps have room for whole 16s.
extern "C" void peer_rows(const unsigned char* pixels, int width, int height, size_t pitch, unsigned char* map0, unsigned char* map1, size_t mapPitch,
                          int first, int count)
{
    const size_t room = width + 64;
    thread_local std::vector<unsigned char> rows;
    rows.resize(3 * room);
    auto fetch = [&](int y) {
        unsigned char* to = rows.data() + size_t(y + 1) % 3 * room;
        memcpy(to + 1, pixels + mirror(y, height) * pitch, width);
        to[0] = to[2];
        to[width + 1] = to[width - 1];
    };
    const int whole = (width + 15) & ~15;
    fetch(first - 1);
    fetch(first);
    for (int y = first; y < first + count; y++) {
        fetch(y + 1);
        const unsigned char *above = rows.data() + size_t(y) % 3 * room, *here = rows.data() + size_t(y + 1) % 3 * room,
                            *below = rows.data() + size_t(y + 2) % 3 * room;
        libyuv::SobelXRow_SSE2(above, here, below, map0 + y * mapPitch, whole);
        libyuv::SobelYRow_SSE2(above, below, map1 + y * mapPitch, whole);
    }
}
