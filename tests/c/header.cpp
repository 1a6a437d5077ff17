// The C++ header compiles by itself, twice over, in every dialect, without exceptions.
#include "optout.hpp"
#include "optout.hpp"

int header();

int header()
{
    const optout::Ruling ruling;
    const optout::Register checked;
    optout::National national = optout::National::none;
    if (!checked.status(20260608, "9434765919", national))
        return 2;
    const optout::Patient patient = optout::Patient().type1(optout::Type1::none).national(national);
    return ruling.decide(patient).allowed() ? 1 : 0;
}
