// An electronic patient record asks before it sends: examples/epr.c in C#.
//
//     mcs -unsafe Epr.cs Optout.cs Codes.cs && LD_LIBRARY_PATH=PREFIX/lib mono Epr.exe
using System;
using System.Linq;
using Optout;

internal static class Epr
{
    private sealed class Row
    {
        internal string Message;
        internal uint On;        // the day that it is to go; a real hook asks its clock
        internal char Type1;     // 'D' dissent recorded, 'N' looked up and none, '?' never looked up
        internal char National;  // 'O' opted out, 'N' checked and none, '?' not checked
        internal int Consented;  // to this study, recorded and not withdrawn: 1 or 0; -1 not looked up
    }

    // What somebody has checked of an assertion: its reference, and from when until when it is valid.
    private sealed class Evidence
    {
        internal uint Bases, Conditions, From, Until;
        internal string Reference;
    }

    private static readonly Row[] Queue =
    {
        new Row { Message = "msg-1001", On = 20260601, Type1 = 'N', National = 'N' },
        new Row { Message = "msg-1002", On = 20260601, Type1 = 'D', National = 'N' },
        new Row { Message = "msg-1003", On = 20260601, Type1 = 'N', National = 'O' },
        new Row { Message = "msg-1004", On = 20260601, Type1 = '?', National = 'N' },
        new Row { Message = "msg-1005", On = 20260601, Type1 = 'D', National = 'O', Consented = 1 },
        new Row { Message = "msg-1006", On = 20260601, Type1 = 'N', National = '?', Consented = 1 },
        new Row { Message = "msg-1007", On = 20260601, Type1 = 'D', National = 'O', Consented = -1 },
        // The support ended the day before.
        new Row { Message = "msg-1008", On = 20260602, Type1 = 'N', National = 'N' },
        new Row { Message = "msg-1009", On = 20260602, Type1 = 'N', National = 'N', Consented = 1 },
    };

    // The table's letters as statuses. Whatever is not a clear answer is unknown, and unknown denies; a
    // number that is neither 0 nor 1 makes a patient who is always denied.
    private static byte Patient(Row row) => row.Consented < 0 || row.Consented > 1
        ? Library.PatientInvalid
        : Library.Patient(
            type1: row.Type1 == 'D' ? Type1.Dissent : row.Type1 == 'N' ? Type1.None : Type1.Unknown,
            national: row.National == 'O' ? National.OptedOut
                : row.National == 'N' ? National.None : National.Unknown,
            explicitConsent: row.Consented == 1);

    // An outgoing interface: its question, the ruling of the day, and the evidence for what it asserts.
    private sealed class Outgoing
    {
        private readonly string name;
        private readonly Evidence[] evidence;
        private Disclosure question;
        private Ruling ruling = new Ruling();
        private uint judgedOn; // 0 while nothing was judged

        internal Outgoing(string name, Disclosure question, params Evidence[] evidence)
        {
            this.name = name;
            this.question = question;
            this.evidence = evidence;
        }

        // Judges the flow for a day: a fresh ruling takes the place of the old one. In a program with
        // threads, under a lock. On a day that cannot be judged nothing is sent.
        internal bool Judge(uint on)
        {
            var fresh = new Ruling();
            question.On = on;
            try
            {
                fresh.Assess(question);
            }
            catch (OptoutException exception)
            {
                Console.Error.WriteLine($"{name}: {exception.Message}");
                return false;
            }
            ruling = fresh;
            judgedOn = on;
            return true;
        }

        // Whether everything unverified that a decision rests on has evidence, valid on the day.
        private bool IsCovered(uint on, Decision decision)
        {
            uint bases = decision.UnverifiedBases, conditions = decision.UnverifiedConditions;
            foreach (Evidence it in evidence.Where(it => it.From <= on && on <= it.Until))
            {
                bases &= ~it.Bases;
                conditions &= ~it.Conditions;
            }
            return bases == 0 && conditions == 0;
        }

        // The send hook: decides, and leaves a line of audit that names no patient.
        internal bool MaySend(Row row)
        {
            if (row.On != judgedOn && !Judge(row.On))
                return false;
            byte patient = Patient(row);
            Answer answer = ruling.Decide(patient);
            Decision decision = answer.Decision;
            bool needed = decision.UnverifiedBases != 0 || decision.UnverifiedConditions != 0;
            bool covered = IsCovered(row.On, decision);
            bool sent = answer.Allowed && covered;
            string route = Library.Code(Field.Route, decision.Route);
            string clauses = string.Join(",", ruling.Clauses(patient).Select(it => Library.Code(Field.Clause, it)));
            Console.WriteLine(
                $"{row.Message} on={row.On} flow={name} sent={(sent ? "yes" : "no")} " +
                $"verdict={(answer.Allowed ? "allow" : "deny")} " +
                $"reason={Library.Code(Field.Reason, decision.Reason)} route={(route == "" ? "none" : route)} " +
                $"policy={Library.PolicyEdition} " +
                $"evidence={(!needed ? "none-needed" : covered ? "on-record" : "lacking")} clauses={clauses}");
            return sent;
        }
    }

    private static int Main()
    {
        // A system does not start on a question that cannot be judged.
        Outgoing register;
        try
        {
            register = new Outgoing("disease-register", Disclosure.Of(
                Queue[0].On, "gp-record", "beyond-controller", "identifiable", "disease-registration",
                new[] { "copi-reg-5", "explicit-consent" }), new Evidence
            {
                Bases = Library.Number(Field.Bases, "copi-reg-5"), Conditions = 0, Reference = "CAG reference",
                From = 20250601, Until = 20260601,
            });
        }
        catch (OptoutException exception)
        {
            Console.Error.WriteLine($"disease-register: {exception.Message}");
            return 2;
        }
        if (!register.Judge(Queue[0].On))
            return 2;
        int sent = Queue.Count(register.MaySend);
        Console.WriteLine($"sent {sent} of {Queue.Length}");
        return 0;
    }
}
