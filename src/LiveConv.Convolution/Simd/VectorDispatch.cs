using System.Numerics;
using System.Runtime.Intrinsics;

namespace LiveConv.Convolution;

/// <summary>Makes something that is compiled for lanes of one width.</summary>
internal interface ILaneFactory<out TResult>
{
    TResult Create<TLanes, TPixels, TSums>()
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : unmanaged;
}

/// <summary>Does something in floating-point lanes of one width.</summary>
internal interface IRealLaneAction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    void Run<TLanes, TVector>()
        where TLanes : IRealLanes<T, TVector>
        where TVector : struct;
}

/// <summary>Makes something that is compiled for floating-point lanes of one width.</summary>
internal interface IRealLaneFactory<T, out TResult>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    TResult Create<TLanes, TVector>()
        where TLanes : IRealLanes<T, TVector>
        where TVector : struct;
}

/// <summary>
/// The only place that turns a vector width into the types that are compiled for it. Factories and actions are structs, for each of
/// which the compiler generates its own code: nothing is virtual and nothing is boxed.
/// </summary>
internal static class VectorDispatch
{
    /// <summary>Makes something for the integer lanes of a width.</summary>
    public static TResult Create<TFactory, TResult>(VectorWidth width, TFactory factory)
        where TFactory : struct, ILaneFactory<TResult> => width switch
        {
            VectorWidth.Vector512 => factory.Create<Lanes512, Vector512<byte>, Lanes512.Sums>(),
            VectorWidth.Vector256 => factory.Create<Lanes256, Vector256<byte>, Lanes256.Sums>(),
            VectorWidth.Vector128 => factory.Create<Lanes128, Vector128<byte>, Lanes128.Sums>(),
            _ => factory.Create<LanesScalar, int, int>(),
        };

    /// <summary>Does something with the floating-point lanes of a width.</summary>
    public static void Run<T, TAction>(VectorWidth width, TAction action)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TAction : struct, IRealLaneAction<T>, allows ref struct
    {
        switch (width)
        {
            case VectorWidth.Vector512:
                action.Run<RealLanes512<T>, Vector512<T>>();
                break;
            case VectorWidth.Vector256:
                action.Run<RealLanes256<T>, Vector256<T>>();
                break;
            case VectorWidth.Vector128:
                action.Run<RealLanes128<T>, Vector128<T>>();
                break;
            default:
                action.Run<RealLanesScalar<T>, T>();
                break;
        }
    }

    /// <summary>Makes something for the floating-point lanes of a width.</summary>
    public static TResult Create<T, TFactory, TResult>(VectorWidth width, TFactory factory)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFactory : struct, IRealLaneFactory<T, TResult> => width switch
        {
            VectorWidth.Vector512 => factory.Create<RealLanes512<T>, Vector512<T>>(),
            VectorWidth.Vector256 => factory.Create<RealLanes256<T>, Vector256<T>>(),
            VectorWidth.Vector128 => factory.Create<RealLanes128<T>, Vector128<T>>(),
            _ => factory.Create<RealLanesScalar<T>, T>(),
        };
}
