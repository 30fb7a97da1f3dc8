namespace TaskGrid.Architecture.Tests;

public sealed class FormTests
{
    [Fact]
    public void Source_files_keep_the_form_of_the_house()
    {
        Assert.NotEmpty(House.Sources);
        Breaches.None(House.Sources.SelectMany(Form.Breaches));
    }

    [Theory]
    [InlineData("services/X/SessionManager.cs", "namespace X;")]
    [InlineData("services/X/Common/Clock.cs", "namespace X;")]
    [InlineData("services/X/Clock.cs", "internal static class ClockHelper;")]
    [InlineData("services/X/Clock.cs", "public abstract partial class GrainBase;")]
    [InlineData("services/X/Clock.cs", "public sealed record ClockUtils(int A);")]
    [InlineData("services/X/Clock.cs", "    #" + "region Clocks")]
    [InlineData("services/X/Clock.cs", "#" + "pragma warning disable CS1591")]
    [InlineData("services/X/Clock.cs", "//" + " TODO later")]
    public void A_careless_file_is_found(string path, string text) => Assert.NotEmpty(Form.Breaches(new SourceFile(path, text)));

    [Fact]
    public void A_file_that_is_too_long_is_found() =>
        Assert.NotEmpty(Form.Breaches(new SourceFile("services/X/Clock.cs", new string('\n', Form.LinesAtMost))));

    [Theory]
    [InlineData("Baseline")]
    [InlineData("TaskCommunity")]
    [InlineData("Implementers")]
    public void A_name_that_only_resembles_a_banned_one_stands(string name) => Assert.False(Form.IsBanned(name));
}
