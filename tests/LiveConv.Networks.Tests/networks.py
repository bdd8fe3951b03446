"""Writes networks as torch exports them, with random weights from a seed, one .onnx file each: networks.py FOLDER."""
import os
import sys
import warnings

warnings.filterwarnings("ignore")
import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(20)
torch.set_num_threads(1)


def norm(channels):
    """A batch normalization as it is after a training."""
    layer = nn.BatchNorm2d(channels)
    nn.init.uniform_(layer.weight, 0.5, 1.5)
    nn.init.uniform_(layer.bias, -0.3, 0.3)
    layer.running_mean.uniform_(-0.3, 0.3)
    layer.running_var.uniform_(0.5, 1.5)
    return layer


def conv(inputs, outputs, kernel, stride=1, groups=1, act=nn.ReLU):
    parts = [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False), norm(outputs)]
    return nn.Sequential(*(parts + ([act()] if act else [])))


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2))
        self.dense = nn.Sequential(nn.Linear(256, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10))

    def forward(self, x):
        return F.log_softmax(self.dense(self.features(x).view(x.size(0), -1)), dim=1)


class Vgg(nn.Module):
    def __init__(self):
        super().__init__()
        layers, inputs = [], 3
        for outputs in (16, "M", 32, "M", 48, 48, "M", 64, 64, "M"):
            layers += [nn.MaxPool2d(2)] if outputs == "M" else [nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU(True)]
            inputs = inputs if outputs == "M" else outputs
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Sequential(
            nn.Linear(64 * 16, 128), nn.ReLU(True), nn.Dropout(), nn.Linear(128, 64), nn.ReLU(True), nn.Dropout(), nn.Linear(64, 20))

    def forward(self, x):
        return self.classifier(torch.flatten(self.features(x), 1))


class Bottleneck(nn.Module):
    """MobileNet's, with or without an excitation of channels."""

    def __init__(self, inputs, outputs, stride, expansion, act, excites=False):
        super().__init__()
        hidden = inputs * expansion
        self.keeps = stride == 1 and inputs == outputs
        self.expand = conv(inputs, hidden, 1, act=act)
        self.depth = conv(hidden, hidden, 3, stride, hidden, act)
        self.excite = nn.Sequential(
            nn.AdaptiveAvgPool2d(1), nn.Conv2d(hidden, 8, 1), nn.ReLU(), nn.Conv2d(8, hidden, 1), nn.Hardsigmoid()) if excites else None
        self.project = conv(hidden, outputs, 1, act=None)

    def forward(self, x):
        y = self.depth(self.expand(x))
        y = y if self.excite is None else y * self.excite(y)
        y = self.project(y)
        return x + y if self.keeps else y


class MobileNet(nn.Module):
    def __init__(self, act, excites):
        super().__init__()
        self.layers = nn.Sequential(
            conv(3, 16, 3, 2, act=act), Bottleneck(16, 24, 2, 4, act, excites), Bottleneck(24, 24, 1, 4, act, excites),
            Bottleneck(24, 40, 2, 4, act, excites), Bottleneck(40, 40, 1, 4, act, excites), conv(40, 96, 1, act=act))
        self.classifier = nn.Linear(96, 10)

    def forward(self, x):
        return torch.softmax(self.classifier(self.layers(x).mean([2, 3])), 1)


class Fire(nn.Module):
    def __init__(self, inputs, squeezed, expanded):
        super().__init__()
        self.squeeze = nn.Conv2d(inputs, squeezed, 1)
        self.one = nn.Conv2d(squeezed, expanded, 1)
        self.three = nn.Conv2d(squeezed, expanded, 3, padding=1)

    def forward(self, x):
        x = F.relu(self.squeeze(x))
        return torch.cat([F.relu(self.one(x)), F.relu(self.three(x))], 1)


class SqueezeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 24, 3, 2), nn.ReLU(), nn.MaxPool2d(3, 2, ceil_mode=True), Fire(24, 8, 20), Fire(40, 8, 24),
            nn.MaxPool2d(3, 2, ceil_mode=True), Fire(48, 12, 32), nn.Dropout(), nn.Conv2d(64, 10, 1), nn.ReLU(), nn.AdaptiveAvgPool2d(1))

    def forward(self, x):
        return torch.flatten(self.layers(x), 1)


class Residual(nn.Module):
    """ResNet's or ResNeXt's block."""

    def __init__(self, inputs, outputs, stride, groups):
        super().__init__()
        self.main = nn.Sequential(conv(inputs, outputs, 1), conv(outputs, outputs, 3, stride, groups), conv(outputs, outputs, 1, act=None))
        self.side = nn.Identity() if stride == 1 and inputs == outputs else conv(inputs, outputs, 1, stride, act=None)

    def forward(self, x):
        return F.relu(self.main(x) + self.side(x))


class ResNet(nn.Module):
    def __init__(self, groups):
        super().__init__()
        self.layers = nn.Sequential(
            conv(3, 24, 7, 2), nn.MaxPool2d(3, 2, 1), Residual(24, 32, 1, groups), Residual(32, 32, 1, groups), Residual(32, 64, 2, groups),
            Residual(64, 64, 1, groups), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))

    def forward(self, x):
        return self.layers(x)


class DenseNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 20, 3, padding=1)
        self.layers = nn.ModuleList(
            nn.Sequential(norm(20 + 12 * i), nn.ReLU(), nn.Conv2d(20 + 12 * i, 12, 3, padding=1, bias=False)) for i in range(3))
        self.last = nn.Sequential(norm(56), nn.ReLU(), nn.Conv2d(56, 24, 1), nn.AvgPool2d(2))

    def forward(self, x):
        x = self.first(x)
        for layer in self.layers:
            x = torch.cat([x, layer(x)], 1)
        return self.last(x)


class Shuffle(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = nn.Conv2d(3, 24, 3, padding=1, bias=False)
        self.two = nn.Conv2d(24, 24, 3, padding=1, groups=3)

    def forward(self, x):
        x = F.leaky_relu(self.one(x), 0.1)
        n, c, h, w = x.shape
        x = x.view(n, 3, c // 3, h, w).transpose(1, 2).reshape(n, c, h, w)
        return torch.sigmoid(self.two(x))


class Padded(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1, padding_mode="reflect")
        self.same = nn.Conv2d(8, 8, 3, padding=(2, 4), dilation=(2, 3))

    def forward(self, x):
        return self.same(F.pad(self.conv(x) * 0.5 - 0.25, (1, 0, 2, 1))).clamp(-0.5, 0.75)


def write(folder, name, network, size, opset):
    for part in network.modules():
        if isinstance(part, nn.Conv2d):
            nn.init.kaiming_normal_(part.weight, nonlinearity="relu")
    torch.onnx.export(network.eval(), torch.zeros(1, *size), os.path.join(folder, name + ".onnx"), opset_version=opset)


def main():
    folder = sys.argv[1]
    write(folder, "lenet", LeNet(), (1, 28, 28), 9)
    write(folder, "vgg", Vgg(), (3, 64, 64), 11)
    write(folder, "mobilenet-v2", MobileNet(nn.ReLU6, False), (3, 64, 64), 10)
    write(folder, "mobilenet-v3", MobileNet(nn.Hardswish, True), (3, 64, 64), 14)
    write(folder, "efficientnet", MobileNet(nn.SiLU, True), (3, 48, 48), 13)
    write(folder, "squeezenet", SqueezeNet(), (3, 67, 67), 7)
    write(folder, "resnet", ResNet(1), (3, 64, 64), 12)
    write(folder, "resnext", ResNet(8), (3, 64, 64), 17)
    write(folder, "densenet", DenseNet(), (3, 32, 32), 13)
    write(folder, "shuffled", Shuffle(), (3, 20, 20), 13)
    write(folder, "padded", Padded(), (3, 20, 24), 16)


main()
