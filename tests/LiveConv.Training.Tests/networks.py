"""Checks networks' losses, gradients and steps, which LiveConv computed in single precision, against torch in double precision."""
import base64
import json
import sys

import numpy
import torch
import torch.nn as nn

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def unpacked(text):
    return numpy.frombuffer(base64.b64decode(text), dtype="<f4").astype("f8")


def layer(spec, channels):
    kind = spec["kind"]
    if kind == "conv":
        return nn.Conv2d(channels, spec["channels"], spec["kernel"], spec["stride"], spec["padding"], spec["dilation"], spec["groups"])
    if kind == "dense":
        return nn.Linear(channels, spec["outputs"])
    return {"relu": nn.ReLU, "flatten": nn.Flatten}[kind]() if kind in ("relu", "flatten") else \
        {"max": nn.MaxPool2d, "average": nn.AvgPool2d}[kind](spec["size"]) if kind in ("max", "average") else \
        nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())


def off(actual, expected):
    return float(numpy.abs(actual - expected).max() / (1e-3 + numpy.abs(expected).max()))


for line in open(sys.argv[1]):
    case = json.loads(line)
    x = torch.tensor(unpacked(case["images"]).reshape(case["shape"]))
    modules, at = [], x
    for spec in case["layers"]:
        modules.append(layer(spec, at.shape[1]))
        at = modules[-1](at)
    network = nn.Sequential(*modules)
    parameters = list(network.parameters())
    for parameter, values in zip(parameters, case["parameters"], strict=True):
        parameter.data = torch.tensor(unpacked(values).reshape(parameter.shape))
    loss = nn.functional.cross_entropy(network(x), torch.tensor(case["labels"]))
    loss.backward()
    worst = max(off(unpacked(g), p.grad.numpy().ravel()) for g, p in zip(case["gradients"], parameters, strict=True))
    kind = case["optimizer"]
    optimizer = torch.optim.SGD(parameters, 0.05, momentum=0.9) if kind == "Sgd" else torch.optim.Adam(parameters, 0.01)
    for _ in range(3):
        optimizer.step()
    stepped = max(off(unpacked(v), p.detach().numpy().ravel()) for v, p in zip(case["stepped"], parameters, strict=True))
    print(json.dumps({"loss": abs(case["loss"] - loss.item()) / (1 + abs(loss.item())), "gradient": worst, "step": stepped}))
