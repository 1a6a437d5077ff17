// Compares every answer of the library with the committed ones.
//
//     mcs -unsafe Golden.cs Optout.cs Codes.cs
//     LD_LIBRARY_PATH=PREFIX/lib mono Golden.exe ../../tests/golden/answers.tsv
using System;
using System.IO;
using System.Linq;
using Optout;

internal static class Golden
{
    private static Ruling ruling = new Ruling();
    private static Register register;

    // Status and field of a judgement; a failure must say in words what is wrong.
    private static string Judged(Action judge)
    {
        try
        {
            judge();
            return "0\t0";
        }
        catch (OptoutException failure) when (failure.Message != "")
        {
            return $"{failure.Status}\t{failure.Field}";
        }
    }

    private static string Join(params object[] values) => string.Join("\t", values);

    private static string AskDisclosure(uint[] of)
    {
        ruling = new Ruling();
        return Judged(() => ruling.Assess(new Disclosure
        {
            On = of[0], Origin = of[1], Boundary = of[2], Identifiability = of[3], Purpose = of[4],
            Bases = of[5], Conditions = of[6],
        }));
    }

    private static string AskFlow(string id, uint on)
    {
        ruling = new Ruling();
        return Judged(() => ruling.AssessFlow(id, on));
    }

    private static string AskNumber(Field field, string text)
    {
        uint number = 0;
        string judged = Judged(() => number = Library.Number(field, text));
        return Join(judged.Split('\t')[0], number);
    }

    private static string AskMany()
    {
        byte[] patients = Enumerable.Range(0, 256).Select(it => (byte)it).ToArray();
        var answer = ruling.DecideMany(patients);
        if (patients.Where((patient, place) => patient != place).Any())
            return "the patients were written";
        return Join(answer.Key, string.Concat(answer.Value));
    }

    private static string AskPatient(uint[] of)
    {
        byte patient = Library.Patient(
            (Type1)of[0], (National)of[1], (Programme)of[2], of[3] == 1, of[4] == 1);
        Answer answer = ruling.Decide(patient);
        Decision it = answer.Decision;
        if (answer.Allowed != (answer.Status == 0 && it.Verdict == 1))
            return "allowed is not the verdict";
        string clauses = string.Join(",", ruling.Clauses(patient));
        return Join(
            patient, answer.Status, it.Verdict, it.Reason, it.Route, it.BlockedBy, it.UnverifiedBases,
            it.UnverifiedConditions, clauses == "" ? "-" : clauses);
    }

    private static string AskRegister(string path, uint days) =>
        Judged(() => register = Register.Open(path, days)).Split('\t')[0];

    private static string AskNational(uint on, string number)
    {
        National national = National.Unknown;
        string judged = Judged(() => national = register.Status(on, number));
        return Join(judged.Split('\t')[0], (uint)national);
    }

    private static string AskJson(string question)
    {
        var answer = Library.DecideJson(question);
        return Join(answer.Key, answer.Value);
    }

    private static string AskWord(Field field, uint number, string code) =>
        Join((uint)field, Library.Number(field, code), Library.Code(field, number));

    // How many fields of a line are the question, and what the library answers.
    private static string Answer(string kind, string[] of, out int asked)
    {
        Func<int, uint[]> numbers = count => of.Take(count).Select(uint.Parse).ToArray();
        switch (kind)
        {
            case "word":
                asked = 0;
                return AskWord((Field)numbers(1)[0], numbers(2)[1], of[2]);
            case "number": asked = 2; return AskNumber((Field)numbers(1)[0], of[1]);
            case "disclosure": asked = 7; return AskDisclosure(numbers(7));
            case "flow": asked = 2; return AskFlow(of[0], uint.Parse(of[1]));
            case "verdicts": asked = 0; return AskMany();
            case "patient": asked = 5; return AskPatient(numbers(5));
            case "register": asked = 2; return AskRegister(of[0], uint.Parse(of[1]));
            case "national": asked = 2; return AskNational(uint.Parse(of[0]), of[1]);
            case "json": asked = 1; return AskJson(of[0]);
            default: asked = 0; return "a kind of line that this program does not know";
        }
    }

    private static int Main(string[] arguments)
    {
        int equal = 0, different = 0, place = 0;
        foreach (string line in File.ReadLines(arguments[0]))
        {
            place++;
            if (line.StartsWith("#"))
                continue;
            string[] fields = line.Split('\t');
            string[] of = fields.Skip(1).ToArray();
            string found = Answer(fields[0], of, out int asked);
            string expected = string.Join("\t", of.Skip(asked));
            if (found == expected)
            {
                equal++;
                continue;
            }
            different++;
            Console.WriteLine($"line {place}: {fields[0]}: found {found}, expected {expected}");
        }
        register.Dispose();
        Console.WriteLine(different > 0 ? $"{different} answers differ" : $"{equal} answers equal");
        return different > 0 || equal == 0 ? 1 : 0;
    }
}
