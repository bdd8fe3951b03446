namespace LiveConv.Convolution;

/// <summary>Functions of one value, with their two numbers a and b.</summary>
internal enum BlockedFunction
{
    /// <summary><c>max(x, 0)</c>.</summary>
    Relu,

    /// <summary><c>x</c>, or <c>a * x</c> below zero.</summary>
    LeakyRelu,

    /// <summary><c>min(max(x, a), b)</c>.</summary>
    Clip,

    /// <summary><c>min(max(a * x + b, 0), 1)</c>.</summary>
    HardSigmoid,

    /// <summary><c>x * min(max(a * x + b, 0), 1)</c>.</summary>
    HardSwish,

    /// <summary><c>1 / (1 + exp(-x))</c>, in double precision.</summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent, in double precision.</summary>
    Tanh,
}
