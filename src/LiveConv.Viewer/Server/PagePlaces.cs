using System.Net;
using LiveConv.Page;

namespace LiveConv.Viewer;

/// <summary>
/// The places of pages. Where all are taken, a guest who has none is given one of a guest's who has several, and a network that has none
/// one of the network that has more than half. Presenters lose none. Thread-safe.
/// </summary>
/// <param name="isOpenToOthers">Whether there are guests, so that some places are the presenters' alone.</param>
internal sealed class PagePlaces(bool isOpenToOthers)
{
    /// <summary>How many pages are connected at most, those of presenters that guests leave free aside.</summary>
    public const int Max = 16;

    // Guests who take all places do not keep the presenter out.
    private const int MoreForPresenters = 2;
    private readonly Lock gate = new();
    private readonly List<Place> taken = [];

    /// <summary>Whether a visitor would get none now.</summary>
    public bool IsFullFor(Visitor visitor)
    {
        lock (gate)
        {
            return IsFull(visitor.Role) && LastOfTooMany(visitor) is null;
        }
    }

    /// <summary>Takes a place; another page may lose its own by that.</summary>
    /// <param name="visitor">Whose page it is.</param>
    /// <returns>To dispose when the page has left; null when there is none.</returns>
    public Place? TryTake(Visitor visitor)
    {
        Place? lost = null;
        Place place;
        lock (gate)
        {
            if (IsFull(visitor.Role))
            {
                lost = LastOfTooMany(visitor);
                if (lost is null)
                {
                    return null;
                }

                taken.Remove(lost);
            }

            place = new Place(this, visitor);
            taken.Add(place);
        }

        lost?.Lose();
        return place;
    }

    private bool IsFull(PageRole? role) =>
        taken.Count >= (isOpenToOthers && role == PageRole.Presenter ? Max + MoreForPresenters : Max);

    private Place? LastOfTooMany(Visitor newcomer)
    {
        if (newcomer.Role != PageRole.Guest)
        {
            return null;
        }

        Place[] guests = [.. taken.Where(place => place.Visitor.Role == PageRole.Guest)];
        Dictionary<Visitor, int> visitors = guests.CountBy(place => place.Visitor).ToDictionary();
        Place? last = Enumerable.Reverse(guests).MaxBy(place => visitors[place.Visitor]);
        if (last is not null && visitors[last.Visitor] >= visitors.GetValueOrDefault(newcomer) + 2)
        {
            return last;
        }

        Dictionary<IPAddress, int> networks = guests.CountBy(place => place.Visitor.Network).ToDictionary();
        return networks.ContainsKey(newcomer.Network)
            ? null
            : Enumerable.Reverse(guests).Where(place => networks[place.Visitor.Network] > Max / 2).MaxBy(place => visitors[place.Visitor]);
    }

    /// <summary>A page's place.</summary>
    internal sealed class Place(PagePlaces places, Visitor visitor) : IDisposable
    {
        private readonly TaskCompletionSource lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Whose page it is.</summary>
        public Visitor Visitor => visitor;

        /// <summary>Completes when another page has taken it, and else never.</summary>
        public Task Lost => lost.Task;

        /// <summary>Reports that another page has taken it.</summary>
        public void Lose() => lost.TrySetResult();

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (places.gate)
            {
                places.taken.Remove(this);
            }
        }
    }
}
