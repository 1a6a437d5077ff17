/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/**
 * @file optout.hpp
 * optout.h in C++11: enums that cannot be mixed up, and values that cannot be left half-made.
 *
 * Header only. No function throws, but for std::bad_alloc where one returns a string or a vector.
 * Nothing has to be freed by hand. A default-constructed Ruling and Decision deny, and a
 * default-constructed Register knows nobody.
 *
 * @code{.cpp}
 * optout::Ruling ruling;
 * const optout::Error error = ruling.assess(optout::Disclosure()
 *     .on(20260601)
 *     .origin(optout::Origin::england_care)
 *     .boundary(optout::Boundary::beyond_controller)
 *     .identifiability(optout::Identifiability::identifiable)
 *     .purpose(optout::Purpose::research)
 *     .bases(optout::Basis::copi_reg_5));
 * if (error) { std::cerr << error.message() << '\n'; return 2; }
 * optout::National national = optout::National::unknown;
 * const optout::Error unread = checked.status(20260601, number, national);
 * if (unread) { std::cerr << unread.message() << '\n'; }
 * if (ruling.decide(optout::Patient().national(national)).allowed()) { send(); }
 * @endcode
 */
#ifndef OPTOUT_HPP
#define OPTOUT_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "optout.h"

/* The compiler warns where an error or an answer is ignored. */
#if (defined(_MSVC_LANG) ? _MSVC_LANG : __cplusplus) >= 201703L
#  define OPTOUT_HPP_NODISCARD_ [[nodiscard]]
#else
#  define OPTOUT_HPP_NODISCARD_ OPTOUT_NODISCARD
#endif

