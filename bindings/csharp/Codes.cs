// The numbers of the vocabulary.
// Written by `cargo xtask generate` from the tables of the Rust library and from optout.h.
namespace Optout
{
    public static partial class Library
    {
        public const int AbiVersion = 1;
        public const int Deny = 0;
        public const int Allow = 1;
        public const byte PatientUnknown = 0;
        public const byte PatientInvalid = 255;
        public const int ClausesMax = 64;
    }

    /// <summary>Statuses of a call.</summary>
    public enum Status : int
    {
        Ok = 0,
        Null = 1,
        StructSize = 2,
        Reserved = 3,
        Argument = 4,
        Buffer = 5,
        Ruling = 6,
        Utf8 = 7,
        Value = 20,
        Contradiction = 21,
        DateNotCovered = 22,
        UnknownCode = 23,
        AmbiguousCode = 24,
        UnknownFlow = 25,
        FlowNotOnThisDay = 26,
        Question = 27,
        NhsNumber = 28,
        NhsNumberEmpty = 29,
        RegisterFile = 30,
        Register = 31,
        RegisterVersion = 32,
        RegisterAge = 33,
        Memory = 34,
        Internal = 99,
    }

    /// <summary>Fields of question and answer.</summary>
    public enum Field : uint
    {
        None = 0,
        Origin = 1,
        Boundary = 2,
        Identifiability = 3,
        Purpose = 4,
        Bases = 5,
        Conditions = 6,
        On = 7,
        Flow = 8,
        Type1 = 9,
        National = 10,
        Programme = 11,
        Verdict = 12,
        Reason = 13,
        Route = 14,
        BlockedBy = 15,
        Clause = 16,
        NhsNumber = 17,
        Range = 18,
    }

    /// <summary>Where the data were recorded.</summary>
    public enum Origin : uint
    {
        GpRecord = 1,
        EnglandCare = 2,
        PrivateCare = 3,
        ChildrensSocialCare = 4,
        OutsideEngland = 5,
    }

    /// <summary>Whose purpose is served.</summary>
    public enum Boundary : uint
    {
        WithinController = 1,
        BeyondController = 2,
    }

    /// <summary>What the purpose is run on, as the recipient could see it.</summary>
    public enum Identifiability : uint
    {
        Identifiable = 1,
        DeIdentified = 2,
        Anonymous = 3,
    }

    /// <summary>What the disclosure is for.</summary>
    public enum Purpose : uint
    {
        IndividualCare = 1,
        CaseFinding = 2,
        LocalClinicalAudit = 3,
        ScreeningInvitation = 4,
        PatientAccess = 5,
        IncidentManagement = 6,
        PatientSatisfaction = 7,
        Research = 20,
        Planning = 21,
        RiskStratification = 22,
        NationalClinicalAudit = 23,
        ServiceEvaluation = 24,
        DiseaseRegistration = 25,
        CommunicableDiseaseControl = 26,
        PublicHealth = 27,
        PatientSurvey = 28,
        OfficialStatistics = 29,
        Census = 30,
        Regulation = 31,
        LegalProceedings = 32,
        MortalityReview = 33,
        ChildDeathReview = 34,
        MedicalExaminer = 35,
        FraudPrevention = 36,
        Safeguarding = 37,
        SystemAssurance = 38,
        InvoiceValidation = 60,
        InvoiceValidationNonContracted = 61,
        PrescriptionPayment = 62,
        ProviderPayment = 63,
        Marketing = 80,
        Insurance = 81,
        OtherCommercial = 82,
    }

    /// <summary>What the controller relies on, one bit each.</summary>
    [System.Flags]
    public enum Basis : uint
    {
        ImpliedConsent = 1,
        ExplicitConsent = 2,
        OverallBenefit = 4,
        CourtOrder = 8,
        StatutoryDuty = 16,
        S259Collection = 32,
        CopiReg2 = 64,
        CopiReg3 = 128,
        CopiReg5 = 256,
        PublicInterest = 512,
        StatutoryPower = 1024,
    }

    /// <summary>What the controller asserts, one bit each.</summary>
    [System.Flags]
    public enum Condition : uint
    {
        LegitimateRelationship = 1,
        NationalDisapplied = 2,
        Type1NotUpheld = 4,
        Type1Upheld = 8,
        ProgrammeOptOut = 16,
        NationalVoluntary = 32,
    }

    /// <summary>The Type 1 opt-out of a patient.</summary>
    public enum Type1 : uint
    {
        Unknown = 0,
        None = 1,
        Dissent = 2,
    }

    /// <summary>The National Data Opt-out of a patient.</summary>
    public enum National : uint
    {
        Unknown = 0,
        None = 1,
        OptedOut = 2,
        NoNhsNumber = 3,
    }

    /// <summary>The programme's own opt-out of a patient.</summary>
    public enum Programme : uint
    {
        Unknown = 0,
        None = 1,
        OptedOut = 2,
    }

    /// <summary>Why. New reasons may come: have a default.</summary>
    public enum Reason : uint
    {
        NotDecided = 0,
        Permitted = 1,
        InvalidStatus = 2,
        NoLawfulBasis = 3,
        ConsentNotRecorded = 4,
        Type1Dissent = 5,
        NationalOptOut = 6,
        ProgrammeOptOut = 7,
        CareObjection = 8,
        Type1Unknown = 9,
        NationalUnknown = 10,
        ProgrammeUnknown = 11,
    }

    /// <summary>By which lawful way the data may go.</summary>
    public enum Route : uint
    {
        None = 0,
        Anonymous = 1,
        DeIdentified = 2,
        ExplicitConsent = 3,
        ImpliedConsent = 4,
        OverallBenefit = 5,
        CourtOrder = 6,
        StatutoryDuty = 7,
        PublicInterest = 8,
        S259Collection = 9,
        CopiReg3 = 10,
        Section251 = 11,
    }

    /// <summary>What blocks, one bit each.</summary>
    [System.Flags]
    public enum Blocker : uint
    {
        Type1Dissent = 32,
        NationalOptOut = 64,
        ProgrammeOptOut = 128,
        CareObjection = 256,
        Type1Unknown = 512,
        NationalUnknown = 1024,
        ProgrammeUnknown = 2048,
    }

    /// <summary>What a decision stands on. New clauses may come.</summary>
    public enum Clause : uint
    {
        Op3 = 1,
        Op51 = 2,
        Op62 = 3,
        Op63 = 4,
        Op71 = 5,
        Op8 = 6,
        Opa2 = 7,
        Opa6 = 8,
        Nhsuk = 9,
        Under = 10,
        Res3 = 11,
        Res4 = 12,
        Res6 = 13,
        Hra = 14,
        Rcgp = 15,
        Pod15 = 16,
        Phsmi = 17,
        Gdppr = 18,
        Gpdpr = 19,
        OsT1 = 20,
        OsNdo = 21,
        Cprd = 22,
        Nhse2014 = 23,
        Gmc = 24,
        S251 = 25,
        Copi = 26,
        Gpg2023 = 27,
        Dh2014 = 28,
        Dh2013 = 29,
        Leder2020 = 30,
        Lhcre2018 = 31,
        Reading = 32,
    }

    /// <summary>Who issues the NHS numbers of a range.</summary>
    public enum Range : uint
    {
        NotInUse = 1,
        Scotland = 2,
        NorthernIreland = 3,
        EnglandWalesMan = 4,
        Ireland = 5,
        Test = 6,
    }
}
