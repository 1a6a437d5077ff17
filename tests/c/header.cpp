// The C++ header compiles by itself, twice over, in every dialect, without exceptions.
#include "optout.hpp"
#include "optout.hpp"

#include <type_traits>
#include <utility>

namespace {

// Whether consent and objection take a value of a type: a bool, and nothing that is made a bool of.
struct Takes {
    template <typename Value>
    static auto consent(int) -> decltype(
        std::declval<optout::Patient>().explicit_consent(std::declval<Value>()), std::true_type());
    template <typename> static std::false_type consent(...);
    template <typename Value>
    static auto objection(int) -> decltype(
        std::declval<optout::Patient>().care_objection(std::declval<Value>()), std::true_type());
    template <typename> static std::false_type objection(...);
};
static_assert(decltype(Takes::consent<bool>(0))::value, "a bool is consent");
static_assert(!decltype(Takes::consent<int>(0))::value, "-1 is no consent");
static_assert(!decltype(Takes::consent<const char *>(0))::value, "a text is no consent");
static_assert(decltype(Takes::objection<bool>(0))::value, "a bool is an objection");
static_assert(!decltype(Takes::objection<int>(0))::value, "-1 is no objection");

}  // namespace

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