namespace optout {

/* From here to the end of the enums: written by `cargo xtask generate`. */

/** Where the data were recorded. */
enum class Origin : std::uint32_t {
    gp_record = OPTOUT_ORIGIN_GP_RECORD,
    england_care = OPTOUT_ORIGIN_ENGLAND_CARE,
    private_care = OPTOUT_ORIGIN_PRIVATE_CARE,
    childrens_social_care = OPTOUT_ORIGIN_CHILDRENS_SOCIAL_CARE,
    outside_england = OPTOUT_ORIGIN_OUTSIDE_ENGLAND,
};

/** Whose purpose is served. */
enum class Boundary : std::uint32_t {
    within_controller = OPTOUT_BOUNDARY_WITHIN_CONTROLLER,
    beyond_controller = OPTOUT_BOUNDARY_BEYOND_CONTROLLER,
};

/** What the purpose is run on, as the recipient could see it. */
enum class Identifiability : std::uint32_t {
    identifiable = OPTOUT_IDENTIFIABILITY_IDENTIFIABLE,
    de_identified = OPTOUT_IDENTIFIABILITY_DE_IDENTIFIED,
    anonymous = OPTOUT_IDENTIFIABILITY_ANONYMOUS,
};

/** What the disclosure is for. */
enum class Purpose : std::uint32_t {
    individual_care = OPTOUT_PURPOSE_INDIVIDUAL_CARE,
    case_finding = OPTOUT_PURPOSE_CASE_FINDING,
    local_clinical_audit = OPTOUT_PURPOSE_LOCAL_CLINICAL_AUDIT,
    screening_invitation = OPTOUT_PURPOSE_SCREENING_INVITATION,
    patient_access = OPTOUT_PURPOSE_PATIENT_ACCESS,
    incident_management = OPTOUT_PURPOSE_INCIDENT_MANAGEMENT,
    patient_satisfaction = OPTOUT_PURPOSE_PATIENT_SATISFACTION,
    research = OPTOUT_PURPOSE_RESEARCH,
    planning = OPTOUT_PURPOSE_PLANNING,
    risk_stratification = OPTOUT_PURPOSE_RISK_STRATIFICATION,
    national_clinical_audit = OPTOUT_PURPOSE_NATIONAL_CLINICAL_AUDIT,
    service_evaluation = OPTOUT_PURPOSE_SERVICE_EVALUATION,
    disease_registration = OPTOUT_PURPOSE_DISEASE_REGISTRATION,
    communicable_disease_control = OPTOUT_PURPOSE_COMMUNICABLE_DISEASE_CONTROL,
    public_health = OPTOUT_PURPOSE_PUBLIC_HEALTH,
    patient_survey = OPTOUT_PURPOSE_PATIENT_SURVEY,
    official_statistics = OPTOUT_PURPOSE_OFFICIAL_STATISTICS,
    census = OPTOUT_PURPOSE_CENSUS,
    regulation = OPTOUT_PURPOSE_REGULATION,
    legal_proceedings = OPTOUT_PURPOSE_LEGAL_PROCEEDINGS,
    mortality_review = OPTOUT_PURPOSE_MORTALITY_REVIEW,
    child_death_review = OPTOUT_PURPOSE_CHILD_DEATH_REVIEW,
    medical_examiner = OPTOUT_PURPOSE_MEDICAL_EXAMINER,
    fraud_prevention = OPTOUT_PURPOSE_FRAUD_PREVENTION,
    safeguarding = OPTOUT_PURPOSE_SAFEGUARDING,
    system_assurance = OPTOUT_PURPOSE_SYSTEM_ASSURANCE,
    invoice_validation = OPTOUT_PURPOSE_INVOICE_VALIDATION,
    invoice_validation_non_contracted = OPTOUT_PURPOSE_INVOICE_VALIDATION_NON_CONTRACTED,
    prescription_payment = OPTOUT_PURPOSE_PRESCRIPTION_PAYMENT,
    provider_payment = OPTOUT_PURPOSE_PROVIDER_PAYMENT,
    marketing = OPTOUT_PURPOSE_MARKETING,
    insurance = OPTOUT_PURPOSE_INSURANCE,
    other_commercial = OPTOUT_PURPOSE_OTHER_COMMERCIAL,
};

/** What the controller relies on, one bit each. */
enum class Basis : std::uint32_t {
    implied_consent = OPTOUT_BASIS_IMPLIED_CONSENT,
    explicit_consent = OPTOUT_BASIS_EXPLICIT_CONSENT,
    overall_benefit = OPTOUT_BASIS_OVERALL_BENEFIT,
    court_order = OPTOUT_BASIS_COURT_ORDER,
    statutory_duty = OPTOUT_BASIS_STATUTORY_DUTY,
    s259_collection = OPTOUT_BASIS_S259_COLLECTION,
    copi_reg_2 = OPTOUT_BASIS_COPI_REG_2,
    copi_reg_3 = OPTOUT_BASIS_COPI_REG_3,
    copi_reg_5 = OPTOUT_BASIS_COPI_REG_5,
    public_interest = OPTOUT_BASIS_PUBLIC_INTEREST,
    statutory_power = OPTOUT_BASIS_STATUTORY_POWER,
};

/** What the controller asserts, one bit each. */
enum class Condition : std::uint32_t {
    legitimate_relationship = OPTOUT_CONDITION_LEGITIMATE_RELATIONSHIP,
    national_disapplied = OPTOUT_CONDITION_NATIONAL_DISAPPLIED,
    type1_not_upheld = OPTOUT_CONDITION_TYPE1_NOT_UPHELD,
    type1_upheld = OPTOUT_CONDITION_TYPE1_UPHELD,
    programme_opt_out = OPTOUT_CONDITION_PROGRAMME_OPT_OUT,
    national_voluntary = OPTOUT_CONDITION_NATIONAL_VOLUNTARY,
};

/** The Type 1 opt-out of a patient. */
enum class Type1 : std::uint32_t {
    unknown = OPTOUT_TYPE1_UNKNOWN,
    none = OPTOUT_TYPE1_NONE,
    dissent = OPTOUT_TYPE1_DISSENT,
};

/** The National Data Opt-out of a patient. */
enum class National : std::uint32_t {
    unknown = OPTOUT_NATIONAL_UNKNOWN,
    none = OPTOUT_NATIONAL_NONE,
    opted_out = OPTOUT_NATIONAL_OPTED_OUT,
    no_nhs_number = OPTOUT_NATIONAL_NO_NHS_NUMBER,
};

/** The programme's own opt-out of a patient. */
enum class Programme : std::uint32_t {
    unknown = OPTOUT_PROGRAMME_UNKNOWN,
    none = OPTOUT_PROGRAMME_NONE,
    opted_out = OPTOUT_PROGRAMME_OPTED_OUT,
};

/** Why. New reasons may come: have a default. */
enum class Reason : std::uint32_t {
    not_decided = OPTOUT_REASON_NOT_DECIDED,
    permitted = OPTOUT_REASON_PERMITTED,
    invalid_status = OPTOUT_REASON_INVALID_STATUS,
    no_lawful_basis = OPTOUT_REASON_NO_LAWFUL_BASIS,
    consent_not_recorded = OPTOUT_REASON_CONSENT_NOT_RECORDED,
    type1_dissent = OPTOUT_REASON_TYPE1_DISSENT,
    national_opt_out = OPTOUT_REASON_NATIONAL_OPT_OUT,
    programme_opt_out = OPTOUT_REASON_PROGRAMME_OPT_OUT,
    care_objection = OPTOUT_REASON_CARE_OBJECTION,
    type1_unknown = OPTOUT_REASON_TYPE1_UNKNOWN,
    national_unknown = OPTOUT_REASON_NATIONAL_UNKNOWN,
    programme_unknown = OPTOUT_REASON_PROGRAMME_UNKNOWN,
};

/** By which lawful way the data may go. */
enum class Route : std::uint32_t {
    none = OPTOUT_ROUTE_NONE,
    anonymous = OPTOUT_ROUTE_ANONYMOUS,
    de_identified = OPTOUT_ROUTE_DE_IDENTIFIED,
    explicit_consent = OPTOUT_ROUTE_EXPLICIT_CONSENT,
    implied_consent = OPTOUT_ROUTE_IMPLIED_CONSENT,
    overall_benefit = OPTOUT_ROUTE_OVERALL_BENEFIT,
    court_order = OPTOUT_ROUTE_COURT_ORDER,
    statutory_duty = OPTOUT_ROUTE_STATUTORY_DUTY,
    public_interest = OPTOUT_ROUTE_PUBLIC_INTEREST,
    s259_collection = OPTOUT_ROUTE_S259_COLLECTION,
    copi_reg_3 = OPTOUT_ROUTE_COPI_REG_3,
    section_251 = OPTOUT_ROUTE_SECTION_251,
};

/** What blocks, one bit each. */
enum class Blocker : std::uint32_t {
    type1_dissent = OPTOUT_BLOCKED_BY_TYPE1_DISSENT,
    national_opt_out = OPTOUT_BLOCKED_BY_NATIONAL_OPT_OUT,
    programme_opt_out = OPTOUT_BLOCKED_BY_PROGRAMME_OPT_OUT,
    care_objection = OPTOUT_BLOCKED_BY_CARE_OBJECTION,
    type1_unknown = OPTOUT_BLOCKED_BY_TYPE1_UNKNOWN,
    national_unknown = OPTOUT_BLOCKED_BY_NATIONAL_UNKNOWN,
    programme_unknown = OPTOUT_BLOCKED_BY_PROGRAMME_UNKNOWN,
};

/** What a decision stands on. New clauses may come. */
enum class Clause : std::uint32_t {
    op3 = OPTOUT_CLAUSE_OP3,
    op5_1 = OPTOUT_CLAUSE_OP5_1,
    op6_2 = OPTOUT_CLAUSE_OP6_2,
    op6_3 = OPTOUT_CLAUSE_OP6_3,
    op7_1 = OPTOUT_CLAUSE_OP7_1,
    op8 = OPTOUT_CLAUSE_OP8,
    opa2 = OPTOUT_CLAUSE_OPA2,
    opa6 = OPTOUT_CLAUSE_OPA6,
    nhsuk = OPTOUT_CLAUSE_NHSUK,
    under = OPTOUT_CLAUSE_UNDER,
    res3 = OPTOUT_CLAUSE_RES3,
    res4 = OPTOUT_CLAUSE_RES4,
    res6 = OPTOUT_CLAUSE_RES6,
    hra = OPTOUT_CLAUSE_HRA,
    rcgp = OPTOUT_CLAUSE_RCGP,
    pod15 = OPTOUT_CLAUSE_POD15,
    phsmi = OPTOUT_CLAUSE_PHSMI,
    gdppr = OPTOUT_CLAUSE_GDPPR,
    gpdpr = OPTOUT_CLAUSE_GPDPR,
    os_t1 = OPTOUT_CLAUSE_OS_T1,
    os_ndo = OPTOUT_CLAUSE_OS_NDO,
    cprd = OPTOUT_CLAUSE_CPRD,
    nhse2014 = OPTOUT_CLAUSE_NHSE2014,
    gmc = OPTOUT_CLAUSE_GMC,
    s251 = OPTOUT_CLAUSE_S251,
    copi = OPTOUT_CLAUSE_COPI,
    gpg2023 = OPTOUT_CLAUSE_GPG2023,
    dh2014 = OPTOUT_CLAUSE_DH2014,
    dh2013 = OPTOUT_CLAUSE_DH2013,
    leder2020 = OPTOUT_CLAUSE_LEDER2020,
    lhcre2018 = OPTOUT_CLAUSE_LHCRE2018,
    reading = OPTOUT_CLAUSE_READING,
};

/** Who issues the NHS numbers of a range. */
enum class Range : std::uint32_t {
    none = 0,
    not_in_use = OPTOUT_RANGE_NOT_IN_USE,
    scotland = OPTOUT_RANGE_SCOTLAND,
    northern_ireland = OPTOUT_RANGE_NORTHERN_IRELAND,
    england_wales_man = OPTOUT_RANGE_ENGLAND_WALES_MAN,
    ireland = OPTOUT_RANGE_IRELAND,
    test = OPTOUT_RANGE_TEST,
};

/* The end of the enums. */

/** A set of bits of one enum. */
template <typename Bit>
class Set {
public:
    constexpr Set() noexcept : bits_(0) {}
    /* A single bit is a set. */
    constexpr Set(Bit bit) noexcept : bits_(static_cast<std::uint32_t>(bit)) {}
    static constexpr Set from_bits(std::uint32_t bits) noexcept { return Set(bits, 0); }
    constexpr std::uint32_t bits() const noexcept { return bits_; }
    constexpr bool empty() const noexcept { return bits_ == 0; }
    constexpr bool has(Bit bit) const noexcept
    {
        return (bits_ & static_cast<std::uint32_t>(bit)) != 0;
    }
    constexpr Set operator|(Set other) const noexcept { return from_bits(bits_ | other.bits_); }
    constexpr bool operator==(Set other) const noexcept { return bits_ == other.bits_; }

private:
    constexpr Set(std::uint32_t bits, int) noexcept : bits_(bits) {}
    std::uint32_t bits_;
};

typedef Set<Basis> Bases;
typedef Set<Condition> Conditions;
typedef Set<Blocker> Blockers;

constexpr Bases operator|(Basis one, Basis other) noexcept { return Bases(one) | other; }
constexpr Conditions operator|(Condition one, Condition other) noexcept
{
    return Conditions(one) | other;
}

/** What was wrong with a call; false when nothing was. */
class Error {
public:
    Error() noexcept : error_() { error_.struct_size = sizeof error_; }
    explicit Error(optout_status status) noexcept : Error() { error_.status = status; }
    explicit operator bool() const noexcept { return error_.status != OPTOUT_OK; }
    optout_status status() const noexcept { return error_.status; }
    /** The field of the question that is wrong, one of OPTOUT_FIELD_*. */
    std::uint32_t field() const noexcept { return error_.field; }
    /** What is wrong, in a sentence. */
    const char *message() const noexcept
    {
        return error_.message[0] != '\0' ? error_.message : optout_status_text(error_.status);
    }

private:
    friend class NhsNumber;
    friend class Register;
    friend class Ruling;
    optout_error error_;
};

/** The question. Every field must be stated, but for bases and conditions where there are none. */
class Disclosure {
public:
    Disclosure() noexcept : disclosure_() { disclosure_.struct_size = sizeof disclosure_; }
    /** The day as the number yyyymmdd. */
    Disclosure &on(std::uint32_t day) noexcept { return set(disclosure_.on, day); }
    Disclosure &origin(Origin value) noexcept { return set(disclosure_.origin, value); }
    Disclosure &boundary(Boundary value) noexcept { return set(disclosure_.boundary, value); }
    Disclosure &identifiability(Identifiability value) noexcept
    {
        return set(disclosure_.identifiability, value);
    }
    Disclosure &purpose(Purpose value) noexcept { return set(disclosure_.purpose, value); }
    Disclosure &bases(Bases value) noexcept { return set(disclosure_.bases, value.bits()); }
    Disclosure &conditions(Conditions value) noexcept
    {
        return set(disclosure_.conditions, value.bits());
    }
    const optout_disclosure &c() const noexcept { return disclosure_; }

private:
    template <typename Value>
    Disclosure &set(std::uint32_t &field, Value value) noexcept
    {
        field = static_cast<std::uint32_t>(value);
        return *this;
    }
    optout_disclosure disclosure_;
};

/** What one patient has recorded, in one byte; to begin with, nothing is known. */
class Patient {
public:
    constexpr Patient() noexcept : byte_(OPTOUT_PATIENT_UNKNOWN) {}
    constexpr explicit Patient(std::uint8_t byte) noexcept : byte_(byte) {}
    constexpr std::uint8_t byte() const noexcept { return byte_; }
    bool valid() const noexcept { return optout_patient_is_valid(byte_) != 0; }

