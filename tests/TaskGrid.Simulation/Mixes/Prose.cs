using System.Text;

namespace TaskGrid.Simulation;

/// <summary>How people write: in words and sentences.</summary>
internal sealed class Prose(Random random)
{
    private static readonly string[] Vocabulary =
        """
        the a of and to in for with on by from this that we they it is are was should must can will not all some each new old open wide
        deploy review draft plan fix write ship server client report customer invoice design meeting release bug test search slow fast page
        login export budget team weekly sprint document offline merge check paint fence garden pipe valve meter cable roof window door key
        order deliver measure photo signature before after morning noon evening tomorrow later soon blue green red left right upper lower
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A title to begin with.</summary>
    public string Title() => Words(random.Next(3, 8));

    /// <summary>A description to begin with.</summary>
    public string Description() => string.Join(' ', Enumerable.Range(0, random.Next(1, 7)).Select(_ => Sentence()));

    public string Sentence() => Words(random.Next(5, 16)) + ".";

    /// <summary>A title, edited.</summary>
    public string Retitled(string title)
    {
        var words = title.Split(' ').ToList();
        if (random.Next(10) < 6) words.InsertRange(random.Next(words.Count + 1), Pick(random.Next(1, 3)));
        else words[random.Next(words.Count)] = Pick(1)[0];
        return string.Join(' ', words);
    }

    /// <summary>A description, edited once.</summary>
    /// <param name="text">As shown.</param>
    /// <param name="rewrites">How often a whole sentence is written anew.</param>
    public string Edited(string text, double rewrites)
    {
        var roll = random.NextDouble();
        if (text.Length == 0 || roll < 0.55 - rewrites) return Inserted(text);
        if (roll < 0.80 - rewrites) return Replaced(text, random.Next(1, 4));
        if (roll < 0.90 - rewrites) return $"{text} {Sentence()}";
        return roll < 1 - rewrites ? Deleted(text, random.Next(1, 9)) : Rewritten(text);
    }

    private string Inserted(string text)
    {
        var sentences = Sentences(text);
        sentences.Insert(random.Next(sentences.Count + 1), Sentence());
        return string.Join(' ', sentences);
    }

    private string Rewritten(string text)
    {
        var sentences = Sentences(text);
        sentences[random.Next(sentences.Count)] = Sentence();
        return string.Join(' ', sentences);
    }

    private string Replaced(string text, int count) => Cut(text, count, Pick(count));

    private string Deleted(string text, int count) => Cut(text, count, []);

    private string Cut(string text, int count, IEnumerable<string> instead)
    {
        var words = text.Split(' ').ToList();
        var at = random.Next(words.Count);
        words.RemoveRange(at, Math.Min(count, words.Count - at));
        words.InsertRange(at, instead);
        return string.Join(' ', words);
    }

    private static List<string> Sentences(string text)
    {
        var sentences = new List<string>();
        var sentence = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            sentence.Append(sentence.Length > 0 ? " " : "").Append(word);
            if (!word.EndsWith('.')) continue;
            sentences.Add(sentence.ToString());
            sentence.Clear();
        }
        if (sentence.Length > 0) sentences.Add(sentence.ToString());
        return sentences;
    }

    private string Words(int count) => string.Join(' ', Pick(count));

    private string[] Pick(int count) => [.. Enumerable.Range(0, count).Select(_ => Vocabulary[random.Next(Vocabulary.Length)])];
}
