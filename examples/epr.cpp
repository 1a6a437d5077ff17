// examples/epr.c in C++11: an electronic patient record asks before it sends.
//
//     c++ -std=c++11 examples/epr.cpp $(pkg-config --cflags --libs optout) && ./a.out
#include <cstdint>
#include <iostream>
#include <string>
#include <vector>

#include <optout.hpp>

namespace {

// What this system knows of a patient, as its own tables have it.
struct PatientRow {
    const char *message;  // what identifies the message in the audit trail
    std::uint32_t on;     // the day that it is to go; a real hook asks its clock
    char type1;           // 'D' dissent recorded, 'N' looked up and none, '?' never looked up
    char national;        // 'O' opted out, 'N' checked and none, '?' not checked
    int consented;        // to this study, recorded and not withdrawn: 1 or 0; -1 not looked up
};

// What somebody has checked of an assertion: its reference, and from when until when it is valid.
struct Evidence {
    optout::Bases bases;
    optout::Conditions conditions;
    const char *reference;
    std::uint32_t from;
    std::uint32_t until;
};

// The table's letters as statuses. Whatever is not a clear answer is unknown, and unknown denies.
optout::Type1 type1_status(char letter)
{
    switch (letter) {
    case 'D': return optout::Type1::dissent;
    case 'N': return optout::Type1::none;
    default: return optout::Type1::unknown;
    }
}

optout::National national_status(char letter)
{
    switch (letter) {
    case 'O': return optout::National::opted_out;
    case 'N': return optout::National::none;
    default: return optout::National::unknown;
    }
}

// A number that is neither 0 nor 1 is not consent, and not its lack: the patient is always denied.
optout::Patient patient(const PatientRow &row)
{
    if (row.consented != 0 && row.consented != 1)
        return optout::Patient(OPTOUT_PATIENT_INVALID);
    return optout::Patient()
        .type1(type1_status(row.type1))
        .national(national_status(row.national))
        .explicit_consent(row.consented == 1);
}

// An outgoing interface: its question, the ruling of the day, and the evidence for what it asserts.
class Outgoing {
public:
    Outgoing(const std::string &name, const optout::Disclosure &disclosure,
        const std::vector<Evidence> &evidence)
        : name_(name), disclosure_(disclosure), judged_on_(0), evidence_(evidence)
    {
    }

    // Judges the flow for a day: into a fresh ruling, which then takes the place of the old one. In a
    // program with threads, under a lock. On a day that cannot be judged nothing is sent.
    optout::Error judge(std::uint32_t on)
    {
        optout::Ruling fresh;
        const optout::Error error = fresh.assess(disclosure_.on(on));
        if (!error) {
            ruling_ = fresh;
            judged_on_ = on;
        }
        return error;
    }

    // The send hook: whether the message may go.
    bool may_send(const PatientRow &row)
    {
        if (row.on != judged_on_) {
            const optout::Error error = judge(row.on);
            if (error) {
                std::cerr << name_ << ": " << error.message() << '\n';
                return false;
            }
        }
        const optout::Patient who = patient(row);
        const optout::Decision decision = ruling_.decide(who);
        const bool verified =
            decision.unverified_bases().empty() && decision.unverified_conditions().empty();
        const bool covered = is_covered(row.on, decision);
        const bool sent = decision.allowed() && covered;
        std::cout << row.message << " on=" << row.on << " flow=" << name_
                  << " sent=" << (sent ? "yes" : "no")
                  << " verdict=" << (decision.allowed() ? "allow" : "deny")
                  << " reason=" << optout::code(decision.reason()) << " route="
                  << (decision.route() == optout::Route::none ? "none"
                                                              : optout::code(decision.route()))
                  << " policy=" << optout_policy_edition() << " evidence="
                  << (verified ? "none-needed" : covered ? "on-record" : "lacking") << " clauses=";
        const char *comma = "";
        for (const optout::Clause clause : ruling_.clauses(who)) {
            std::cout << comma << optout::code(clause);
            comma = ",";
        }
        std::cout << '\n';
        return sent;
    }

private:
    // Whether everything unverified that a decision rests on has evidence, valid on the day.
    bool is_covered(std::uint32_t on, const optout::Decision &decision) const
    {
        std::uint32_t bases = decision.unverified_bases().bits();
        std::uint32_t conditions = decision.unverified_conditions().bits();
        for (const Evidence &evidence : evidence_) {
            if (evidence.from <= on && on <= evidence.until) {
                bases &= ~evidence.bases.bits();
                conditions &= ~evidence.conditions.bits();
            }
        }
        return bases == 0 && conditions == 0;
    }

    std::string name_;
    optout::Disclosure disclosure_;
    optout::Ruling ruling_;
    std::uint32_t judged_on_;  // 0 while nothing was judged
    std::vector<Evidence> evidence_;
};

}  // namespace

int main()
{
    const std::vector<PatientRow> queue = {
        {"msg-1001", 20260601, 'N', 'N', 0},
        {"msg-1002", 20260601, 'D', 'N', 0},
        {"msg-1003", 20260601, 'N', 'O', 0},
        {"msg-1004", 20260601, '?', 'N', 0},
        {"msg-1005", 20260601, 'D', 'O', 1},
        {"msg-1006", 20260601, 'N', '?', 1},
        {"msg-1007", 20260601, 'D', 'O', -1},
        {"msg-1008", 20260602, 'N', 'N', 0},  // the support ended the day before
        {"msg-1009", 20260602, 'N', 'N', 1},
    };

    // A practice sends records to a disease register that holds section 251 support, and some of its
    // patients have consented.
    const optout::Disclosure disclosure = optout::Disclosure()
            .origin(optout::Origin::gp_record)
            .boundary(optout::Boundary::beyond_controller)
            .identifiability(optout::Identifiability::identifiable)
            .purpose(optout::Purpose::disease_registration)
            .bases(optout::Basis::copi_reg_5 | optout::Basis::explicit_consent);
    Outgoing registry("disease-register", disclosure,
        {{optout::Basis::copi_reg_5, optout::Conditions(), "CAG reference", 20250601, 20260601}});
    // A system does not start on a question that cannot be judged.
    const optout::Error error = registry.judge(queue.front().on);
    if (error) {
        std::cerr << "disease-register: " << error.message() << '\n';
        return 2;
    }

    int sent = 0;
    for (const PatientRow &row : queue)
        sent += registry.may_send(row) ? 1 : 0;
    std::cout << "sent " << sent << " of " << queue.size() << '\n';
}
