// The C library `optout` for .NET and Mono, by P/Invoke: may this patient's data be disclosed?
//
// Copy this file and Codes.cs (C# 7, `unsafe` for the fixed buffers, netstandard2.0 and .NET Framework
// alike), or build Optout.csproj. The manual is include/optout.h. The shared library must lie where the runtime looks for `optout`: beside
// the program or on the loader's path, or in a package under runtimes/<rid>/native.
//
// A disclosure is judged once, when the program starts; then each patient is one byte, looked up.
// Release on `Allowed` and on nothing else. Any number of threads may read one Ruling once it is
// judged. Every structure lies in managed memory and is pinned for the length of a call; the library
// keeps no pointer. The one handle is a Register, the kept answer of the national check: a SafeHandle.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

namespace Optout
{
    /// <summary>The question but for the patient, in numbers; 0 is no valid code.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct Disclosure
    {
        internal uint StructSize;
        /// <summary>The day, such as 20260601: the library has no clock.</summary>
        public uint On;
        public uint Origin, Boundary, Identifiability, Purpose, Bases, Conditions;
        private fixed uint reserved[8];

        /// <summary>A disclosure from the codes of its fields.</summary>
        public static Disclosure Of(
            uint on, string origin, string boundary, string identifiability, string purpose,
            string[] bases, params string[] conditions)
        {
            return new Disclosure
            {
                On = on,
                Origin = Library.Number(Field.Origin, origin),
                Boundary = Library.Number(Field.Boundary, boundary),
                Identifiability = Library.Number(Field.Identifiability, identifiability),
                Purpose = Library.Number(Field.Purpose, purpose),
                Bases = Set(Field.Bases, bases),
                Conditions = Set(Field.Conditions, conditions),
            };
        }

        private static uint Set(Field field, string[] codes)
        {
            uint bits = 0;
            foreach (string code in codes)
                bits |= Library.Number(field, code);
            return bits;
        }
    }

    /// <summary>What was decided for one patient. One that was never written is a denial.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Decision
    {
        internal uint StructSize;
        public int Verdict;
        public uint Reason, Route, BlockedBy, UnverifiedBases, UnverifiedConditions;
        private uint reserved;
    }

    /// <summary>A decision, and whether it could be made.</summary>
    public struct Answer
    {
        public int Status;
        public Decision Decision;

        /// <summary>Whether the data may go. Every failure is a denial.</summary>
        public bool Allowed => Status == Library.Ok && Decision.Verdict == Library.Allow;
    }

    /// <summary>A question that cannot be judged. The message names no patient.</summary>
    public sealed class OptoutException : Exception
    {
        public int Status { get; }
        public uint Field { get; }

        internal unsafe OptoutException(Native.Error error)
            : base(Native.Text(error.Message))
        {
            Status = error.Status;
            Field = error.Field;
        }
    }

    /// <summary>A disclosure, judged. Until then, and when judging fails, it denies everybody.</summary>
    public sealed class Ruling
    {
        private Native.Ruling memory = new Native.Ruling { StructSize = Native.RulingSize };

        /// <summary>Judges a disclosure.</summary>
        public void Assess(Disclosure disclosure)
        {
            disclosure.StructSize = Native.DisclosureSize;
            Native.Error error = Native.NewError();
            if (Native.optout_assess(ref disclosure, ref memory, ref error) != Library.Ok)
                throw new OptoutException(error);
        }

        /// <summary>Judges a flow of the catalogue on the terms of a day.</summary>
        public void AssessFlow(string id, uint on)
        {
            byte[] given = Encoding.UTF8.GetBytes(id);
            Native.Error error = Native.NewError();
            int status = Native.optout_assess_flow(
                given, (UIntPtr)given.Length, on, ref memory, ref error);
            if (status != Library.Ok)
                throw new OptoutException(error);
        }

        /// <summary>Decides for one patient. A failure is a denial with a status.</summary>
        public Answer Decide(byte patient)
        {
            var answer = new Answer();
            answer.Decision.StructSize = Native.DecisionSize;
            answer.Status = Native.optout_decide(ref memory, patient, ref answer.Decision);
            return answer;
        }

        /// <summary>
        /// Decides for many patients, a byte each: the status, and a verdict each, which is
        /// <see cref="Library.Allow"/> or it is not. Where the status is not 0, none is.
        /// </summary>
        public KeyValuePair<int, byte[]> DecideMany(byte[] patients)
        {
            var verdicts = new byte[patients.Length];
            int status = Native.optout_decide_many(
                ref memory, patients, (UIntPtr)patients.Length, verdicts);
            return new KeyValuePair<int, byte[]>(status, verdicts);
        }

