// An electronic patient record asks before it sends: examples/epr.c in C#.
//
//     mcs -unsafe Epr.cs Optout.cs && LD_LIBRARY_PATH=PREFIX/lib mono Epr.exe
using System;
using System.Linq;
using Optout;

internal static class Epr
{
    private sealed class Row
    {
        internal string Message;
        internal char Type1;     // 'D' dissent recorded, 'N' looked up and none, '?' never looked up
        internal char National;  // 'O' opted out, 'N' checked and none, '?' not checked
        internal bool Consented; // to this study, recorded and not withdrawn
    }

    private static readonly Row[] Queue =
    {
        new Row { Message = "msg-1001", Type1 = 'N', National = 'N' },
        new Row { Message = "msg-1002", Type1 = 'D', National = 'N' },
        new Row { Message = "msg-1003", Type1 = 'N', National = 'O' },
        new Row { Message = "msg-1004", Type1 = '?', National = 'N' },
        new Row { Message = "msg-1005", Type1 = 'D', National = 'O', Consented = true },
        new Row { Message = "msg-1006", Type1 = 'N', National = '?', Consented = true },
    };

    // The table's letters as statuses. Whatever is not a clear answer is unknown, and unknown denies.
    private static byte Patient(Row row) => Library.Patient(
        type1: row.Type1 == 'D' ? Type1.Dissent : row.Type1 == 'N' ? Type1.None : Type1.Unknown,
        national: row.National == 'O' ? National.OptedOut
            : row.National == 'N' ? National.None : National.Unknown,
        explicitConsent: row.Consented);

    // The send hook: decides, and leaves a line of audit that names no patient.
    private static bool MaySend(string flow, Ruling ruling, string message, byte patient)
    {
        Answer answer = ruling.Decide(patient);
        Decision decision = answer.Decision;
        bool unverified = decision.UnverifiedBases != 0 || decision.UnverifiedConditions != 0;
        string route = Library.Code(Field.Route, decision.Route);
        string clauses = string.Join(",", ruling.Clauses(patient).Select(it => Library.Code(Field.Clause, it)));
        Console.WriteLine(
            $"{message} flow={flow} verdict={(answer.Allowed ? "allow" : "deny")} " +
            $"reason={Library.Code(Field.Reason, decision.Reason)} route={(route == "" ? "none" : route)} " +
            $"policy={Library.PolicyEdition} evidence={(unverified ? "unverified" : "none-needed")} " +
            $"clauses={clauses}");
        return answer.Allowed;
    }

    private static int Main()
    {
        // Judged once. A system does not start on a question that cannot be judged.
        var register = new Ruling();
        try
        {
            register.Assess(Disclosure.Of(
                20260601, "gp-record", "beyond-controller", "identifiable", "disease-registration",
                new[] { "copi-reg-5", "explicit-consent" }));
        }
        catch (OptoutException exception)
        {
            Console.Error.WriteLine($"disease-register: {exception.Message}");
            return 2;
        }
        int sent = Queue.Count(row => MaySend("disease-register", register, row.Message, Patient(row)));
        Console.WriteLine($"sent {sent} of {Queue.Length}");
        return 0;
    }
}
