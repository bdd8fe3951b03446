// Halide's own code for the Sobel pair: strips of 16 rows with their borders mirrored, both maps in one pass, 64 pixels at a time.
#include <Halide.h>
#include <cstdlib>

using namespace Halide;

struct Pair {
    ImageParam input{UInt(8), 2};
    Func maps{"maps"};

    explicit Pair(bool parallel)
    {
        Var x{"x"}, y{"y"}, strip{"strip"}, row{"row"};
        Func padded = BoundaryConditions::mirror_interior(input);
        auto p = [&](int i, int j) { return cast<int16_t>(padded(x + i, y + j)); };
        Expr across = p(-1, -1) - p(1, -1) + 2 * (p(-1, 0) - p(1, 0)) + p(-1, 1) - p(1, 1);
        Expr down = p(-1, -1) + 2 * p(0, -1) + p(1, -1) - p(-1, 1) - 2 * p(0, 1) - p(1, 1);
        maps(x, y) = Tuple(cast<uint8_t>(min(abs(across), 255)), cast<uint8_t>(min(abs(down), 255)));
        maps.split(y, strip, row, 16).vectorize(x, 64);
        if (parallel)
            maps.parallel(strip);
        padded.compute_at(maps, strip).vectorize(padded.args()[0], 64);
        maps.compile_jit();
    }
};

static Buffer<uint8_t> plane(const unsigned char* pixels, int width, int height, size_t pitch)
{
    halide_dimension_t shape[2] = {{0, width, 1}, {0, height, int(pitch)}};
    return Buffer<uint8_t>(const_cast<unsigned char*>(pixels), 2, shape);
}

extern "C" void peer_pair(const unsigned char* pixels, int width, int height, size_t pitch, unsigned char* map0, unsigned char* map1, size_t mapPitch, int threads)
{
    setenv("HL_NUM_THREADS", "2", 0);
    static Pair alone(false), together(true);
    Pair& pair = threads > 1 ? together : alone;
    pair.input.set(plane(pixels, width, height, pitch));
    std::vector<Buffer<void>> maps{plane(map0, width, height, mapPitch), plane(map1, width, height, mapPitch)};
    pair.maps.realize(Realization(maps));
}