    Patient type1(Type1 status) const noexcept
    {
        return Patient(optout_patient_with_type1(byte_, static_cast<std::uint32_t>(status)));
    }
    Patient national(National status) const noexcept
    {
        return Patient(optout_patient_with_national(byte_, static_cast<std::uint32_t>(status)));
    }
    Patient programme(Programme status) const noexcept
    {
        return Patient(optout_patient_with_programme(byte_, static_cast<std::uint32_t>(status)));
    }
    /* A number is not taken for a bool: -1, not known, must not become consent. */
    template <typename Number> Patient explicit_consent(Number) const = delete;
    Patient explicit_consent(bool given) const noexcept
    {
        return Patient(optout_patient_with_explicit_consent(byte_, given ? 1U : 0U));
    }
    template <typename Number> Patient care_objection(Number) const = delete;
    Patient care_objection(bool objects) const noexcept
    {
        return Patient(optout_patient_with_care_objection(byte_, objects ? 1U : 0U));
    }

private:
    std::uint8_t byte_;
};

/** What was decided for one patient; to begin with, a denial that nobody decided. */
class Decision {
public:
    Decision() noexcept : decision_() { decision_.struct_size = sizeof decision_; }
    OPTOUT_HPP_NODISCARD_ bool allowed() const noexcept { return decision_.verdict == OPTOUT_ALLOW; }
    optout::Reason reason() const noexcept { return static_cast<optout::Reason>(decision_.reason); }
    optout::Route route() const noexcept { return static_cast<optout::Route>(decision_.route); }
    Blockers blocked_by() const noexcept { return Blockers::from_bits(decision_.blocked_by); }
    /** What an allow rests on that the caller must have evidence of. */
    Bases unverified_bases() const noexcept { return Bases::from_bits(decision_.unverified_bases); }
    Conditions unverified_conditions() const noexcept
    {
        return Conditions::from_bits(decision_.unverified_conditions);
    }
    const optout_decision &c() const noexcept { return decision_; }

private:
    friend class Ruling;
    optout_decision decision_;
};

/** An NHS number that was read; to begin with, none. */
class NhsNumber {
public:
    NhsNumber() noexcept : digits_(), range_(0) {}
    /** Reads a field; afterwards it holds that number, or none when there is an error. */
    OPTOUT_HPP_NODISCARD_ Error parse(const std::string &field) noexcept
    {
        Error error;
        error.error_.status =
            optout_nhs_number_parse(field.data(), field.size(), digits_, &range_, &error.error_);
        return error;
    }
    /** The ten digits; empty when there is none. */
    const char *digits() const noexcept { return digits_; }
    /** Who issues such numbers. */
    optout::Range range() const noexcept { return static_cast<optout::Range>(range_); }

private:
    char digits_[OPTOUT_NHS_NUMBER_SIZE];
    std::uint32_t range_;
};

/**
 * The answer of one national check, by NHS number; to begin with, one that knows nobody. It is moved,
 * not copied, and frees itself. Any number of threads may ask it.
 */
class Register {
public:
    /** Opens a register whose check may be some days old when it is used; one before it is freed. */
    OPTOUT_HPP_NODISCARD_ Error open(const std::string &path, std::uint32_t days) noexcept
    {
        Error error;
        optout_register *handle = nullptr;
        error.error_.status =
            optout_register_open(path.data(), path.size(), days, &handle, &error.error_);
        handle_.reset(handle);
        return error;
    }
    /** The status of a number on the day of a disclosure, yyyymmdd; unknown when there is an error. */
    OPTOUT_HPP_NODISCARD_ Error status(
        std::uint32_t on, const std::string &number, National &national) const noexcept
    {
        Error error;
        std::uint32_t found = OPTOUT_NATIONAL_UNKNOWN;
        error.error_.status = optout_register_status(
            handle_.get(), on, number.data(), number.size(), &found, &error.error_);
        national = static_cast<National>(found);
        return error;
    }
    /** The status of many numbers, `length` bytes each and `stride` apart: a byte each. */
    OPTOUT_HPP_NODISCARD_ Error status_many(std::uint32_t on, const char *numbers,
        std::size_t length, std::size_t stride,
        std::size_t count, std::uint8_t *statuses, std::size_t *unread = nullptr) const noexcept
    {
        Error error;
        error.error_.status = optout_register_status_many(handle_.get(), on, numbers, length, stride,
            count, statuses, unread, &error.error_);
        return error;
    }
    /** Whether one is open. */
    explicit operator bool() const noexcept { return handle_ != nullptr; }
    /** The day of the check and its digests; zeroes when none is open. */
    optout_register_info describe() const noexcept
    {
        optout_register_info info = OPTOUT_REGISTER_INFO_INIT;
        if (optout_register_describe(handle_.get(), &info) != OPTOUT_OK)
            return optout_register_info();
        return info;
    }

private:
    struct Free {
        void operator()(optout_register *handle) const noexcept { optout_register_free(handle); }
    };
    std::unique_ptr<optout_register, Free> handle_;
};

/** How an explanation is written. */
enum class Format : std::uint32_t { text = OPTOUT_EXPLAIN_TEXT, json = OPTOUT_EXPLAIN_JSON };

/** A disclosure, judged; to begin with, one that denies everybody. Copied like any value. */
class Ruling {
public:
    Ruling() noexcept : ruling_() { ruling_.struct_size = sizeof ruling_; }

