using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace LiveConv.Page.Tests;

/// <summary>Declares records and enums in TypeScript, with the comments of the C# code.</summary>
internal sealed class TypeScript
{
    private static readonly NullabilityInfoContext Nullability = new();
    private readonly Dictionary<string, XElement> comments = [];
    private readonly List<Type> declared = [];
    private readonly Queue<Type> open = new();
    private readonly StringBuilder text = new();

    /// <summary>The members of a record as they stand in JSON, in the order of its constructor.</summary>
    public static IEnumerable<PropertyInfo> MembersOf(Type record) =>
        record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(member => member.Name != nameof(OutboundMessage.Type)).OrderBy(member => member.MetadataToken);

    public static string JsonName(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>Declares a record, and everything that it mentions.</summary>
    public void Declare(Type record)
    {
        Enqueue(record);
        while (open.TryDequeue(out Type? next))
        {
            if (next.IsEnum)
            {
                WriteEnum(next);
            }
            else
            {
                WriteRecord(next);
            }
        }
    }

    /// <summary>Adds a line as it is.</summary>
    public void Line(string line) => text.Append(line).Append('\n');

    public override string ToString() => text.ToString();

    private void Enqueue(Type type)
    {
        if (!declared.Contains(type))
        {
            declared.Add(type);
            open.Enqueue(type);
        }
    }

    private void WriteEnum(Type type)
    {
        string names = string.Join(" | ", Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(value => NameOf(type, value)));
        Line($"/** {SummaryOf(type)} */");
        Line($"export type {type.Name} = {names};");
        Line("");
    }

    // As the page's own converter writes it, names of its own included; the pipeline's names are camel case everywhere.
    private static string NameOf(Type type, object value)
    {
        string name = Enum.GetName(type, value)!;
        string? given = type.GetField(name)!.GetCustomAttribute<System.Text.Json.Serialization.JsonStringEnumMemberNameAttribute>()?.Name;
        return $"\"{given ?? JsonName(name)}\"";
    }

    private void WriteRecord(Type record)
    {
        Line($"/** {SummaryOf(record)} */");
        Line($"export interface {record.Name} {{");
        if (record.IsSubclassOf(typeof(OutboundMessage)))
        {
            Line($"  type: \"{Protocol.ToPage.First(pair => pair.Value == record).Key}\";");
        }

        foreach (PropertyInfo member in MembersOf(record))
        {
            if (CommentOf(record, member) is { Length: > 0 } comment)
            {
                Line($"  /** {comment} */");
            }

            Line($"  {JsonName(member.Name)}: {TypeOf(record, member)};");
        }

        Line("}");
        Line("");
    }

    private string TypeOf(Type record, PropertyInfo member)
    {
        if (Protocol.NamedMembers.TryGetValue((record, member.Name), out (string Text, Type Names) named))
        {
            Enqueue(named.Names);
            TypeOf(member.PropertyType.GetGenericArguments()[^1]);
            return named.Text;
        }

        bool isNullable = Nullability.Create(member).ReadState == NullabilityState.Nullable;
        return TypeOf(member.PropertyType) + (isNullable ? " | null" : "");
    }

    private string TypeOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(JsonElement))
        {
            return "PresetDocument";
        }

        if (type == typeof(string) || type == typeof(bool))
        {
            return type == typeof(string) ? "string" : "boolean";
        }

        if (type.IsArray)
        {
            return TypeOf(type.GetElementType()!) + "[]";
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            return TypeOf(type.GetGenericArguments()[0]) + "[]";
        }

        if (type.IsPrimitive)
        {
            return "number";
        }

        Assert.StartsWith("LiveConv.", type.FullName, StringComparison.Ordinal);
        Enqueue(type);
        return type.Name;
    }

    private string SummaryOf(Type type) => OneLine(CommentsOf(type)?.Element("summary"));

    private string CommentOf(Type record, PropertyInfo member) => OneLine(
        CommentsOf(record)?.Elements("param").FirstOrDefault(param => param.Attribute("name")?.Value == member.Name)
        ?? CommentsOf(record.Assembly, $"P:{record.FullName}.{member.Name}")?.Element("summary"));

    private static string OneLine(XElement? element) =>
        string.Join(' ', (element?.Value ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private XElement? CommentsOf(Type type) => CommentsOf(type.Assembly, $"T:{type.FullName}");

    private XElement? CommentsOf(Assembly assembly, string id)
    {
        string file = Path.ChangeExtension(assembly.Location, ".xml");
        if (!comments.TryGetValue(file, out XElement? all))
        {
            comments[file] = all = XDocument.Load(file).Root!.Element("members")!;
        }

        return all.Elements("member").FirstOrDefault(member => member.Attribute("name")?.Value == id);
    }
}