        /// <summary>The numbers of the clauses behind a decision, for the audit record.</summary>
        public uint[] Clauses(byte patient)
        {
            var found = new uint[64];
            UIntPtr count = UIntPtr.Zero;
            int status = Native.optout_clauses(
                ref memory, patient, found, (UIntPtr)found.Length, ref count);
            Array.Resize(ref found, status == Library.Ok ? (int)count : 0);
            return found;
        }
    }

    /// <summary>
    /// The answer of a national check, as a file. Any number of threads may ask one; dispose of it when
    /// a newer one has taken its place. A call that still runs keeps it, because the handle itself is
    /// the argument of P/Invoke.
    /// </summary>
    public sealed class Register : SafeHandle
    {
        private Register() : base(IntPtr.Zero, true) { }

        public override bool IsInvalid => handle == IntPtr.Zero;

        protected override bool ReleaseHandle()
        {
            Native.optout_register_free(handle);
            return true;
        }

        /// <summary>Opens a register whose check may be so many days old when it is used.</summary>
        public static Register Open(string path, uint days)
        {
            byte[] given = Encoding.UTF8.GetBytes(path);
            Native.Error error = Native.NewError();
            int status = Native.optout_register_open(
                given, (UIntPtr)given.Length, days, out Register register, ref error);
            if (status == Library.Ok)
                return register;
            register.Dispose();
            throw new OptoutException(error);
        }

        /// <summary>
        /// The national status on the day of a disclosure. Where it throws, the patient is unknown.
        /// </summary>
        public National Status(uint on, string nhsNumber)
        {
            byte[] given = Encoding.UTF8.GetBytes(nhsNumber);
            uint national = 0;
            Native.Error error = Native.NewError();
            int status = Native.optout_register_status(
                this, on, given, (UIntPtr)given.Length, ref national, ref error);
            if (status != Library.Ok)
                throw new OptoutException(error);
            return (National)national;
        }
    }

    /// <summary>What needs no ruling.</summary>
    public static partial class Library
    {
        public const int Ok = 0;


        /// <summary>The edition of the policy: write it into the audit record.</summary>
        public static string PolicyEdition => Native.Text(Native.optout_policy_edition());

        /// <summary>The code of a number, such as <c>gp-record</c>; empty where it has none.</summary>
        public static string Code(Field field, uint number) =>
            Native.Text(Native.optout_code((uint)field, number));

        /// <summary>The number of a code; the error names the nearest where there is none.</summary>
        public static uint Number(Field field, string code)
        {
            byte[] given = Encoding.UTF8.GetBytes(code);
            uint number = 0;
            Native.Error error = Native.NewError();
            int status = Native.optout_number(
                (uint)field, given, (UIntPtr)given.Length, ref number, ref error);
            if (status != Ok)
                throw new OptoutException(error);
            return number;
        }

        /// <summary>What a patient has recorded, as one byte. What is not stated is unknown.</summary>
        public static byte Patient(
            Type1 type1 = Type1.Unknown, National national = National.Unknown,
            Programme programme = Programme.Unknown, bool explicitConsent = false,
            bool careObjection = false)
        {
            byte patient = Native.optout_patient_with_type1(0, (uint)type1);
            patient = Native.optout_patient_with_national(patient, (uint)national);
            patient = Native.optout_patient_with_programme(patient, (uint)programme);
            patient = Native.optout_patient_with_explicit_consent(patient, explicitConsent ? 1u : 0u);
            return Native.optout_patient_with_care_objection(patient, careObjection ? 1u : 0u);
        }

        /// <summary>One question as a line of JSON. The answer may be an error, with a status.</summary>
        public static KeyValuePair<int, string> DecideJson(string line)
        {
            byte[] given = Encoding.UTF8.GetBytes(line), buffer = new byte[1024];
            while (true)
            {
                UIntPtr needed = UIntPtr.Zero;
                int status = Native.optout_decide_json(
                    given, (UIntPtr)given.Length, buffer, (UIntPtr)buffer.Length, ref needed);
                if (status != Native.BufferTooSmall)
                {
                    int end = Array.IndexOf(buffer, (byte)0);
                    return new KeyValuePair<int, string>(
                        status, Encoding.UTF8.GetString(buffer, 0, end));
                }
                buffer = new byte[(int)needed];
            }
        }
    }

    internal static unsafe class Native
    {
        internal const int BufferTooSmall = 5;
        private const string Name = "optout";
        // The default of .NET on 32-bit Windows is stdcall; the library's is cdecl.
        private const CallingConvention C = CallingConvention.Cdecl;