    /** Judges a disclosure. */
    OPTOUT_HPP_NODISCARD_ Error assess(const Disclosure &disclosure) noexcept
    {
        Error error;
        return result(error, optout_assess(&disclosure.c(), &ruling_, &error.error_));
    }
    /** Judges a published flow on the terms that held on a day, yyyymmdd. */
    OPTOUT_HPP_NODISCARD_ Error assess_flow(const std::string &id, std::uint32_t on) noexcept
    {
        Error error;
        const optout_status status =
            optout_assess_flow(id.data(), id.size(), on, &ruling_, &error.error_);
        return result(error, status);
    }

    /** Decides for one patient; a denial, not decided, while nothing was assessed. */
    OPTOUT_HPP_NODISCARD_ Decision decide(Patient patient) const noexcept
    {
        Decision decision;
        if (optout_decide(&ruling_, patient.byte(), &decision.decision_) != OPTOUT_OK)
            return Decision();
        return decision;
    }
    /** Decides for many: a byte each in, 1 for allow and 0 for deny each out. */
    OPTOUT_HPP_NODISCARD_ optout_status decide_many(
        const std::uint8_t *patients, std::size_t count, std::uint8_t *verdicts) const noexcept
    {
        return optout_decide_many(&ruling_, patients, count, verdicts);
    }

