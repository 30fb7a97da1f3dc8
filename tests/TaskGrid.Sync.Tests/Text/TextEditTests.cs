using System.Text;
using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

public sealed class TextEditTests
{
    [Theory(DisplayName = "[TX2] an edit in normal form is read and written as it stands")]
    [InlineData("[]")]
    [InlineData("[\"a\"]")]
    [InlineData("[3,\"hi\",5,{\"d\":8}]")]
    [InlineData("[{\"d\":1},\"x\"]")]
    [InlineData("[\"x\",{\"d\":1}]")]
    [InlineData("[\"👩‍👩‍👧 é\"]")]
    public void An_edit_in_normal_form_is_read_and_written_as_it_stands(string json)
    {
        TextEdit edit = Read(json);
        Assert.Equal(JsonDocument.Parse(json).RootElement.GetRawText(), CanonicalJson.From(JsonSerializer.Serialize(edit)));
        Assert.Equal(edit, JsonSerializer.Deserialize<TextEdit>(json));
        Assert.Equal(edit.GetHashCode(), Read(json).GetHashCode());
    }

    [Theory(DisplayName = "[TX2] what is not in normal form is refused")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[0]")]
    [InlineData("[1]")]
    [InlineData("[\"a\",1]")]
    [InlineData("[-1,\"a\"]")]
    [InlineData("[1.5,\"a\"]")]
    [InlineData("[1e10,\"a\"]")]
    [InlineData("[1,1,\"a\"]")]
    [InlineData("[\"\"]")]
    [InlineData("[\"a\",\"b\"]")]
    [InlineData("[{\"d\":0}]")]
    [InlineData("[{\"d\":-1}]")]
    [InlineData("[{\"d\":1},{\"d\":1}]")]
    [InlineData("[{\"d\":\"a\"}]")]
    [InlineData("[{\"d\":1,\"e\":1}]")]
    [InlineData("[{\"d\":1,\"d\":1}]")]
    [InlineData("[{}]")]
    [InlineData("[null]")]
    [InlineData("[true]")]
    [InlineData("[[1]]")]
    [InlineData("[\"\\u0000\"]")]
    [InlineData("[\"\\ud83d\"]")]
    [InlineData("[2147483647,{\"d\":1}]")]
    [InlineData("[268435456,{\"d\":1}]")]
    public void What_is_not_in_normal_form_is_refused(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.False(TextEdit.TryRead(document.RootElement, out TextEdit? edit, out string? error));
        Assert.Null(edit);
        Assert.NotNull(error);
    }

    [Fact]
    public void A_whole_number_may_be_written_in_any_form_of_JSON() =>
        Assert.Equal(Read("[30,\"a\"]"), Read("[3.0e1,\"a\"]"));

    [Fact]
    public void Components_are_brought_into_normal_form()
    {
        TextEdit edit = TextEdit.From(
            TextComponent.Keep(1), TextComponent.Keep(2), TextComponent.Insert("a"), TextComponent.Insert("😀"),
            TextComponent.Delete(1), TextComponent.Delete(1), TextComponent.Keep(9));

        Assert.Equal("[3,\"a😀\",{\"d\":2}]", Json(edit));
        Assert.Equal((2, 2, 5), (edit.Inserted, edit.Deleted, edit.Reach));
    }

    [Fact]
    public void Inserted_text_must_be_clean() =>
        Assert.Throws<ArgumentException>(() => TextComponent.Insert("\ud83d"));

    [Theory]
    [InlineData("", "", "[]")]
    [InlineData("same", "same", "[]")]
    [InlineData("abc", "abXc", "[2,\"X\"]")]
    [InlineData("aaa", "aa", "[2,{\"d\":1}]")]
    [InlineData("a😀b", "a😁b", "[1,{\"d\":1},\"😁\"]")]
    [InlineData("🀀", "😀", "[{\"d\":1},\"😀\"]")]
    public void The_difference_of_two_texts_never_cuts_a_code_point(string before, string after, string edit) =>
        Assert.Equal(edit, Json(TextEdit.Between(before, after)));

    [Fact]
    public void The_string_of_an_edit_shows_none_of_its_content() =>
        Assert.DoesNotContain("secret", Read("[\"secret\"]").ToString(), StringComparison.Ordinal);

    internal static TextEdit Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.True(TextEdit.TryRead(document.RootElement, out TextEdit? edit, out string? error), error);
        return edit;
    }

    internal static string Json(TextEdit edit)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(stream, options))
            edit.Write(writer);
        return CanonicalJson.From(Encoding.UTF8.GetString(stream.ToArray()));
    }
}