        [StructLayout(LayoutKind.Sequential)]
        internal struct Ruling
        {
            internal uint StructSize;
            private fixed uint own[1023];
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Error
        {
            internal uint StructSize;
            internal int Status;
            internal uint Field;
            private uint reserved;
            internal fixed byte Message[1008];
        }

        static Native()
        {
            if (optout_abi_version() != Library.AbiVersion)
                throw new DllNotFoundException("another version of the library is installed");
            if (DisclosureSize > optout_sizeof_disclosure() || RulingSize > optout_sizeof_ruling()
                || DecisionSize > optout_sizeof_decision() || ErrorSize > optout_sizeof_error())
                throw new DllNotFoundException("a structure has another layout in the library");
        }

        internal static readonly uint DisclosureSize = (uint)sizeof(Disclosure);
        internal static readonly uint RulingSize = (uint)sizeof(Ruling);
        internal static readonly uint DecisionSize = (uint)sizeof(Decision);
        internal static readonly uint ErrorSize = (uint)sizeof(Error);

        internal static Error NewError() => new Error { StructSize = ErrorSize };

        internal static string Text(IntPtr text) => Text((byte*)text);

        internal static string Text(byte* text)
        {
            int length = 0;
            while (text[length] != 0)
                length++;
            return Encoding.UTF8.GetString(text, length);
        }

        [DllImport(Name, CallingConvention = C)] internal static extern uint optout_abi_version();
        [DllImport(Name, CallingConvention = C)] internal static extern uint optout_sizeof_disclosure();
        [DllImport(Name, CallingConvention = C)] internal static extern uint optout_sizeof_ruling();
        [DllImport(Name, CallingConvention = C)] internal static extern uint optout_sizeof_decision();
        [DllImport(Name, CallingConvention = C)] internal static extern uint optout_sizeof_error();
        [DllImport(Name, CallingConvention = C)] internal static extern IntPtr optout_policy_edition();

        [DllImport(Name, CallingConvention = C)]
        internal static extern IntPtr optout_code(uint field, uint number);

        [DllImport(Name, CallingConvention = C)]
        internal static extern int optout_number(
            uint field, byte[] code, UIntPtr length, ref uint number, ref Error error);

        [DllImport(Name, CallingConvention = C)]
        internal static extern int optout_assess(
            ref Disclosure disclosure, ref Ruling ruling, ref Error error);

        [DllImport(Name, CallingConvention = C)]
        internal static extern int optout_assess_flow(
            byte[] id, UIntPtr length, uint on, ref Ruling ruling, ref Error error);

        [DllImport(Name, CallingConvention = C)]
        internal static extern int optout_decide(
            ref Ruling ruling, byte patient, ref Decision decision);

        [DllImport(Name, CallingConvention = C)]
        internal static extern int optout_decide_many(
            ref Ruling ruling, byte[] patients, UIntPtr count, [Out] byte[] verdicts);

        [DllImport(Name, CallingConvention = C)]
        internal static extern int optout_clauses(
            ref Ruling ruling, byte patient, [Out] uint[] clauses, UIntPtr capacity, ref UIntPtr count);

        [DllImport(Name, CallingConvention = C)]
        internal static extern int optout_decide_json(
            byte[] line, UIntPtr length, [Out] byte[] buffer, UIntPtr capacity, ref UIntPtr needed);

        [DllImport(Name, CallingConvention = C)]
        internal static extern int optout_register_open(
            byte[] path, UIntPtr length, uint days, out Register handle, ref Error error);

        [DllImport(Name, CallingConvention = C)]
        internal static extern void optout_register_free(IntPtr handle);

        [DllImport(Name, CallingConvention = C)]
        internal static extern int optout_register_status(
            Register handle, uint on, byte[] number, UIntPtr length, ref uint national, ref Error error);

        [DllImport(Name, CallingConvention = C)]
        internal static extern byte optout_patient_with_type1(byte patient, uint status);

        [DllImport(Name, CallingConvention = C)]
        internal static extern byte optout_patient_with_national(byte patient, uint status);

        [DllImport(Name, CallingConvention = C)]
        internal static extern byte optout_patient_with_programme(byte patient, uint status);

        [DllImport(Name, CallingConvention = C)]
        internal static extern byte optout_patient_with_explicit_consent(byte patient, uint given);

        [DllImport(Name, CallingConvention = C)]
        internal static extern byte optout_patient_with_care_objection(byte patient, uint objects);
    }
}
