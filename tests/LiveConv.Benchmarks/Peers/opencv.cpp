// OpenCV behind C functions, so that it runs in the same process over the same buffers as LiveConv.
#include <opencv2/core.hpp>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>

using cv::Mat;

extern "C" void peer_threads(int threads) { cv::setNumThreads(threads); }

extern "C" const char* peer_build()
{
    static const std::string text = cv::getBuildInformation();
    return text.c_str();
}

// method 0: spatialGradient, 1: two Sobels, 2: two filter2Ds with the kernels given, 3: two sepFilter2Ds with the factors given (the second
// pair of factors is the first one turned), to 16-bit sums, those of fractions rounded (to floats it takes three times as long); each
// followed by convertScaleAbs, with the gain; 4 and 5: 2 and 3 straight to pixels. The second kernel is the first one turned.
extern "C" void peer_edges(int method, double gain, const unsigned char* pixels, int width, int height, size_t pitch, unsigned char* map0,
                           unsigned char* map1, size_t mapPitch, const float* kernel0, const float* kernel1, int across,
                           int down)
{
    thread_local Mat dx, dy;
    const Mat source(height, width, CV_8U, const_cast<unsigned char*>(pixels), pitch);
    Mat a(height, width, CV_8U, map0, mapPitch), b(height, width, CV_8U, map1, mapPitch);
    if (method == 0) {
        cv::spatialGradient(source, dx, dy, 3, cv::BORDER_REFLECT_101);
    } else if (method == 1) {
        cv::Sobel(source, dx, CV_16S, 1, 0, 3, 1, 0, cv::BORDER_REFLECT_101);
        cv::Sobel(source, dy, CV_16S, 0, 1, 3, 1, 0, cv::BORDER_REFLECT_101);
    } else {
        const bool isPixels = method >= 4;
        const int depth = isPixels ? CV_8U : CV_16S;
        Mat& first = isPixels ? a : dx;
        Mat& second = isPixels ? b : dy;
        const cv::Point middle(-1, -1);
        if (method % 2 == 1) {
            const Mat f0(1, across, CV_32F, const_cast<float*>(kernel0)), f1(1, across, CV_32F, const_cast<float*>(kernel1));
            cv::sepFilter2D(source, first, depth, f0, f1, middle, 0, cv::BORDER_REFLECT_101);
            cv::sepFilter2D(source, second, depth, f1, f0, middle, 0, cv::BORDER_REFLECT_101);
        } else {
            const Mat k0(down, across, CV_32F, const_cast<float*>(kernel0)), k1(across, down, CV_32F, const_cast<float*>(kernel1));
            cv::filter2D(source, first, depth, k0, middle, 0, cv::BORDER_REFLECT_101);
            cv::filter2D(source, second, depth, k1, middle, 0, cv::BORDER_REFLECT_101);
        }
        if (isPixels) {
            return;
        }
    }
    cv::convertScaleAbs(dx, a, gain);
    cv::convertScaleAbs(dy, b, gain);
}