    /** The clauses behind a patient's decision; none while nothing was assessed. */
    std::vector<Clause> clauses(Patient patient) const
    {
        std::uint32_t numbers[OPTOUT_CLAUSES_MAX];
        std::size_t count = 0;
        std::vector<Clause> clauses;
        if (optout_clauses(&ruling_, patient.byte(), numbers, OPTOUT_CLAUSES_MAX, &count)
            == OPTOUT_OK)
            for (std::size_t i = 0; i < count; ++i)
                clauses.push_back(static_cast<Clause>(numbers[i]));
        return clauses;
    }
    /** The ruling in words; empty while nothing was assessed. */
    std::string explain(Format format) const { return words(OPTOUT_EXPLAIN_NO_PATIENT, format); }
    /** The ruling and a patient's decision in words; empty while nothing was assessed. */
    std::string explain(Patient patient, Format format) const
    {
        return words(patient.byte(), format);
    }
    const optout_ruling &c() const noexcept { return ruling_; }

private:
    static Error result(Error &error, optout_status status) noexcept
    {
        error.error_.status = status;
        return error;
    }
    std::string words(std::uint32_t patient, Format format) const
    {
        const std::uint32_t number = static_cast<std::uint32_t>(format);
        std::size_t needed = 0;
        std::string text;
        if (optout_explain(&ruling_, patient, number, nullptr, 0, &needed) != OPTOUT_E_BUFFER)
            return text;
        text.resize(needed);
        if (optout_explain(&ruling_, patient, number, &text[0], needed, &needed) != OPTOUT_OK)
            return std::string();
        text.resize(needed - 1);
        return text;
    }
    optout_ruling ruling_;
};

/** Answers one line of JSON; the answer has a verdict, or says what is wrong under `error`. */
OPTOUT_HPP_NODISCARD_ inline std::string decide_json(const std::string &line)
{
    std::size_t needed = 0;
    std::string answer;
    if (optout_decide_json(line.data(), line.size(), nullptr, 0, &needed) != OPTOUT_E_BUFFER)
        return answer;
    answer.resize(needed);
    const optout_status status =
        optout_decide_json(line.data(), line.size(), &answer[0], needed, &needed);
    if (status != OPTOUT_OK && status != OPTOUT_E_QUESTION)
        return std::string();
    answer.resize(needed - 1);
    return answer;
}

/** The codes of an answer, for the audit record. Static texts. */
inline const char *code(Reason reason) noexcept
{
    return optout_code(OPTOUT_FIELD_REASON, static_cast<std::uint32_t>(reason));
}
inline const char *code(Route route) noexcept
{
    return optout_code(OPTOUT_FIELD_ROUTE, static_cast<std::uint32_t>(route));
}
inline const char *code(Clause clause) noexcept
{
    return optout_code(OPTOUT_FIELD_CLAUSE, static_cast<std::uint32_t>(clause));
}

/** What a reason, a route or a clause means, in a phrase of English. Static texts. */
inline const char *text(Reason reason) noexcept
{
    return optout_reason_text(static_cast<std::uint32_t>(reason));
}
inline const char *text(Route route) noexcept
{
    return optout_route_text(static_cast<std::uint32_t>(route));
}
inline const char *text(Clause clause) noexcept
{
    return optout_clause_text(static_cast<std::uint32_t>(clause));
}

} /* namespace optout */

#undef OPTOUT_HPP_NODISCARD_

#endif /* OPTOUT_HPP */
