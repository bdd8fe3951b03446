using System.Net;
using LiveConv.Page;

namespace LiveConv.Viewer.Tests;

/// <summary>Who has a place when all are taken.</summary>
public class PagePlacesTests
{
    private static readonly IPAddress Proxy = IPAddress.Loopback;
    private static readonly IPAddress Elsewhere = IPAddress.Parse("192.0.2.7");

    [Fact]
    public void Places_AllOfOneSession_GoToOthersUntilEachHasAsMany()
    {
        var places = new PagePlaces(isOpenToOthers: true);
        PagePlaces.Place[] hostile = [.. Enumerable.Range(0, 16).Select(_ => Take(places, Guest(Proxy, "hostile")))];
        Assert.Null(places.TryTake(Guest(Proxy, "hostile")));
        Assert.True(places.IsFullFor(Guest(Proxy, "hostile")));

        for (int i = 0; i < 8; i++)
        {
            Assert.False(places.IsFullFor(Guest(Proxy, "honest")));
            Take(places, Guest(Proxy, "honest"));
        }

        // The newest of its pages went.
        Assert.Equal(8, hostile.Count(place => place.Lost.IsCompleted));
        Assert.All(hostile[..8], place => Assert.False(place.Lost.IsCompleted));
        Assert.Null(places.TryTake(Guest(Proxy, "honest")));
        Take(places, Guest(Proxy, "third"));
    }

    [Fact]
    public void Places_OfSessionsWithOneEach_AreKeptFromOthersOfTheirNetwork()
    {
        var places = new PagePlaces(isOpenToOthers: true);
        PagePlaces.Place[] lesson = [.. Enumerable.Range(0, 16).Select(i => Take(places, Guest(Proxy, $"{i}")))];

        Assert.Null(places.TryTake(Guest(Proxy, "late")));
        Assert.All(lesson, place => Assert.False(place.Lost.IsCompleted));

        // Another network gets one of the many, and no second one.
        Take(places, Guest(Elsewhere, "a"));
        Assert.Null(places.TryTake(Guest(Elsewhere, "b")));
        Assert.Single(lesson, place => place.Lost.IsCompleted);
    }

    [Fact]
    public void Places_OfPresenters_AreTakenByNoGuest()
    {
        var places = new PagePlaces(isOpenToOthers: true);
        var presenter = new Visitor(Proxy, PageRole.Presenter, Session: null);
        PagePlaces.Place[] presenters = [.. Enumerable.Range(0, 18).Select(_ => Take(places, presenter))];

        Assert.Null(places.TryTake(presenter));
        Assert.Null(places.TryTake(Guest(Elsewhere, "a")));
        presenters[0].Dispose();
        Assert.Null(places.TryTake(Guest(Elsewhere, "a")));
        Take(places, presenter);
    }

    private static Visitor Guest(IPAddress network, string session) => new(network, PageRole.Guest, session);

    private static PagePlaces.Place Take(PagePlaces places, Visitor visitor)
    {
        PagePlaces.Place? place = places.TryTake(visitor);
        Assert.NotNull(place);
        return place;
    }
}
