namespace LiveConv.Repository.Tests.Words;

internal sealed record WordHit(int Line, string Found, BannedWord Word);
