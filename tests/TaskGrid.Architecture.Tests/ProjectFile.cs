using System.Xml.Linq;

namespace TaskGrid.Architecture.Tests;

/// <summary>A project as its file describes it.</summary>
internal sealed record ProjectFile(string Name, string Folder, XElement Xml)
{
    public bool IsTest => Folder.StartsWith("tests/", StringComparison.Ordinal);

    public bool IsPureRoom => Property("PureRoom") == "true";

    public string AssemblyName => Property("AssemblyName") ?? Name;

    public IEnumerable<string> References => Items("ProjectReference").SelectMany(ReferencesOf);

    public IEnumerable<string> Packages => Items("PackageReference").Select(item => (string?)item.Attribute("Include") ?? "");

    public IEnumerable<string> Frameworks => Items("FrameworkReference").Select(item => (string?)item.Attribute("Include") ?? "");

    public string Sdk => (string?)Xml.Attribute("Sdk") ?? "";

    public IEnumerable<XElement> Items(string kind) => Xml.Descendants().Where(element => element.Name.LocalName == kind);

    public static ProjectFile Read(string root, string path) => Parse(
        Path.GetFileNameWithoutExtension(path),
        Path.GetRelativePath(root, Path.GetDirectoryName(path)!).Replace('\\', '/'),
        File.ReadAllText(path));

    public static ProjectFile Parse(string name, string folder, string xml) => new(name, folder, XElement.Parse(xml));

    public override string ToString() => Name;

    private string? Property(string name) => Xml.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    private static IEnumerable<string> ReferencesOf(XElement item) => ((string?)item.Attribute("Include") ?? "")
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));
}
