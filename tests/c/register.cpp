// A register in C++: opened, moved to its keeper, asked, described, and freed by itself.
#include "optout.hpp"

#include <cstdio>
#include <utility>

static int failures;

static void expect(bool holds, const char *what)
{
    if (!holds) {
        std::printf("broken: %s\n", what);
        ++failures;
    }
}

int main()
{
    optout::Register opened;
    optout::National national = optout::National::none;
    expect(!opened && opened.describe().checked == 0, "to begin with, none is open");
    expect(opened.status(20260601, "9434700027", national).status() == OPTOUT_E_NULL
            && national == optout::National::unknown,
        "none knows nobody");
    expect(opened.open("/", 14).status() == OPTOUT_E_REGISTER_FILE && !opened, "a folder is none");
    expect(!opened.open(REGISTER, 14) && opened, "it is opened");
    expect(!opened.open(REGISTER, 14) && opened, "and again in place of the first");

    const optout::Register kept = std::move(opened);
    expect(!opened && kept, "it is moved");
    expect(kept.describe().checked == 20260601, "it says what it is");
    expect(!kept.status(20260601, "943 470 0027", national) && national == optout::National::none,
        "a number that came back");
    expect(!kept.status(20260601, "9434700019", national) && national == optout::National::opted_out,
        "a number that did not");
    const optout::Error old = kept.status(20260616, "9434700027", national);
    expect(old.status() == OPTOUT_E_REGISTER_AGE && national == optout::National::unknown
            && std::string(old.message()).find("15 days") != std::string::npos,
        "a check that is too old");

    const std::string numbers = "9434700027;9434700019;9434700018;";
    std::uint8_t statuses[3] = { 9, 9, 9 };
    std::size_t unread = 0;
    expect(!kept.status_many(20260601, numbers.data(), 10, 11, 3, statuses, &unread)
            && statuses[0] == OPTOUT_NATIONAL_NONE && statuses[1] == OPTOUT_NATIONAL_OPTED_OUT
            && statuses[2] == OPTOUT_NATIONAL_UNKNOWN && unread == 1,
        "many together");
    const optout::Patient patient =
        optout::Patient().type1(optout::Type1::none).national(national);
    expect(patient.byte() == 1 && patient.valid(), "the byte of a patient");
    if (failures == 0)
        std::puts("a register in C++ holds");
    return failures != 0;
}
