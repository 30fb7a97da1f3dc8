namespace TaskGrid.Simulation;

/// <summary>How bad the network is, and what people do while it is slow.</summary>
internal sealed class Weather(Random random, Counts counts)
{
    /// <summary>Nothing is lost any more.</summary>
    public bool Calm { get; set; }

    /// <summary>What may happen while an answer is on its way.</summary>
    public Action? Meanwhile { get; set; }

    /// <summary>Whether this request is lost.</summary>
    public bool LosesRequest() => Counted(!Calm && random.Next(12) == 0, Count.RequestsDropped);

    /// <summary>Whether this answer is lost.</summary>
    public bool LosesAnswer() => Counted(!Calm && random.Next(9) == 0, Count.AnswersDropped);

    /// <summary>Whether this request comes a second time, later.</summary>
    public bool Repeats() => Counted(!Calm && random.Next(15) == 0, Count.RequestsRepeated);

    /// <summary>Whether a live connection breaks now.</summary>
    public bool CutsLive() => Counted(!Calm && random.Next(12) == 0, Count.LiveCut);

    /// <summary>Somebody waits for news by asking.</summary>
    public void NotePoll() => counts.Add(Count.LongPolls);

    /// <summary>A while, in which others are at work.</summary>
    public async Task PassAsync()
    {
        for (var turns = random.Next(4); turns > 0; turns--) await Task.Yield();
        if (Calm || Meanwhile is null || random.Next(10) != 0) return;
        counts.Add(Count.WritesDuringSync);
        Meanwhile();
    }

    private bool Counted(bool happens, Count count)
    {
        if (happens) counts.Add(count);
        return happens;
    }
}
