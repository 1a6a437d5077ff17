// The C++ header compiles by itself, twice over, in every dialect, without exceptions.
#include "optout.hpp"
#include "optout.hpp"

int header();

int header()
{
    const optout::Ruling ruling;
    const optout::Patient patient = optout::Patient().type1(optout::Type1::none);
    return ruling.decide(patient).allowed() ? 1 : 0;
}
