"""Random gradients by torch's autograd, in double precision: a line of JSON for each case."""
import base64
import json
import random
import sys

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def packed(tensor):
    return {"shape": list(tensor.shape), "data": base64.b64encode(tensor.detach().contiguous().numpy().tobytes()).decode()}


def noise(*shape):
    values = torch.rand(*shape) * 2 - 1
    return (values * 3).round() if random.random() < 0.2 else values


def conv(n):
    groups = random.choice([1, 1, 1, 2, 3])
    channels, outputs = groups * random.randint(1, 5), groups * random.randint(1, 6)
    kernel = [random.randint(1, 5), random.randint(1, 5)]
    options = {name: [random.randint(low, high) for _ in range(2)] for name, low, high in
               [("stride", 1, 3), ("padding", 0, 4), ("dilation", 1, 3)]}
    least = [max(1, options["dilation"][a] * (kernel[a] - 1) + 1 - 2 * options["padding"][a]) for a in range(2)]
    sides = [least[0] + random.randint(0, 9), least[1] + random.randint(0, 20)]
    tensors = {"input": noise(random.randint(1, 3), channels, *sides), "weight": noise(outputs, channels // groups, *kernel),
               "bias": noise(outputs)}
    return tensors, dict(options, groups=groups), lambda t: F.conv2d(t["input"], t["weight"], t["bias"], groups=groups, **options)


def pool(function):
    def case(n):
        kernel = [random.randint(1, 4), random.randint(1, 4)]
        options = {"stride": [random.randint(1, 3) for _ in range(2)], "padding": [random.randint(0, k // 2) for k in kernel]}
        if function is F.max_pool2d:
            options["dilation"] = [random.randint(1, 2) for _ in range(2)]
        sides = [random.randint(2 * k, 2 * k + 12) for k in kernel]
        tensors = {"input": noise(random.randint(1, 3), random.randint(1, 3), *sides)}
        return tensors, dict(options, kernel=kernel), lambda t: function(t["input"], kernel, **options)
    return case


def linear(n):
    images, inputs, outputs = random.randint(1, 6), random.randint(1, 70), random.randint(1, 20)
    tensors = {"input": noise(images, inputs), "weight": noise(outputs, inputs), "bias": noise(outputs)}
    return tensors, {}, lambda t: F.linear(t["input"], t["weight"], t["bias"])


def relu(n):
    return {"input": noise(random.randint(1, 90))}, {}, lambda t: F.relu(t["input"])


def cross_entropy(n):
    images, classes = random.randint(1, 8), random.randint(2, 12)
    labels = [random.randrange(classes) for _ in range(images)]
    tensors = {"input": noise(images, classes) * random.choice([1, 30])}
    return tensors, {"labels": labels}, lambda t: F.cross_entropy(t["input"], torch.tensor(labels))


cases = {"conv": conv, "max_pool": pool(F.max_pool2d), "avg_pool": pool(F.avg_pool2d), "linear": linear, "relu": relu,
         "cross_entropy": cross_entropy}
operation, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
random.seed(seed)
torch.manual_seed(seed)
for n in range(count):
    tensors, options, run = cases[operation](n)
    for tensor in tensors.values():
        tensor.requires_grad_()
    output = run(tensors)
    given = noise(*output.shape) if output.dim() else torch.tensor(1.0)
    output.backward(given)
    print(json.dumps({
        "options": options, "tensors": {name: packed(tensor) for name, tensor in tensors.items()}, "output": packed(output),
        "given": packed(given), "gradients": {name: packed(tensor.grad) for name, tensor in tensors.items()}}))
