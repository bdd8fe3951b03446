"""Random cases of `liveconv conv` with the answers of the library whose words are used.

usage: cases.py OPERATION SEED COUNT FOLDER

Writes FOLDER/cases.jsonl, one case a line: the command line's arguments, the file with the library's answer (or null when
the library refuses) and how near ours must come to it, relative to the largest number of the input and of the answer.
"""
import json
import os
import random
import sys
import warnings

import numpy as np

warnings.filterwarnings("ignore")
WHOLE_TYPES = ["u1", "i2", "i4", "i8", "f4", "f8"]
# What an f4 result may differ by in its own rounding; f8 results differ only in the order of the sums.
NEAR = {"f4": 3e-7, "f8": 1e-12}


def words(numbers, rng):
    """Amounts per axis, as one number when they are all the same (or not)."""
    numbers = list(numbers)
    if len(set(numbers)) == 1 and rng.random() < 0.6:
        numbers = numbers[:1]
    return ",".join(str(n) for n in numbers)


def array(rng, shape, low=-9, high=9, types=WHOLE_TYPES):
    """An array of any type and order; fractions are quarters, so that sums are exact."""
    kind = rng.choice(types)
    values = np.array([rng.randint(max(low, 0) if kind == "u1" else low, high) for _ in range(int(np.prod(shape)))], dtype=np.float64)
    if kind in ("f4", "f8") and rng.random() < 0.6:
        values /= 4
    values = values.reshape(shape).astype(kind)
    if rng.random() < 0.2:
        values = np.asfortranarray(values)
    if rng.random() < 0.1:
        values = values.astype(values.dtype.newbyteorder(">"))
    return values


def result_type(rng, arguments):
    kind = rng.choice(["f4", "f8"])
    if kind == "f8" or rng.random() < 0.5:
        arguments += ["--dtype", kind]
    return NEAR[kind]


def per_axis(rng, axes, low, high):
    return [rng.randint(low, high)] * axes if rng.random() < 0.4 else [rng.randint(low, high) for _ in range(axes)]


def double(torch, values):
    return torch.from_numpy(np.ascontiguousarray(values.astype(np.float64)))


