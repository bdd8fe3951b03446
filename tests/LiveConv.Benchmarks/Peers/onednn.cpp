// oneDNN's convolution of one image by square kernels with half of one as a border of zeros, ready to run again and again.
#include <dnnl.hpp>
#include <omp.h>
#include <string>
#include <unordered_map>

using namespace dnnl;
using tag = memory::format_tag;

struct Layer {
    engine on{engine::kind::cpu, 0};
    stream in{on};
    convolution_forward primitive;
    memory source, weights, output, plain;
    std::unordered_map<int, memory> arguments;
};

static memory arranged(Layer& layer, memory::dims shape, tag format, const float* values, const memory::desc& wanted)
{
    memory given({shape, memory::data_type::f32, format}, layer.on, const_cast<float*>(values));
    memory to(wanted, layer.on);
    reorder(given, to).execute(layer.in, given, to);
    layer.in.wait();
    return to;
}

extern "C" const char* peer_version()
{
    const dnnl_version_t* version = dnnl_version();
    static const std::string text =
        std::to_string(version->major) + "." + std::to_string(version->minor) + "." + std::to_string(version->patch);
    return text.c_str();
}

extern "C" void peer_threads(int threads) { omp_set_num_threads(threads); }

// plain: keep the layout (channel by channel, row by row); else the one that oneDNN likes best. Returns null where it cannot.
extern "C" void* peer_create(
    int channels, int height, int width, int outputs, int side, int stride, int groups, int plain, int winograd, const float* pixels, const float* weights)
{
    try {
        auto* layer = new Layer;
        const memory::dims in{1, channels, height, width}, out{1, outputs, (height - 1) / stride + 1, (width - 1) / stride + 1};
        const memory::dims kernel = groups > 1 ? memory::dims{groups, outputs / groups, channels / groups, side, side} : memory::dims{outputs, channels, side, side};
        const memory::dims strides{stride, stride}, padding{side / 2, side / 2};
        const tag order = groups > 1 ? tag::goihw : tag::oihw;
        auto describe = [&](const memory::dims& shape, tag layout) { return memory::desc(shape, memory::data_type::f32, plain ? layout : tag::any); };
        const convolution_forward::desc what(prop_kind::forward_inference, winograd ? algorithm::convolution_winograd : algorithm::convolution_direct,
            describe(in, tag::nchw), describe(kernel, order), describe(out, tag::nchw), strides, padding, padding);
        const convolution_forward::primitive_desc how(what, layer->on);
        layer->primitive = convolution_forward(how);
        layer->source = arranged(*layer, in, tag::nchw, pixels, how.src_desc());
        layer->weights = arranged(*layer, kernel, order, weights, how.weights_desc());
        layer->output = memory(how.dst_desc(), layer->on);
        layer->plain = memory({out, memory::data_type::f32, tag::nchw}, layer->on);
        layer->arguments = {{DNNL_ARG_SRC, layer->source}, {DNNL_ARG_WEIGHTS, layer->weights}, {DNNL_ARG_DST, layer->output}};
        return layer;
    } catch (const error&) {
        return nullptr;
    }
}

extern "C" void peer_run(void* handle)
{
    auto* layer = static_cast<Layer*>(handle);
    layer->primitive.execute(layer->in, layer->arguments);
    layer->in.wait();
}

extern "C" const float* peer_result(void* handle)
{
    auto* layer = static_cast<Layer*>(handle);
    reorder(layer->output, layer->plain).execute(layer->in, layer->output, layer->plain);
    layer->in.wait();
    return static_cast<const float*>(layer->plain.get_data_handle());
}
