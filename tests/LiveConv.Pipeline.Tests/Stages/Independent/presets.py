"""Applies every preset of a folder with numpy and scipy, without a line of LiveConv's code.

usage: presets.py PRESETS FRAMES WIDTH HEIGHT OUT

FRAMES holds 8-bit images, oldest first. For every preset OUT gets NAME.first and NAME.last: the two maps of the first and of
the last frame as 8-bit pixels, each after a line with its width and height.
"""
import json
import pathlib
import sys

import numpy as np
from scipy import ndimage

MODES = {"zero": "constant", "replicate": "nearest", "symmetric": "reflect", "mirror": "mirror", "wrap": "wrap"}


def correlate(image, kernel, border, anchor, stride, dilation, padding):
    spread = np.zeros([(side - 1) * dilation + 1 for side in kernel.shape])
    spread[::dilation, ::dilation] = kernel
    if padding is None:
        y, x = (anchor["y"] * dilation, anchor["x"] * dilation) if anchor else [side // 2 * dilation for side in kernel.shape]
        origin = [at - side // 2 for at, side in zip((y, x), spread.shape)]
        return ndimage.correlate(image, spread, mode=MODES[border], origin=origin)[::stride, ::stride]
    padded = np.pad(image, padding, mode={"zero": "constant", "replicate": "edge", "mirror": "reflect"}.get(border, border))
    windows = np.lib.stride_tricks.sliding_window_view(padded, spread.shape)
    return np.einsum("yxji,ji->yx", windows, spread)[::stride, ::stride]


def over_time(frames, weights, preset, border, anchor, stride=1, dilation=1, padding=None):
    weights = np.array(weights, float)
    weights = weights if weights.ndim == 3 else weights[None]
    if preset.get("operation") == "convolution":
        weights = weights[::-1, ::-1, ::-1]
        if anchor is None:
            anchor = {"y": weights.shape[1] // 2, "x": weights.shape[2] // 2}
        anchor = {"y": weights.shape[1] - 1 - anchor["y"], "x": weights.shape[2] - 1 - anchor["x"]}
    before = frames[0] * (preset.get("before", "replicate") == "replicate")
    window = ([before] * len(weights) + list(frames))[-len(weights):]
    return sum(correlate(f, w, border, anchor, stride, dilation, padding) for f, w in zip(window, weights))


def thin(gx, gy):
    """Keeps a gradient where it is longest across the edge."""
    length = np.pad(gx**2 + gy**2, 1)
    kept = np.zeros(gx.shape, bool)
    for y, x in np.ndindex(gx.shape):
        here = length[y + 1, x + 1]
        angle = np.degrees(np.arctan2(abs(gy[y, x]), abs(gx[y, x])))
        if angle < 22.5:
            kept[y, x] = here > length[y + 1, x] and here >= length[y + 1, x + 2]
        elif angle > 67.5:
            kept[y, x] = here > length[y, x + 1] and here >= length[y + 2, x + 1]
        else:
            s = 1 if gx[y, x] * gy[y, x] >= 0 else -1
            kept[y, x] = here > length[y, x + 1 - s] and here > length[y + 2, x + 1 + s]
    return [gx * kept, gy * kept]


def merge(kind, maps):
    if kind == "magnitude":
        return [np.sqrt(sum(m**2 for m in maps))]
    if kind == "max":
        return [np.max(maps, axis=0)]
    if kind == "sum":
        return [np.sum(maps, axis=0)]
    return thin(*maps) if kind == "thin" else maps


def activate(layer, m):
    return {
        "abs": np.abs,
        "relu": lambda v: np.maximum(v, 0),
        "square": np.square,
        "threshold": lambda v: np.where(v >= layer.get("threshold", 0), 255.0, 0.0),
    }.get(layer.get("activation"), lambda v: v)(m)


def pool(spec, m):
    size = spec["size"]
    step = spec.get("stride", size)
    windows = np.lib.stride_tricks.sliding_window_view(m, (size, size))[::step, ::step]
    return windows.max((2, 3)) if spec["kind"] == "max" else windows.mean((2, 3))


def upsample(spec, m):
    factor = spec["factor"]
    if spec["kind"] == "nearest":
        return np.kron(m, np.ones((factor, factor)))
    if spec["kind"] == "bilinear":
        for axis in (0, 1):
            places = np.clip((np.arange(m.shape[axis] * factor) + 0.5) / factor - 0.5, 0, m.shape[axis] - 1)
            m = np.apply_along_axis(lambda line: np.interp(places, np.arange(len(line)), line), axis, m)
        return m
    spread = np.zeros([side * factor for side in m.shape])
    spread[::factor, ::factor] = m
    kernel = np.array(spec["weights"], float)
    return correlate(spread, kernel[::-1, ::-1], "zero", {k: kernel.shape[a] - 1 - kernel.shape[a] // 2 for k, a in (("y", 0), ("x", 1))}, 1, 1, None)


def run_layers(preset, frames):
    maps, results = [frames[-1]], []
    for n, layer in enumerate(preset["layers"]):
        border = layer.get("border", preset.get("border", "mirror"))
        how = (layer.get("stride", 1), layer.get("dilation", 1), layer.get("padding"))
        if "kernels" in layer:
            made = []
            for k in layer["kernels"]:
                if "weights" in k:
                    source = frames if n == 0 else [maps[k.get("from", 0)]]
                    made.append(over_time(source, k["weights"], preset, border, k.get("anchor"), *how))
                else:
                    made.append(sum(over_time([maps[c]], w, preset, border, k.get("anchor"), *how) for c, w in enumerate(k["channels"])))
                made[-1] = made[-1] + k.get("bias", 0)
            maps = made
        maps = [activate(layer, m) for m in merge(layer.get("merge"), maps)]
        maps = [pool(layer["pool"], m) for m in maps] if "pool" in layer else maps
        maps = [upsample(layer["upsample"], m) for m in maps] if "upsample" in layer else maps
        results.append(maps)
    last = len(results) - 1
    outputs = preset.get("outputs", {"vertical": {"layer": last}, "horizontal": {"layer": last, "map": min(1, len(maps) - 1)}})
    return [(results[o["layer"]][o.get("map", 0)], o) for o in (outputs["vertical"], outputs["horizontal"])]


def to_pixels(m, preset, output):
    value = np.round(m * np.float32(output.get("gain", preset.get("gain", 1))).astype(float))
    response = output.get("response", preset.get("response", "abs"))
    pixel = {"abs": np.abs(value), "offset128": value + 128, "positive": value, "negative": -value}[response]
    return np.clip(pixel, 0, 255).astype(np.uint8)


def apply(preset, frames):
    if "layers" in preset:
        return [to_pixels(m, preset, output) for m, output in run_layers(preset, frames)]
    border = preset.get("border", "mirror")
    return [to_pixels(over_time(frames, preset[side], preset, border, preset.get("anchor")), preset, {}) for side in ("vertical", "horizontal")]


def main(presets, frames, width, height, out):
    video = np.fromfile(frames, np.uint8).reshape(-1, int(height), int(width)).astype(float)
    for path in sorted(pathlib.Path(presets).glob("*.json")):
        if path.name.endswith(".schema.json"):
            continue
        preset = json.loads(path.read_text())
        for when, seen in (("first", video[:1]), ("last", video)):
            with open(pathlib.Path(out, f"{path.stem}.{when}"), "wb") as file:
                for m in apply(preset, seen):
                    file.write(b"%d %d\n" % (m.shape[1], m.shape[0]) + m.tobytes())


main(*sys.argv[1:])