def torch_convolution(rng, axes):
    """conv1d, conv2d, conv3d: strides, paddings of every kind, dilation, groups, bias, unbatched."""
    import torch
    import torch.nn.functional as F
    convolve = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}[axes]
    groups = rng.choice([1, 1, 1, 2, 3])
    each = rng.randint(1, 2 if axes == 3 else 3)
    outputs = groups * rng.randint(1, 3)
    channels = groups * each
    if rng.random() < 0.05:
        channels += 1
    if rng.random() < 0.04:
        outputs += 1
    longest = {1: 25, 2: 12, 3: 7}[axes]
    sides = [rng.randint(1, longest) for _ in range(axes)]
    window = [rng.randint(1, 4 if axes == 3 else 6) for _ in range(axes)]
    stride = per_axis(rng, axes, 1, 3)
    dilation = per_axis(rng, axes, 1, 3) if rng.random() < 0.5 else [1] * axes
    lead = [] if rng.random() < 0.25 else [rng.randint(1, 3)]
    x = array(rng, lead + [channels] + sides)
    w = array(rng, [outputs, each] + window, high=5, low=-5)
    b = array(rng, [outputs + (rng.random() < 0.04)]) if rng.random() < 0.5 else None
    arguments = ["--op", f"conv{axes}d"] if axes != 2 or rng.random() < 0.5 else []
    if groups > 1:
        arguments += ["--groups", str(groups)]
    if dilation != [1] * axes:
        arguments += ["--dilation", words(dilation, rng)]
    mode = rng.choice(["zeros", "zeros", "reflect", "replicate", "circular"])
    if mode != "zeros" or rng.random() < 0.3:
        arguments += ["--padding-mode", mode]
    how = rng.choice(["none", "valid", "amounts", "amounts", "sides", "same", "same-upper", "same-lower", "full", "tensorflow"])
    if how == "same" and rng.random() < 0.85:
        stride = [1] * axes
    if stride != [1] * axes or rng.random() < 0.2:
        arguments += ["--stride", words(stride, rng)]
    near = result_type(rng, arguments)
    reach = [d * (k - 1) for d, k in zip(dilation, window)]
    before = after = [0] * axes
    if how == "valid":
        arguments += ["--padding", "valid"]
    elif how == "amounts":
        before = after = per_axis(rng, axes, 0, 4)
        arguments += ["--padding", words(before, rng)]
    elif how == "sides":
        before, after = per_axis(rng, axes, 0, 4), per_axis(rng, axes, 0, 4)
        arguments += ["--padding", ",".join(f"{p}:{q}" for p, q in zip(before, after))]
    elif how == "full":
        before = after = reach
        arguments += ["--padding", "full"]
    elif how != "none":
        if how == "tensorflow":
            arguments += ["--convention", "tensorflow", "--padding", "same"]
        else:
            arguments += ["--padding", how]
        total = [max((-(-n // s) - 1) * s + r + 1 - n, 0) for n, s, r in zip(sides, stride, reach)]
        if how == "same":
            total = reach
        small, large = [t // 2 for t in total], [t - t // 2 for t in total]
        before, after = (large, small) if how == "same-lower" else (small, large)

    def answer():
        if how == "same" and stride != [1] * axes:
            raise ValueError("torch knows 'same' only at stride 1")
        pads = [n for p, q in zip(before[::-1], after[::-1]) for n in (p, q)]
        tensor = double(torch, x)
        if any(pads):
            batched = tensor if lead else tensor[None]
            tensor = F.pad(batched, pads) if mode == "zeros" else F.pad(batched, pads, mode=mode)
            tensor = tensor if lead else tensor[0]
        bias = None if b is None else double(torch, b)
        return convolve(tensor, double(torch, w), bias, stride, 0, dilation, groups).numpy()

    return arguments, {"--input": x, "--weight": w, "--bias": b}, answer, near


def conv_transpose2d(rng):
    import torch
    import torch.nn.functional as F
    groups = rng.choice([1, 1, 2, 3])
    channels, each = groups * rng.randint(1, 3), rng.randint(1, 3)
    stride, dilation = per_axis(rng, 2, 1, 4), per_axis(rng, 2, 1, 3)
    padding, extra = per_axis(rng, 2, 0, 3), per_axis(rng, 2, 0, 2) if rng.random() < 0.5 else [0, 0]
    lead = [] if rng.random() < 0.25 else [rng.randint(1, 3)]
    x = array(rng, lead + [channels + (rng.random() < 0.04), rng.randint(1, 9), rng.randint(1, 9)])
    w = array(rng, [channels, each, rng.randint(1, 5), rng.randint(1, 5)], low=-5, high=5)
    b = array(rng, [groups * each + (rng.random() < 0.04)]) if rng.random() < 0.5 else None
    arguments = ["--op", "conv_transpose2d", "--stride", words(stride, rng), "--padding", words(padding, rng), "--dilation", words(dilation, rng)]
    arguments += ["--groups", str(groups), "--output-padding", words(extra, rng)]
    near = result_type(rng, arguments)

    def answer():
        bias = None if b is None else double(torch, b)
        return F.conv_transpose2d(double(torch, x), double(torch, w), bias, stride, padding, extra, groups, dilation).numpy()

    return arguments, {"--input": x, "--weight": w, "--bias": b}, answer, near


def pool(rng, operation):
    import torch
    import torch.nn.functional as F
    window = per_axis(rng, 2, 1, 5)
    stride = per_axis(rng, 2, 1, 4) if rng.random() < 0.6 else None
    padding = per_axis(rng, 2, 0, 3) if rng.random() < 0.1 else [rng.randint(0, k // 2) for k in window]
    dilation = per_axis(rng, 2, 1, 3) if operation == "max_pool2d" and rng.random() < 0.5 else [1, 1]
    lead = rng.choice([[], [rng.randint(1, 3)], [rng.randint(1, 2), rng.randint(1, 3)]])
    x = array(rng, lead + [rng.randint(1, 14), rng.randint(1, 14)], low=-90, high=90)
    arguments = ["--op", operation, "--kernel-size", words(window, rng), "--padding", words(padding, rng)]
    if stride is not None:
        arguments += ["--stride", words(stride, rng)]
    if dilation != [1, 1]:
        arguments += ["--dilation", words(dilation, rng)]
    near = result_type(rng, arguments)

    def answer():
        tensor = double(torch, x)
        tensor = tensor if lead else tensor[None]
        result = F.max_pool2d(tensor, window, stride, padding, dilation) if operation == "max_pool2d" else F.avg_pool2d(tensor, window, stride, padding)
        return (result if lead else result[0]).numpy()

    return arguments, {"--input": x}, answer, near


def upsample(rng, mode):
    import torch
    import torch.nn.functional as F
    steps = [0.25, 0.5, 0.75, 1, 1.25, 1.1, 1.5, 1.7, 2, 2.1, 2.2, 2.5, 3, 3.7, 4, 0.3, 1 / 3]
    scale = [rng.choice(steps)] * 2 if rng.random() < 0.4 else [rng.choice(steps), rng.choice(steps)]
    lead = rng.choice([[], [rng.randint(1, 3)], [rng.randint(1, 2), rng.randint(1, 3)]])
    x = array(rng, lead + [rng.randint(1, 12), rng.randint(1, 12)], low=-90, high=90)
    arguments = ["--op", f"upsample_{mode}2d", "--scale", ",".join(repr(s) for s in (scale[:1] if scale[0] == scale[1] else scale))]
    near = result_type(rng, arguments)

    def answer():
        tensor = double(torch, x)
        while tensor.dim() < 4:
            tensor = tensor[None]
        result = F.interpolate(tensor, scale_factor=tuple(float(s) for s in scale), mode=mode)
        return result.numpy().reshape(lead + list(result.shape[-2:]))

    return arguments, {"--input": x}, answer, near


def scipy_2d(rng, operation):
    import scipy.signal
    x = array(rng, [rng.randint(1, 12), rng.randint(1, 12)])
    w = array(rng, [rng.randint(1, 7), rng.randint(1, 7)], low=-5, high=5)
    mode, boundary, fill = rng.choice(["full", "same", "valid"]), rng.choice(["fill", "wrap", "symm"]), rng.choice([0, 0, 1, -2.5, 7])
    arguments = ["--op", operation]
    if mode != "full" or rng.random() < 0.5:
        arguments += ["--mode", mode]
    if boundary != "fill" or rng.random() < 0.5:
        arguments += ["--boundary", boundary]
    if fill != 0 or rng.random() < 0.3:
        arguments += ["--fill-value", str(fill)]
    near = result_type(rng, arguments)
    return arguments, {"--input": x, "--weight": w}, lambda: getattr(scipy.signal, operation)(x.astype("f8"), w.astype("f8"), mode, boundary, fill), near


def ndimage(rng, operation):
    import scipy.ndimage
    rank = rng.choice([1, 2, 2, 2, 3])
    longest = {1: 30, 2: 12, 3: 6}[rank]
    x = array(rng, [rng.randint(1, longest) for _ in range(rank)])
    w = array(rng, [rng.randint(1, 7 if rank < 3 else 4) for _ in range(rank)], low=-5, high=5)
    mode, fill = rng.choice(["reflect", "constant", "nearest", "mirror", "wrap"]), rng.choice([0, 1, -2.5, 7])
    arguments = ["--op", operation]
    if mode != "reflect" or rng.random() < 0.5:
        arguments += ["--mode", mode]
    if fill != 0:
        arguments += ["--fill-value", str(fill)]
    near = result_type(rng, arguments)
    return arguments, {"--input": x, "--weight": w}, lambda: getattr(scipy.ndimage, operation)(x.astype("f8"), w.astype("f8"), mode=mode, cval=fill), near


def filter2d(rng):
    import cv2
    kind, depth = rng.choice([("u1", "u8"), ("u1", "s16"), ("u1", "f32"), ("i2", "s16"), ("i2", "f32"), ("f4", "f32")])
    high = 255 if kind == "u1" else 3000
    x = array(rng, [rng.randint(1, 20), rng.randint(1, 20)], low=-high, high=high, types=[kind])
    sides = [rng.randint(1, 7), rng.randint(1, 7)] if rng.random() < 0.85 else [rng.randint(8, 14), rng.randint(8, 14)]
    whole = sides[0] * sides[1] > 40
    w = array(rng, sides, low=-5, high=5, types=["i2", "i4"] if whole else ["i2", "i4", "f4", "f8"])
    delta = rng.choice([0, 0, 3, -20]) if whole else rng.choice([0, 0, 0.5, -20.25])
    border = rng.choice(["constant", "replicate", "reflect", "reflect_101"])
    anchor = rng.choice([None, (-1, -1), (rng.randint(0, sides[1] - 1), rng.randint(0, sides[0] - 1)), (rng.randint(-1, sides[1]), rng.randint(-1, sides[0]))])
    arguments = ["--op", "filter2d", "--ddepth", depth, "--delta", str(delta)]
    if border != "reflect_101" or rng.random() < 0.5:
        arguments += ["--border", border]
    if anchor is not None:
        arguments += ["--anchor", f"{anchor[0]},{anchor[1]}"]

    def answer():
        depths = {"u8": cv2.CV_8U, "s16": cv2.CV_16S, "f32": cv2.CV_32F}
        image = np.ascontiguousarray(x.astype(kind))
        mode = {"constant": cv2.BORDER_CONSTANT, "replicate": cv2.BORDER_REPLICATE, "reflect": cv2.BORDER_REFLECT, "reflect_101": cv2.BORDER_REFLECT_101}[border]
        result = cv2.filter2D(image, depths[depth], w.astype(np.float32), anchor=anchor or (-1, -1), delta=delta, borderType=mode)
        # With many weights OpenCV goes through a Fourier transform: the noise is its own, the sums of whole numbers are whole.
        return np.round(result) if whole and kind != "f4" else result

    return arguments, {"--input": x, "--weight": w}, answer, 0 if not whole or kind != "f4" else 1e-6 * np.abs(w).sum()


OPERATIONS = {
    "conv1d": lambda rng: torch_convolution(rng, 1),
    "conv2d": lambda rng: torch_convolution(rng, 2),
    "conv3d": lambda rng: torch_convolution(rng, 3),
    "conv_transpose2d": conv_transpose2d,
    "max_pool2d": lambda rng: pool(rng, "max_pool2d"),
    "avg_pool2d": lambda rng: pool(rng, "avg_pool2d"),
    "upsample_nearest2d": lambda rng: upsample(rng, "nearest"),
    "upsample_bilinear2d": lambda rng: upsample(rng, "bilinear"),
    "convolve2d": lambda rng: scipy_2d(rng, "convolve2d"),
    "correlate2d": lambda rng: scipy_2d(rng, "correlate2d"),
    "convolve": lambda rng: ndimage(rng, "convolve"),
    "correlate": lambda rng: ndimage(rng, "correlate"),
    "filter2d": filter2d,
}


def main():
    operation, seed, count, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    rng = random.Random(f"{operation} {seed}")
    with open(os.path.join(folder, "cases.jsonl"), "w", encoding="utf-8") as lines:
        for n in range(count):
            arguments, arrays, compute, near = OPERATIONS[operation](rng)
            for option, values in arrays.items():
                if values is not None:
                    name = f"{n}{option}.npy"
                    np.save(os.path.join(folder, name), values)
                    arguments += [option, name]
            refusal = answer = None
            try:
                result = np.asarray(compute())
                answer = f"{n}.answer.npy"
                np.save(os.path.join(folder, answer), result.astype("f8"))
            except Exception as e:  # whatever the library says no with
                refusal = f"{type(e).__name__}: {e}".splitlines()[0]
            shapes = " ".join(f"{o[2:]}{v.shape}{v.dtype}" for o, v in arrays.items() if v is not None)
            lines.write(json.dumps({"arguments": arguments, "answer": answer, "refusal": refusal, "near": near, "shapes": shapes}) + "\n")


main()
