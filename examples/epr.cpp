// examples/epr.c in C++11: an electronic patient record asks before it sends.
//
//     c++ -std=c++11 examples/epr.cpp $(pkg-config --cflags --libs optout) && ./a.out
#include <iostream>
#include <string>
#include <vector>

#include <optout.hpp>

namespace {

// What this system knows of a patient, as its own tables have it.
struct PatientRow {
    const char *message;  // what identifies the message in the audit trail
    char type1;           // 'D' dissent recorded, 'N' looked up and none, '?' never looked up
    char national;        // 'O' opted out, 'N' checked and none, '?' not checked
    bool consented;       // to this study, recorded and not withdrawn
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

optout::Patient patient(const PatientRow &row)
{
    return optout::Patient()
        .type1(type1_status(row.type1))
        .national(national_status(row.national))
        .explicit_consent(row.consented);
}

// An outgoing interface, with its disclosure judged when the system starts.
class Outgoing {
public:
    explicit Outgoing(const std::string &name) : name_(name) {}

    optout::Error start(const optout::Disclosure &disclosure) { return ruling_.assess(disclosure); }

    // The send hook: whether the message may go.
    bool may_send(const PatientRow &row) const
    {
        const optout::Patient who = patient(row);
        const optout::Decision decision = ruling_.decide(who);
        const bool verified =
            decision.unverified_bases().empty() && decision.unverified_conditions().empty();
        std::cout << row.message << " flow=" << name_
                  << " verdict=" << (decision.allowed() ? "allow" : "deny")
                  << " reason=" << optout::code(decision.reason()) << " route="
                  << (decision.route() == optout::Route::none ? "none"
                                                              : optout::code(decision.route()))
                  << " policy=" << optout_policy_edition()
                  << " evidence=" << (verified ? "none-needed" : "unverified") << " clauses=";
        const char *comma = "";
        for (const optout::Clause clause : ruling_.clauses(who)) {
            std::cout << comma << optout::code(clause);
            comma = ",";
        }
        std::cout << '\n';
        return decision.allowed();
    }

private:
    std::string name_;
    optout::Ruling ruling_;
};

}  // namespace

int main()
{
    const std::vector<PatientRow> queue = {
        {"msg-1001", 'N', 'N', false},
        {"msg-1002", 'D', 'N', false},
        {"msg-1003", 'N', 'O', false},
        {"msg-1004", '?', 'N', false},
        {"msg-1005", 'D', 'O', true},
        {"msg-1006", 'N', '?', true},
    };

    // A practice sends records to a disease register that holds section 251 support, and some of its
    // patients have consented.
    Outgoing registry("disease-register");
    const optout::Error error = registry.start(optout::Disclosure()
            .on(20260601)
            .origin(optout::Origin::gp_record)
            .boundary(optout::Boundary::beyond_controller)
            .identifiability(optout::Identifiability::identifiable)
            .purpose(optout::Purpose::disease_registration)
            .bases(optout::Basis::copi_reg_5 | optout::Basis::explicit_consent));
    if (error) {
        std::cerr << "disease-register: " << error.message() << '\n';
        return 2;
    }

    int sent = 0;
    for (const PatientRow &row : queue)
        sent += registry.may_send(row) ? 1 : 0;
    std::cout << "sent " << sent << " of " << queue.size() << '\n';
}
