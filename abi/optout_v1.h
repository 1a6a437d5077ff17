/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/**
 * @file optout.h
 * Decides whether an NHS patient's data may be disclosed in England.
 *
 * @mainpage optout: may this patient's data be disclosed?
 *
 * A health or care organisation in England is about to make patients' data available for some
 * purpose. This library answers, for each patient, *allow* or *deny*, with the reason and the clause:
 * the Type 1 opt-out, the National Data Opt-out, a programme's own opt-out, and the legal bases and
 * exemptions.
 *
 * # The model
 *
 *       what the controller says                 what the records say
 *       +-------------------+  optout_assess  +---------------+  optout_decide  +-----------------+
 *       | optout_disclosure | --------------> | optout_ruling | --------------> | optout_decision |
 *       +-------------------+                 +---------------+                 +-----------------+
 *         origin, purpose,                      the answers for                   allow or deny,
 *         bases, conditions                     all 256 patients                  reason, route,
 *                                                       a patient: one byte ----> what blocks
 *
 * A **disclosure** is judged once. A **patient** is then one byte, looked up in that ruling. A
 * disclosure is allowed exactly when some lawful route is open to it, the route serves this patient,
 * and no opt-out that binds on that route is recorded **or unknown**. Not opted out is never
 * permission: without a lawful basis nothing may go.
 *
 * # A complete example
 *
 * A hospital sends identifiable records to researchers who hold section 251 support, so that the
 * National Data Opt-out binds.
 *
 * @code{.c}
 * #include <stdio.h>
 * #include <optout.h>
 *
 * int main(void)
 * {
 *     optout_disclosure disclosure = OPTOUT_DISCLOSURE_INIT;
 *     optout_ruling ruling = OPTOUT_RULING_INIT;
 *     optout_decision decision = OPTOUT_DECISION_INIT;
 *     optout_error error = OPTOUT_ERROR_INIT;
 *     uint8_t patient = OPTOUT_PATIENT_UNKNOWN;
 *
 *     disclosure.on = 20260601;
 *     disclosure.origin = OPTOUT_ORIGIN_ENGLAND_CARE;
 *     disclosure.boundary = OPTOUT_BOUNDARY_BEYOND_CONTROLLER;
 *     disclosure.identifiability = OPTOUT_IDENTIFIABILITY_IDENTIFIABLE;
 *     disclosure.purpose = OPTOUT_PURPOSE_RESEARCH;
 *     disclosure.bases = OPTOUT_BASIS_COPI_REG_5;
 *     if (optout_assess(&disclosure, &ruling, &error) != OPTOUT_OK) {
 *         fprintf(stderr, "%s\n", error.message);
 *         return 2;
 *     }
 *
 *     patient = optout_patient_with_national(patient, OPTOUT_NATIONAL_OPTED_OUT);
 *     if (optout_decide(&ruling, patient, &decision) == OPTOUT_OK
 *             && decision.verdict == OPTOUT_ALLOW) {
 *         puts("send");
 *     } else {
 *         printf("withhold: %s\n", optout_reason_text(decision.reason));
 *     }
 *     return 0;
 * }
 * @endcode
 *
 * It prints `withhold: the patient has a national data opt-out`. Build it with
 * `cc example.c $(pkg-config --cflags --libs optout)`.
 *
 * # The rules, a line each
 *
 * - **Release only on `OPTOUT_OK` with `OPTOUT_ALLOW`**, and with evidence on record of what the
 *   decision calls unverified. Zeroed memory says deny, and a status other than `OPTOUT_OK` means that
 *   nothing was decided: every output that can be reached then says deny or unknown. One that cannot
 *   is left as it was: behind NULL, with a count that no array can have, or with a stride that is too
 *   small for a decision.
 * - **A ruling holds for one day.** It does not expire by itself, and terms and dates change: judge
 *   the question again when the day changes, into a fresh ruling that then replaces the old one.
 * - **Ownership:** every structure and buffer is the caller's; texts that functions return are static;
 *   nothing is to be freed but a register, and no pointer is kept after a call returns.
 * - **Threads:** the library has no state; any function may run in any number of threads at once,
 *   any number of them may read one ruling, so long as none writes it, and any number may ask one
 *   register, so long as none frees it. Any thread may free it.
 * - **Structures** begin with `struct_size`; start from `OPTOUT_..._INIT`, or clear the memory and
 *   set it. An input that is larger than the library knows must be zero beyond what it knows; of an
 *   output only the part that both know is written.
 * - **Pointers** may have any alignment. An output structure must be as large as this header says,
 *   whatever its `struct_size` claims.
 * - **Texts in** are a pointer and a length in bytes, in UTF-8, not ended by a NUL. **Texts out** go
 *   into the caller's buffer with a NUL, whole or not at all.
 * - **Numbers** of codes, reasons, routes, clauses and statuses are never reused or renumbered. New
 *   ones may come: have a default.
 * - **Errors** say what is wrong in words, and never repeat what could identify a patient.
 * - **No answer depends on a clock, the environment or a network**, and no file is read but a register
 *   that the caller opens. Dates are arguments. (The standard library of Rust, which the whole library
 *   holds, imports `getenv` for its panic messages, which are turned off.)
 * - **No C++ exception and no Rust panic** crosses a call; the calling convention is the platform's
 *   for C (`cdecl` on 32-bit Windows).
 *
 * # From a register to a decision
 *
 * The national opt-outs of a patient come from the national check. Its answer is kept as a register,
 * which is opened once, shared, and freed when a newer one has taken its place. The Type 1 opt-out
 * comes from the GP record: where it was not looked up, it is unknown.
 *
 * @code{.c}
 * #include <stdio.h>
 * #include <stdlib.h>
 * #include <string.h>
 * #include <optout.h>
 *
 * // A newer register takes the place of the one that is held, once it is open: one that cannot be
 * // opened changes nothing.
 * static int reload(optout_register **held, const char *path)
 * {
 *     optout_error error = OPTOUT_ERROR_INIT;
 *     optout_register *fresh = NULL, *old = *held;
 *     if (optout_register_open(path, strlen(path), 14, &fresh, &error) != OPTOUT_OK) {
 *         fprintf(stderr, "%s\n", error.message);
 *         return 0;
 *     }
 *     *held = fresh;
 *     optout_register_free(old); // with threads: when none asks it any more
 *     return 1;
 * }
 *
 * // What is recorded of a patient on a day. What is not known stays unknown.
 * static uint8_t look_up(
 *     const optout_register *national, uint32_t on, const char *number, uint32_t type1)
 * {
 *     optout_error error = OPTOUT_ERROR_INIT;
 *     uint32_t status = OPTOUT_NATIONAL_UNKNOWN;
 *     uint8_t patient = optout_patient_with_type1(OPTOUT_PATIENT_UNKNOWN, type1);
 *     if (optout_register_status(national, on, number, strlen(number), &status, &error) != OPTOUT_OK)
 *         fprintf(stderr, "%s\n", error.message);
 *     return optout_patient_with_national(patient, status);
 * }
 *
 * // example REGISTER DAY NUMBER TYPE1: the fourth is 'D' for dissent, 'N' for looked up and none.
 * int main(int count, char **given)
 * {
 *     optout_disclosure disclosure = OPTOUT_DISCLOSURE_INIT;
 *     optout_ruling ruling = OPTOUT_RULING_INIT;
 *     optout_decision decision = OPTOUT_DECISION_INIT;
 *     optout_register *national = NULL;
 *     uint32_t on, type1;
 *     uint8_t patient;
 *
 *     if (count != 5 || !reload(&national, given[1]))
 *         return 2;
 *     on = (uint32_t)strtoul(given[2], NULL, 10);
 *     type1 = *given[4] == 'D' ? OPTOUT_TYPE1_DISSENT
 *         : *given[4] == 'N' ? OPTOUT_TYPE1_NONE : OPTOUT_TYPE1_UNKNOWN;
 *     disclosure.on = on;
 *     disclosure.origin = OPTOUT_ORIGIN_GP_RECORD;
 *     disclosure.boundary = OPTOUT_BOUNDARY_BEYOND_CONTROLLER;
 *     disclosure.identifiability = OPTOUT_IDENTIFIABILITY_IDENTIFIABLE;
 *     disclosure.purpose = OPTOUT_PURPOSE_RESEARCH;
 *     disclosure.bases = OPTOUT_BASIS_COPI_REG_5;
 *     if (optout_assess(&disclosure, &ruling, NULL) != OPTOUT_OK)
 *         return 2;
 *     patient = look_up(national, on, given[3], type1);
 *     if (optout_decide(&ruling, patient, &decision) == OPTOUT_OK
 *             && decision.verdict == OPTOUT_ALLOW)
 *         puts("send");
 *     else
 *         printf("withhold: %s\n", optout_reason_text(decision.reason));
 *     optout_register_free(national);
 *     return 0;
 * }
 * @endcode
 *
 * The day of the disclosure is given with each question, not when the register is opened: a program
 * that runs for weeks must not go on using a check that has become too old. It is the day of the
 * ruling, too.
 *
 * # What it is not
 *
 * It is not legal advice, and it cannot check what a controller asserts: bases and conditions that
 * need evidence are *unverified* until the caller has checked the reference and its dates. A release
 * that mixes origins or purposes is several disclosures; release only what all of them allow.
 */
#ifndef OPTOUT_H
#define OPTOUT_H


/* Generated by cbindgen 0.29.4 from capi/src: change it there. */

#include <stddef.h>
#include <stdint.h>

/** Static libraries need nothing. For the DLL on Windows, define OPTOUT_DLL before this header. */
#ifndef OPTOUT_API
#  if defined(_WIN32) && defined(OPTOUT_DLL)
#    define OPTOUT_API __declspec(dllimport)
#  else
#    define OPTOUT_API
#  endif
#endif

/** The compiler warns where the result of a function is ignored. */
#if defined(__GNUC__) || defined(__clang__)
#  define OPTOUT_NODISCARD __attribute__((warn_unused_result))
#else
#  define OPTOUT_NODISCARD
#endif

/* Define OPTOUT_DECISIONS_ONLY to see no more than the library without a standard library has. */
#ifndef OPTOUT_DECISIONS_ONLY
#  define OPTOUT_WHOLE_
#endif

#ifdef __cplusplus
extern "C" {
#endif


/**
 * The version of the binary interface that this header describes. Within one version no function
 * is removed or changes its parameters, no field moves, and no number gets another meaning.
 */
#define OPTOUT_ABI_VERSION 1

/**
 * Success.
 */
#define OPTOUT_OK 0

/**
 * A pointer that is required is NULL.
 */
#define OPTOUT_E_NULL 1

/**
 * A `struct_size` is smaller than that structure was in version 1, or, of an input, over 4096; or a
 * stride is too small.
 */
#define OPTOUT_E_STRUCT_SIZE 2

/**
 * A reserved byte is not zero: the caller was built for a newer library, or the structure was
 * never cleared.
 */
#define OPTOUT_E_RESERVED 3

/**
 * An argument other than the question is out of its range.
 */
#define OPTOUT_E_ARGUMENT 4

/**
 * The buffer is too small; `*needed` says how many bytes it must have.
 */
#define OPTOUT_E_BUFFER 5

/**
 * The ruling does not bear the mark that `optout_assess` of this very library writes: it is zeroed,
 * failed, or kept from another version. Writing into a ruling is not always noticed:
 * `optout_explain` and `optout_clauses` judge its question again and compare every answer;
 * `optout_decide` and `optout_decide_each` compare two entries, so that no single changed byte turns
 * a denial into an allow; `optout_decide_many` compares nothing.
 */
#define OPTOUT_E_RULING 6

/**
 * A text is not UTF-8.
 */
#define OPTOUT_E_UTF8 7

/**
 * A number or a bit of the question has no meaning, or a field is missing.
 */
#define OPTOUT_E_VALUE 20

/**
 * Two bases, or two conditions, cannot both be true of one disclosure.
 */
#define OPTOUT_E_CONTRADICTION 21

/**
 * The day lies before 25 May 2018, when the national data opt-out began.
 */
#define OPTOUT_E_DATE_NOT_COVERED 22

/**
 * A text is not a code of its field.
 */
#define OPTOUT_E_UNKNOWN_CODE 23

/**
 * An HL7 code fits several purposes: say which is meant.
 */
#define OPTOUT_E_AMBIGUOUS_CODE 24

/**
 * No flow of the catalogue has this id.
 */
#define OPTOUT_E_UNKNOWN_FLOW 25

/**
 * The flow is known, but none of its terms hold on this day.
 */
#define OPTOUT_E_FLOW_NOT_ON_THIS_DAY 26

/**
 * The line is no question that can be judged; the answer says why.
 */
#define OPTOUT_E_QUESTION 27

/**
 * The text is not an NHS number.
 */
#define OPTOUT_E_NHS_NUMBER 28

/**
 * There is no NHS number: the text is empty.
 */
#define OPTOUT_E_NHS_NUMBER_EMPTY 29

/**
 * The file of a register cannot be read.
 */
#define OPTOUT_E_REGISTER_FILE 30

/**
 * The file is not a register, whole and unaltered.
 */
#define OPTOUT_E_REGISTER 31

/**
 * The register is of a format that this library does not read.
 */
#define OPTOUT_E_REGISTER_VERSION 32

/**
 * The national check of a register is too old to be used on this day, or was made after it.
 */
#define OPTOUT_E_REGISTER_AGE 33

/**
 * There is not enough memory to read the register.
 */
#define OPTOUT_E_MEMORY 34

/**
 * A fault inside the library was caught. It keeps no state, so later calls are unharmed.
 */
#define OPTOUT_E_INTERNAL 99

/**
 * Where the data were recorded: one of `OPTOUT_ORIGIN_*`.
 *
 * `gp-record`: a GP practice's patient record. Data that another controller has lawfully collected
 * from it are england-care from then on (our reading), unless the terms keep honouring Type 1: then
 * they stay gp-record.
 */
#define OPTOUT_ORIGIN_GP_RECORD 1

/**
 * `england-care`: other publicly funded, commissioned or coordinated health or adult social care
 * in England, and private care in NHS settings.
 */
#define OPTOUT_ORIGIN_ENGLAND_CARE 2

/**
 * `private-care`: privately funded care outside NHS settings.
 */
#define OPTOUT_ORIGIN_PRIVATE_CARE 3

/**
 * `childrens-social-care`: children's social care.
 */
#define OPTOUT_ORIGIN_CHILDRENS_SOCIAL_CARE 4

/**
 * `outside-england`: care outside England.
 */
#define OPTOUT_ORIGIN_OUTSIDE_ENGLAND 5

/**
 * Whose purpose is served: one of `OPTOUT_BOUNDARY_*`.
 *
 * `within-controller`: stays with the organisation that holds it, for its own purpose.
 */
#define OPTOUT_BOUNDARY_WITHIN_CONTROLLER 1

/**
 * `beyond-controller`: leaves the organisation that holds it, or is processed in place for
 * another controller.
 */
#define OPTOUT_BOUNDARY_BEYOND_CONTROLLER 2

/**
 * What the purpose is run on, as the recipient could see it: one of `OPTOUT_IDENTIFIABILITY_*`.
 * Where the holder hands over only an output, judge the output; where another controller's
 * purpose is run in place, judge the records it is run on.
 *
 * `identifiable`: confidential patient information: identifiable or likely identifiable to this
 * recipient, given in confidence, about health or care.
 */
#define OPTOUT_IDENTIFIABILITY_IDENTIFIABLE 1

/**
 * `de-identified`: record-level, under controls that meet the Information Commissioner's
 * anonymisation code, so that this recipient cannot tell who it is.
 */
#define OPTOUT_IDENTIFIABILITY_DE_IDENTIFIED 2

/**
 * `anonymous`: aggregate or otherwise anonymous, after disclosure control.
 */
#define OPTOUT_IDENTIFIABILITY_ANONYMOUS 3

/**
 * What the disclosure is for: one of `OPTOUT_PURPOSE_*`. Its class, which stands before the first
 * purpose of each, is what the rules use.
 *
 * Class care.
 *
 * `individual-care`: the care of the patient.
 */
#define OPTOUT_PURPOSE_INDIVIDUAL_CARE 1

/**
 * `case-finding`: risk stratification to find patients for care.
 */
#define OPTOUT_PURPOSE_CASE_FINDING 2

/**
 * `local-clinical-audit`: audit by the care team of its own care.
 */
#define OPTOUT_PURPOSE_LOCAL_CLINICAL_AUDIT 3

/**
 * `screening-invitation`: inviting people to screening.
 */
#define OPTOUT_PURPOSE_SCREENING_INVITATION 4

/**
 * `patient-access`: the patient's own access to the record.
 */
#define OPTOUT_PURPOSE_PATIENT_ACCESS 5

/**
 * `incident-management`: looking into an incident, by the patient's own team.
 */
#define OPTOUT_PURPOSE_INCIDENT_MANAGEMENT 6

/**
 * `patient-satisfaction`: asking how care was, by the patient's own team.
 */
#define OPTOUT_PURPOSE_PATIENT_SATISFACTION 7

/**
 * Class beyond-care.
 *
 * `research`: research.
 */
#define OPTOUT_PURPOSE_RESEARCH 20

/**
 * `planning`: commissioning and service planning.
 */
#define OPTOUT_PURPOSE_PLANNING 21

/**
 * `risk-stratification`: risk stratification for planning.
 */
#define OPTOUT_PURPOSE_RISK_STRATIFICATION 22

/**
 * `national-clinical-audit`: a national clinical audit.
 */
#define OPTOUT_PURPOSE_NATIONAL_CLINICAL_AUDIT 23

/**
 * `service-evaluation`: service evaluation.
 */
#define OPTOUT_PURPOSE_SERVICE_EVALUATION 24

/**
 * `disease-registration`: a disease register.
 */
#define OPTOUT_PURPOSE_DISEASE_REGISTRATION 25

/**
 * `communicable-disease-control`: control of communicable disease.
 */
#define OPTOUT_PURPOSE_COMMUNICABLE_DISEASE_CONTROL 26

/**
 * `public-health`: public health beyond communicable disease.
 */
#define OPTOUT_PURPOSE_PUBLIC_HEALTH 27

/**
 * `patient-survey`: choosing whom to send a survey.
 */
#define OPTOUT_PURPOSE_PATIENT_SURVEY 28

/**
 * `official-statistics`: official statistics.
 */
#define OPTOUT_PURPOSE_OFFICIAL_STATISTICS 29

/**
 * `census`: the census.
 */
#define OPTOUT_PURPOSE_CENSUS 30

/**
 * `regulation`: regulation and inspection.
 */
#define OPTOUT_PURPOSE_REGULATION 31

/**
 * `legal-proceedings`: legal proceedings.
 */
#define OPTOUT_PURPOSE_LEGAL_PROCEEDINGS 32

/**
 * `mortality-review`: review of deaths.
 */
#define OPTOUT_PURPOSE_MORTALITY_REVIEW 33

/**
 * `child-death-review`: review of a child's death.
 */
#define OPTOUT_PURPOSE_CHILD_DEATH_REVIEW 34

/**
 * `medical-examiner`: a medical examiner's scrutiny of a death.
 */
#define OPTOUT_PURPOSE_MEDICAL_EXAMINER 35

/**
 * `fraud-prevention`: preventing and detecting fraud.
 */
#define OPTOUT_PURPOSE_FRAUD_PREVENTION 36

/**
 * `safeguarding`: safeguarding of children and adults.
 */
#define OPTOUT_PURPOSE_SAFEGUARDING 37

/**
 * `system-assurance`: testing and assuring systems.
 */
#define OPTOUT_PURPOSE_SYSTEM_ASSURANCE 38

/**
 * Class payment.
 *
 * `invoice-validation`: validating an invoice for contracted care.
 */
#define OPTOUT_PURPOSE_INVOICE_VALIDATION 60

/**
 * `invoice-validation-non-contracted`: validating an invoice for care outside a contract.
 */
#define OPTOUT_PURPOSE_INVOICE_VALIDATION_NON_CONTRACTED 61

/**
 * `prescription-payment`: paying for prescriptions.
 */
#define OPTOUT_PURPOSE_PRESCRIPTION_PAYMENT 62

/**
 * `provider-payment`: paying practices: quality outcomes, enhanced services, immunisations.
 */
#define OPTOUT_PURPOSE_PROVIDER_PAYMENT 63

/**
 * Class commercial.
 *
 * `marketing`: marketing.
 */
#define OPTOUT_PURPOSE_MARKETING 80

/**
 * `insurance`: insurance.
 */
#define OPTOUT_PURPOSE_INSURANCE 81

/**
 * `other-commercial`: any other commercial use.
 */
#define OPTOUT_PURPOSE_OTHER_COMMERCIAL 82

/**
 * What the controller relies on to lift confidentiality: any of `OPTOUT_BASIS_*`, added together
 * with `|`; 0 for none.
 *
 * `implied-consent`: for individual care, by staff with a legitimate relationship.
 */
#define OPTOUT_BASIS_IMPLIED_CONSENT 1

/**
 * `explicit-consent`: this patient's explicit consent to this use, or a consultee's advice (our
 * reading); whether it was given is a fact about each patient.
 */
#define OPTOUT_BASIS_EXPLICIT_CONSENT 2

/**
 * `overall-benefit`: for care of a patient who lacks capacity.
 */
#define OPTOUT_BASIS_OVERALL_BENEFIT 4

/**
 * `court-order`: an order of a court.
 */
#define OPTOUT_BASIS_COURT_ORDER 8

/**
 * `statutory-duty`: an Act or regulations require this disclosure, or permit it and expressly
 * lift confidentiality (our reading).
 */
#define OPTOUT_BASIS_STATUTORY_DUTY 16

/**
 * `s259-collection`: a collection by NHS England under the Health and Social Care Act 2012,
 * sections 254 to 259.
 */
#define OPTOUT_BASIS_S259_COLLECTION 32

/**
 * `copi-reg-2`: section 251 support (approval to use confidential information without consent)
 * under regulation 2, for cancer, of the Control of Patient Information Regulations 2002.
 */
#define OPTOUT_BASIS_COPI_REG_2 64

/**
 * `copi-reg-3`: regulation 3 of the Control of Patient Information Regulations 2002, for
 * communicable disease and other risks to public health.
 */
#define OPTOUT_BASIS_COPI_REG_3 128

/**
 * `copi-reg-5`: section 251 support (approval to use confidential information without consent)
 * under regulation 5, for medical purposes, of the Control of Patient Information Regulations
 * 2002, on the advice of the Confidentiality Advisory Group.
 */
#define OPTOUT_BASIS_COPI_REG_5 256

/**
 * `public-interest`: overriding public interest, after a positive, recorded, case-specific test.
 */
#define OPTOUT_BASIS_PUBLIC_INTEREST 512

/**
 * `statutory-power`: a permission to disclose, which does not lift confidentiality.
 */
#define OPTOUT_BASIS_STATUTORY_POWER 1024

/**
 * What the controller asserts about this flow: any of `OPTOUT_CONDITION_*`, added together with
 * `|`; 0 for none.
 *
 * `legitimate-relationship`: the recipients are the patient's own care team or otherwise have a
 * legitimate relationship.
 */
#define OPTOUT_CONDITION_LEGITIMATE_RELATIONSHIP 1

/**
 * `national-disapplied`: the decision-maker has recorded that the national opt-out does not apply
 * to this flow.
 */
#define OPTOUT_CONDITION_NATIONAL_DISAPPLIED 2

/**
 * `type1-not-upheld`: the Direction or the platform's terms say expressly that Type 1 objections
 * are not upheld.
 */
#define OPTOUT_CONDITION_TYPE1_NOT_UPHELD 4

/**
 * `type1-upheld`: the programme honours Type 1 where the rule would not require it.
 */
#define OPTOUT_CONDITION_TYPE1_UPHELD 8

/**
 * `programme-opt-out`: the programme runs an opt-out of its own, which must be honoured.
 */
#define OPTOUT_CONDITION_PROGRAMME_OPT_OUT 16

/**
 * `national-voluntary`: the organisation applies the national opt-out where policy does not
 * require it.
 */
#define OPTOUT_CONDITION_NATIONAL_VOLUNTARY 32

/**
 * The Type 1 opt-out of a patient, a code in the GP record: one of `OPTOUT_TYPE1_*`.
 *
 * `unknown`: not known.
 */
#define OPTOUT_TYPE1_UNKNOWN 0

/**
 * `none`: known to have none.
 */
#define OPTOUT_TYPE1_NONE 1

/**
 * `dissent`: has recorded a Type 1 opt-out.
 */
#define OPTOUT_TYPE1_DISSENT 2

/**
 * The National Data Opt-out of a patient: one of `OPTOUT_NATIONAL_*`.
 *
 * `unknown`: not known.
 */
#define OPTOUT_NATIONAL_UNKNOWN 0

/**
 * `none`: known to have none.
 */
#define OPTOUT_NATIONAL_NONE 1

/**
 * `opted-out`: has a national data opt-out.
 */
#define OPTOUT_NATIONAL_OPTED_OUT 2

/**
 * `no-nhs-number`: the record has no NHS number and obtaining one is disproportionate; an invalid
 * number is `unknown`.
 */
#define OPTOUT_NATIONAL_NO_NHS_NUMBER 3

/**
 * The opt-out that the programme runs itself, such as that of the Summary Care Record: one of
 * `OPTOUT_PROGRAMME_*`.
 *
 * `unknown`: not known.
 */
#define OPTOUT_PROGRAMME_UNKNOWN 0

/**
 * `none`: known to have none.
 */
#define OPTOUT_PROGRAMME_NONE 1

/**
 * `opted-out`: has opted out of this programme.
 */
#define OPTOUT_PROGRAMME_OPTED_OUT 2

/**
 * The size of an NHS number as a text: ten digits and a NUL.
 */
#define OPTOUT_NHS_NUMBER_SIZE 11

/**
 * Who issues the numbers of a range, as far as is publicly known: one of `OPTOUT_RANGE_*`. It is
 * reported, and no ground for refusing a number.
 *
 * `not-in-use`: not known to be issued by anyone.
 */
#define OPTOUT_RANGE_NOT_IN_USE 1

/**
 * `scotland`: a Community Health Index number of Scotland.
 */
#define OPTOUT_RANGE_SCOTLAND 2

/**
 * `northern-ireland`: a Health and Care number of Northern Ireland.
 */
#define OPTOUT_RANGE_NORTHERN_IRELAND 3

/**
 * `england-wales-man`: an NHS number of England, Wales or the Isle of Man.
 */
#define OPTOUT_RANGE_ENGLAND_WALES_MAN 4

/**
 * `ireland`: an Individual Health Identifier of the Republic of Ireland.
 */
#define OPTOUT_RANGE_IRELAND 5

/**
 * `test`: never issued: synthetic and test data.
 */
#define OPTOUT_RANGE_TEST 6

/**
 * Allow or deny. Anything but `OPTOUT_ALLOW` is a denial, and so is zeroed memory.
 *
 * `deny`: the data of this patient may not be disclosed.
 */
#define OPTOUT_DENY 0

/**
 * `allow`: the data of this patient may be disclosed.
 */
#define OPTOUT_ALLOW 1

/**
 * Why: one of `OPTOUT_REASON_*`. Of several that apply, the lowest number is given. New reasons
 * may come: act on the verdict, and show the reason.
 *
 * `not-decided`: nothing was decided: memory that was never written.
 */
#define OPTOUT_REASON_NOT_DECIDED 0

/**
 * `permitted`: an open route permits it and no opt-out that binds there blocks.
 */
#define OPTOUT_REASON_PERMITTED 1

/**
 * `invalid-status`: the patient's status byte has a field that means nothing.
 */
#define OPTOUT_REASON_INVALID_STATUS 2

/**
 * `no-lawful-basis`: nothing lifts the duty of confidence, whatever the patient chose.
 */
#define OPTOUT_REASON_NO_LAWFUL_BASIS 3

/**
 * `consent-not-recorded`: only explicit consent would permit it, and this patient has recorded
 * none.
 */
#define OPTOUT_REASON_CONSENT_NOT_RECORDED 4

/**
 * `type1-dissent`: the patient has a Type 1 opt-out.
 */
#define OPTOUT_REASON_TYPE1_DISSENT 5

/**
 * `national-opt-out`: the patient has a national data opt-out.
 */
#define OPTOUT_REASON_NATIONAL_OPT_OUT 6

/**
 * `programme-opt-out`: the patient has opted out of this programme.
 */
#define OPTOUT_REASON_PROGRAMME_OPT_OUT 7

/**
 * `care-objection`: the patient objects to sharing for their own care.
 */
#define OPTOUT_REASON_CARE_OBJECTION 8

/**
 * `type1-unknown`: it is not known whether the patient has a Type 1 opt-out.
 */
#define OPTOUT_REASON_TYPE1_UNKNOWN 9

/**
 * `national-unknown`: it is not known whether the patient has a national data opt-out.
 */
#define OPTOUT_REASON_NATIONAL_UNKNOWN 10

/**
 * `programme-unknown`: it is not known whether the patient has opted out of this programme.
 */
#define OPTOUT_REASON_PROGRAMME_UNKNOWN 11

/**
 * By which lawful way the data may go: one of `OPTOUT_ROUTE_*`.
 *
 * No route: the decision is a denial.
 */
#define OPTOUT_ROUTE_NONE 0

/**
 * `anonymous`: anonymous data.
 */
#define OPTOUT_ROUTE_ANONYMOUS 1

/**
 * `de-identified`: de-identified data.
 */
#define OPTOUT_ROUTE_DE_IDENTIFIED 2

/**
 * `explicit-consent`: the patient's explicit consent.
 */
#define OPTOUT_ROUTE_EXPLICIT_CONSENT 3

/**
 * `implied-consent`: implied consent for individual care.
 */
#define OPTOUT_ROUTE_IMPLIED_CONSENT 4

/**
 * `overall-benefit`: overall benefit of a patient who lacks capacity.
 */
#define OPTOUT_ROUTE_OVERALL_BENEFIT 5

/**
 * `court-order`: an order of a court.
 */
#define OPTOUT_ROUTE_COURT_ORDER 6

/**
 * `statutory-duty`: a duty in statute.
 */
#define OPTOUT_ROUTE_STATUTORY_DUTY 7

/**
 * `public-interest`: overriding public interest.
 */
#define OPTOUT_ROUTE_PUBLIC_INTEREST 8

/**
 * `s259-collection`: a collection by NHS England under section 259.
 */
#define OPTOUT_ROUTE_S259_COLLECTION 9

/**
 * `copi-reg-3`: regulation 3: communicable disease and risks to public health.
 */
#define OPTOUT_ROUTE_COPI_REG_3 10

/**
 * `section-251`: section 251 support.
 */
#define OPTOUT_ROUTE_SECTION_251 11

/**
 * What blocks, in `optout_decision.blocked_by`: any of `OPTOUT_BLOCKED_BY_*`. Bit *n* is reason
 * *n*.
 *
 * `type1-dissent`: the patient has a Type 1 opt-out.
 */
#define OPTOUT_BLOCKED_BY_TYPE1_DISSENT 32

/**
 * `national-opt-out`: the patient has a national data opt-out.
 */
#define OPTOUT_BLOCKED_BY_NATIONAL_OPT_OUT 64

/**
 * `programme-opt-out`: the patient has opted out of this programme.
 */
#define OPTOUT_BLOCKED_BY_PROGRAMME_OPT_OUT 128

/**
 * `care-objection`: the patient objects to sharing for their own care.
 */
#define OPTOUT_BLOCKED_BY_CARE_OBJECTION 256

/**
 * `type1-unknown`: it is not known whether the patient has a Type 1 opt-out.
 */
#define OPTOUT_BLOCKED_BY_TYPE1_UNKNOWN 512

/**
 * `national-unknown`: it is not known whether the patient has a national data opt-out.
 */
#define OPTOUT_BLOCKED_BY_NATIONAL_UNKNOWN 1024

/**
 * `programme-unknown`: it is not known whether the patient has opted out of this programme.
 */
#define OPTOUT_BLOCKED_BY_PROGRAMME_UNKNOWN 2048

/**
 * What a decision stands on: one of `OPTOUT_CLAUSE_*`. New clauses may come; `optout_clause_text`
 * knows those of the library that runs.
 *
 * `OP3`: who may set a national opt-out, and that it outlives the patient.
 */
#define OPTOUT_CLAUSE_OP3 1

/**
 * `OP5.1`: disclosures on section 251 support respect the national opt-out, unless the
 * decision-maker records that it does not apply to the flow.
 */
#define OPTOUT_CLAUSE_OP5_1 2

/**
 * `OP6.2`: the national opt-out does not apply to communicable disease and risks to public health
 * under regulation 3.
 */
#define OPTOUT_CLAUSE_OP6_2 3

/**
 * `OP6.3`: the national opt-out does not apply to a disclosure in the overriding public interest.
 */
#define OPTOUT_CLAUSE_OP6_3 4

/**
 * `OP7.1`: the national opt-out does not apply to validating invoices for care outside a
 * contract, nor to payment data required by law.
 */
#define OPTOUT_CLAUSE_OP7_1 5

/**
 * `OP8`: having no opt-out is not permission: a lawful basis is still needed.
 */
#define OPTOUT_CLAUSE_OP8 6

/**
 * `OPA2`: which activities of the patient's own team count as individual care.
 */
#define OPTOUT_CLAUSE_OPA2 7

/**
 * `OPA6`: what confidential patient information is.
 */
#define OPTOUT_CLAUSE_OPA6 8

/**
 * `NHSUK`: where the choice does not apply: individual care, legal duties and court orders,
 * consent, anonymised data, no NHS number; no marketing or insurance use without consent.
 */
#define OPTOUT_CLAUSE_NHSUK 9

/**
 * `UNDER`: which organisations and information the national opt-out covers, within an
 * organisation as well as between them.
 */
#define OPTOUT_CLAUSE_UNDER 10

/**
 * `RES3`: what the national opt-out is, for researchers.
 */
#define OPTOUT_CLAUSE_RES3 11

/**
 * `RES4`: data anonymised in line with the Information Commissioner's code are outside the
 * national opt-out.
 */
#define OPTOUT_CLAUSE_RES4 12

/**
 * `RES6`: a patient's consent to a study stands over the national opt-out, whichever came first;
 * the whole record is withheld, never selected fields.
 */
#define OPTOUT_CLAUSE_RES6 13

/**
 * `HRA`: how the national opt-out applies to research with section 251 support.
 */
#define OPTOUT_CLAUSE_HRA 14

/**
 * `RCGP`: a Type 1 objection is to use of GP-held data beyond care without explicit consent.
 */
#define OPTOUT_CLAUSE_RCGP 15

/**
 * `POD15`: a Type 1 objection keeps identifiable and record-level GP data in the practice for
 * purposes beyond care.
 */
#define OPTOUT_CLAUSE_POD15 16

/**
 * `PHSMI`: a mandatory collection under sections 254 and 259 upholds Type 1 and does not apply
 * the national opt-out.
 */
#define OPTOUT_CLAUSE_PHSMI 17

/**
 * `GDPPR`: the pandemic collection from practices respected Type 1 although supply was mandatory.
 */
#define OPTOUT_CLAUSE_GDPPR 18

/**
 * `GPDPR`: no data of patients with Type 1 would be collected, although pseudonymised at source.
 */
#define OPTOUT_CLAUSE_GPDPR 19

/**
 * `OS-T1`: Type 1 is upheld for analysis run in place on pseudonymised GP records, but was not
 * while regulation 3 notices were relied on.
 */
#define OPTOUT_CLAUSE_OS_T1 20

/**
 * `OS-NDO`: how a research platform treats the national opt-out.
 */
#define OPTOUT_CLAUSE_OS_NDO 21

/**
 * `CPRD`: a research database of pseudonymised GP records applies Type 1.
 */
#define OPTOUT_CLAUSE_CPRD 22

/**
 * `NHSE2014`: Type 1 does not stop a court order, a legal duty or an overriding public interest.
 */
#define OPTOUT_CLAUSE_NHSE2014 23

/**
 * `GMC`: confidentiality: care of patients who lack capacity, objections to sharing, disclosure
 * after death.
 */
#define OPTOUT_CLAUSE_GMC 24

/**
 * `S251`: confidentiality may be set aside for medical purposes, but not to serve the care of
 * particular people.
 */
#define OPTOUT_CLAUSE_S251 25

/**
 * `COPI`: the regulations made under section 251: neoplasia, communicable disease, other medical
 * purposes.
 */
#define OPTOUT_CLAUSE_COPI 26

/**
 * `GPG2023`: sharing for direct care on implied consent, respecting a patient's objection.
 */
#define OPTOUT_CLAUSE_GPG2023 27

/**
 * `DH2014`: sharing information for direct care is expected of care teams.
 */
#define OPTOUT_CLAUSE_DH2014 28

/**
 * `DH2013`: the promise that objections to use beyond care will be respected.
 */
#define OPTOUT_CLAUSE_DH2013 29

/**
 * `LEDER2020`: practices were asked to release records of people with a learning disability who
 * died.
 */
#define OPTOUT_CLAUSE_LEDER2020 30

/**
 * `LHCRE2018`: local health and care records: identifiable for care, anonymised for planning.
 */
#define OPTOUT_CLAUSE_LHCRE2018 31

/**
 * `READING`: no source settles it: our own reading, the safest for the patient.
 */
#define OPTOUT_CLAUSE_READING 32

/**
 * For `optout_explain`: English for people, in lines of at most 80 characters.
 */
#define OPTOUT_EXPLAIN_TEXT 1

/**
 * For `optout_explain`: one line of JSON for programs.
 */
#define OPTOUT_EXPLAIN_JSON 2

/**
 * For `optout_explain`, instead of a patient: the ruling alone.
 */
#define OPTOUT_EXPLAIN_NO_PATIENT 256

/**
 * For `optout_clauses`: as many clauses as a decision can ever stand on.
 */
#define OPTOUT_CLAUSES_MAX 64

/**
 * The size of `optout_error.message` in bytes.
 */
#define OPTOUT_ERROR_MESSAGE_SIZE 1008

/**
 * A byte that every ruling denies, as `invalid-status`: what comes of a status that does not exist.
 * Every function below keeps it as it is, so that a mistake is never built over.
 */
#define OPTOUT_PATIENT_INVALID 255

/**
 * A patient of whom nothing is known: denied wherever an opt-out binds.
 */
#define OPTOUT_PATIENT_UNKNOWN 0

/**
 * Which field: in `optout_error.field`, and to say of which field a code is.
 *
 * No field of the question.
 */
#define OPTOUT_FIELD_NONE 0

/**
 * `optout_disclosure.origin`.
 */
#define OPTOUT_FIELD_ORIGIN 1

/**
 * `optout_disclosure.boundary`.
 */
#define OPTOUT_FIELD_BOUNDARY 2

/**
 * `optout_disclosure.identifiability`.
 */
#define OPTOUT_FIELD_IDENTIFIABILITY 3

/**
 * `optout_disclosure.purpose`.
 */
#define OPTOUT_FIELD_PURPOSE 4

/**
 * `optout_disclosure.bases`; a number of it is one bit.
 */
#define OPTOUT_FIELD_BASES 5

/**
 * `optout_disclosure.conditions`; a number of it is one bit.
 */
#define OPTOUT_FIELD_CONDITIONS 6

/**
 * The day of the disclosure; it has no codes.
 */
#define OPTOUT_FIELD_ON 7

/**
 * The id of a flow of the catalogue; it has no codes.
 */
#define OPTOUT_FIELD_FLOW 8

/**
 * The Type 1 opt-out of a patient.
 */
#define OPTOUT_FIELD_TYPE1 9

/**
 * The national data opt-out of a patient.
 */
#define OPTOUT_FIELD_NATIONAL 10

/**
 * The opt-out of a patient from the programme.
 */
#define OPTOUT_FIELD_PROGRAMME 11

/**
 * `optout_decision.verdict`.
 */
#define OPTOUT_FIELD_VERDICT 12

/**
 * `optout_decision.reason`.
 */
#define OPTOUT_FIELD_REASON 13

/**
 * `optout_decision.route`.
 */
#define OPTOUT_FIELD_ROUTE 14

/**
 * `optout_decision.blocked_by`; a number of it is one bit.
 */
#define OPTOUT_FIELD_BLOCKED_BY 15

/**
 * A clause that a decision stands on.
 */
#define OPTOUT_FIELD_CLAUSE 16

/**
 * An NHS number; it has no codes.
 */
#define OPTOUT_FIELD_NHS_NUMBER 17

/**
 * Who issues the NHS numbers of a range.
 */
#define OPTOUT_FIELD_RANGE 18

#if defined(OPTOUT_WHOLE_)
/**
 * The answer of one national check, by NHS number: a file that `optout_register_open` has read. It
 * is never written, so any number of threads may ask one register at once, and any thread may free
 * it when none asks it any more.
 *
 * The check answers by omission: of the numbers asked, those without an opt-out come back. A number
 * asked is therefore opted out until it comes back, and a number not asked is unknown. It is a
 * temporary cache of that answer: do not write it into a patient's record.
 */
typedef struct optout_register optout_register;
#endif

/**
 * The status of a call. 0 is success; **every other value means that nothing was decided**, and
 * every verdict that the call would have written says deny. New values may come.
 *
 * | values | whose fault |
 * |---|---|
 * | 1 to 19 | the calling program's: correct the call |
 * | 20 to 89 | the question's: what was asked or given cannot be judged |
 * | 90 and above | the library's: report it |
 */
typedef int32_t optout_status;

/**
 * One disclosure: who discloses what, for what, relying on what. A release that mixes origins or
 * purposes is several disclosures; only what all allow may go.
 *
 * Clear it, set `struct_size`, then state **every** field; 0 is never a valid code, so that a
 * forgotten one is an error. `bases` and `conditions` may be 0, for none. What the bases and
 * conditions assert is the controller's to prove: the library cannot check it, and says in the
 * decision what stays unverified.
 */
typedef struct optout_disclosure {
    /**
     * `sizeof(optout_disclosure)`.
     */
    uint32_t struct_size;
    /**
     * The day of the disclosure as the number yyyymmdd, such as 20260601: the library has no clock.
     */
    uint32_t on;
    /**
     * Where the data were recorded: one of `OPTOUT_ORIGIN_*`.
     */
    uint32_t origin;
    /**
     * Whose purpose is served: one of `OPTOUT_BOUNDARY_*`.
     */
    uint32_t boundary;
    /**
     * What the purpose is run on: one of `OPTOUT_IDENTIFIABILITY_*`.
     */
    uint32_t identifiability;
    /**
     * What it is for: one of `OPTOUT_PURPOSE_*`.
     */
    uint32_t purpose;
    /**
     * What the controller relies on: any of `OPTOUT_BASIS_*`, or 0.
     */
    uint32_t bases;
    /**
     * What the controller asserts: any of `OPTOUT_CONDITION_*`, or 0.
     */
    uint32_t conditions;
    /**
     * 0.
     */
    uint32_t reserved[8];
} optout_disclosure;

/**
 * A disclosure, judged: the answers for all 256 patients. It lies in the caller's memory, holds no
 * pointer, is copied by plain assignment, and needs no freeing.
 *
 * Set `struct_size` before it is judged. A ruling that is zeroed, whose judgement failed, or that
 * comes from another version of the library denies everybody with `OPTOUT_E_RULING`; so keep the
 * question, not the ruling. A ruling holds for the day of its question and does not expire by itself:
 * judge the question when the program starts, and again when the day changes.
 */
typedef struct optout_ruling {
    /**
     * In: `sizeof(optout_ruling)`.
     */
    uint32_t struct_size;
    /**
     * The library's own; its meaning changes from version to version.
     */
    uint32_t private_[1023];
} optout_ruling;

/**
 * What was wrong, in words: an optional output of the functions that judge or read a question.
 *
 * Set `struct_size` before the call. Afterwards it says success, or what failed. Of what was given
 * it repeats only what stands in the place of a code, a number or the day of the disclosure, and
 * longer numbers not at all or with each digit as `#`, because an NHS number or a date of birth in
 * the wrong field must not reach a log. A message that does not fit is cut at the end of a
 * character.
 */
typedef struct optout_error {
    /**
     * In: `sizeof(optout_error)`.
     */
    uint32_t struct_size;
    /**
     * Out: what the call returned.
     */
    optout_status status;
    /**
     * Out: the field of the question that is wrong, one of `OPTOUT_FIELD_*`.
     */
    uint32_t field;
    /**
     * Out: 0.
     */
    uint32_t reserved;
    /**
     * Out: one sentence in UTF-8, ended by a NUL; empty on success.
     */
    char message[OPTOUT_ERROR_MESSAGE_SIZE];
} optout_error;

#if defined(OPTOUT_WHOLE_)
/**
 * What a register is, for the audit record.
 */
typedef struct optout_register_info {
    /**
     * In: `sizeof(optout_register_info)`.
     */
    uint32_t struct_size;
    /**
     * Out: the day of the national check as the number yyyymmdd.
     */
    uint32_t checked;
    /**
     * Out: how many distinct numbers were asked.
     */
    uint64_t asked;
    /**
     * Out: how many of them did not come back: those with an opt-out.
     */
    uint64_t opted_out;
    /**
     * Out: how many days old the check may be when it is used, as it was opened.
     */
    uint32_t max_age_days;
    /**
     * Out: 1 when that is more than the 21 days that are widely quoted, which is to be justified;
     * else 0.
     */
    uint32_t is_over_21_days;
    /**
     * Out: the BLAKE3 digest of the register's file.
     */
    uint8_t digest[32];
    /**
     * Out: the BLAKE3 digest of the request that was sent; zeroes when it is not known.
     */
    uint8_t request_digest[32];
    /**
     * Out: the BLAKE3 digest of the response that came back; zeroes when it is not known.
     */
    uint8_t response_digest[32];
} optout_register_info;
#endif

/**
 * Allow or deny: `OPTOUT_ALLOW` or `OPTOUT_DENY`, which is 0. Release data only on `OPTOUT_ALLOW`.
 */
typedef int32_t optout_verdict;

/**
 * What was decided for one patient, and why. Zeroed memory is a denial that nobody decided.
 */
typedef struct optout_decision {
    /**
     * In: `sizeof(optout_decision)`.
     */
    uint32_t struct_size;
    /**
     * Out: `OPTOUT_ALLOW` or `OPTOUT_DENY`.
     */
    optout_verdict verdict;
    /**
     * Out: why, one of `OPTOUT_REASON_*`.
     */
    uint32_t reason;
    /**
     * Out: by which way it may go, one of `OPTOUT_ROUTE_*`; `OPTOUT_ROUTE_NONE` for a denial.
     */
    uint32_t route;
    /**
     * Out: everything that blocks, any of `OPTOUT_BLOCKED_BY_*`; 0 unless an opt-out or an
     * objection denies.
     */
    uint32_t blocked_by;
    /**
     * Out, for an allow: which of the bases it rests on need a reference and validity dates on
     * record, any of `OPTOUT_BASIS_*`. The library cannot check them: until the caller has, the
     * answer is unverified.
     */
    uint32_t unverified_bases;
    /**
     * Out, for an allow: which of the conditions it rests on need the same, any of
     * `OPTOUT_CONDITION_*`.
     */
    uint32_t unverified_conditions;
    /**
     * Out: 0.
     */
    uint32_t reserved;
} optout_decision;

/**
 * The version of the binary interface of the library that runs. A host that loads the library at
 * run time compares it with `OPTOUT_ABI_VERSION` and refuses another.
 *
 * @return `OPTOUT_ABI_VERSION` of the library
 */
OPTOUT_API
uint32_t optout_abi_version(void);

/**
 * The version of the library that runs.
 *
 * @return a static text such as `1.2.3`, never to be freed
 */
OPTOUT_API
const char *optout_version(void);

/**
 * The edition of the policy that the library decides. It changes when any answer changes: write it
 * into the audit record.
 *
 * @return a static text, never to be freed
 */
OPTOUT_API
const char *optout_policy_edition(void);

/**
 * The size of an `optout_disclosure`, for hosts that have no header.
 *
 * @return its size in bytes
 */
OPTOUT_API
uint32_t optout_sizeof_disclosure(void);

/**
 * The size of an `optout_ruling`, for hosts that have no header.
 *
 * @return its size in bytes
 */
OPTOUT_API
uint32_t optout_sizeof_ruling(void);

/**
 * The size of an `optout_decision`, for hosts that have no header.
 *
 * @return its size in bytes
 */
OPTOUT_API
uint32_t optout_sizeof_decision(void);

/**
 * The size of an `optout_error`, for hosts that have no header.
 *
 * @return its size in bytes
 */
OPTOUT_API
uint32_t optout_sizeof_error(void);

#if defined(OPTOUT_WHOLE_)
/**
 * The size of an `optout_register_info`, for hosts that have no header.
 *
 * @return its size in bytes
 */
OPTOUT_API
uint32_t optout_sizeof_register_info(void);
#endif

/**
 * Says what a status means, in a phrase of English.
 *
 * @param status any number
 * @return a static text, never NULL, never to be freed
 */
OPTOUT_API
const char *optout_status_text(optout_status status);

/**
 * Judges a disclosure: everything but the patient. It takes a few microseconds; do it once for each
 * flow, when the program starts, and again when the day or an agreement changes: into a fresh
 * ruling, which then takes the place of the old one.
 *
 * @param disclosure the question
 * @param ruling     out: the ruling; it denies everybody when the call fails
 * @param error      out: which field is wrong, and how; may be NULL
 * @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_STRUCT_SIZE`, `OPTOUT_E_RESERVED`,
 *         `OPTOUT_E_VALUE`, `OPTOUT_E_CONTRADICTION`, `OPTOUT_E_DATE_NOT_COVERED`
 */
OPTOUT_API
OPTOUT_NODISCARD
optout_status optout_assess(const struct optout_disclosure *disclosure,
                            struct optout_ruling *ruling,
                            struct optout_error *error);

#if defined(OPTOUT_WHOLE_)
/**
 * Judges a published flow on the terms that held on a day. `optout flows` lists the ids, and so
 * does the handbook. The catalogue supplies the question, never the evidence: check its terms
 * against the agreement that you have.
 *
 * @param id     the flow's id in UTF-8; it need not end in a NUL
 * @param length its length in bytes
 * @param on     the day of the disclosure as the number yyyymmdd
 * @param ruling out: the ruling; it denies everybody when the call fails
 * @param error  out: what is wrong, and which id is near; may be NULL
 * @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_STRUCT_SIZE`, `OPTOUT_E_UTF8`, `OPTOUT_E_VALUE`
 *         (no such day), `OPTOUT_E_UNKNOWN_FLOW`, `OPTOUT_E_FLOW_NOT_ON_THIS_DAY`,
 *         `OPTOUT_E_DATE_NOT_COVERED`
 */
OPTOUT_API
OPTOUT_NODISCARD
optout_status optout_assess_flow(const char *id,
                                 size_t length,
                                 uint32_t on,
                                 struct optout_ruling *ruling,
                                 struct optout_error *error);
#endif

#if defined(OPTOUT_WHOLE_)
/**
 * Reads an NHS number: ten ASCII digits of which the last checks the others, or the same in the form
 * 3-3-4 with two spaces or two hyphens, spaces around it allowed. The ten placeholders of one digit
 * ten times over are refused. That a number can be read does not say that it was ever issued.
 *
 * Only `OPTOUT_E_NHS_NUMBER_EMPTY` may become `OPTOUT_NATIONAL_NO_NHS_NUMBER`, and only where the
 * controller asserts it. A number that is wrong is a patient whose national status is unknown.
 *
 * @param text   the field in ASCII; it need not end in a NUL. NULL is an error, also with the
 *               length 0: a field that was not fetched is not a field that is empty
 * @param length its length in bytes
 * @param digits out: the ten digits and a NUL, so `OPTOUT_NHS_NUMBER_SIZE` bytes; empty when the
 *               call fails
 * @param range  out: who issues such numbers, one of `OPTOUT_RANGE_*`, which is no ground for
 *               refusing one; 0 when the call fails; may be NULL
 * @param error  out: what is wrong, without the number; may be NULL
 * @return `OPTOUT_OK`; `OPTOUT_E_NHS_NUMBER_EMPTY`, `OPTOUT_E_NHS_NUMBER`, `OPTOUT_E_NULL`,
 *         `OPTOUT_E_ARGUMENT`, `OPTOUT_E_STRUCT_SIZE` (of `error`)
 */
OPTOUT_API
OPTOUT_NODISCARD
optout_status optout_nhs_number_parse(const char *text,
                                      size_t length,
                                      char *digits,
                                      uint32_t *range,
                                      struct optout_error *error);
#endif

/**
 * The patient with this Type 1 status.
 *
 * @param patient the byte so far, 0 to begin with
 * @param status  one of `OPTOUT_TYPE1_*`
 * @return the new byte; `OPTOUT_PATIENT_INVALID` when there is no such status
 */
OPTOUT_API
OPTOUT_NODISCARD
uint8_t optout_patient_with_type1(uint8_t patient,
                                  uint32_t status);

/**
 * The patient with this national status. `OPTOUT_NATIONAL_NO_NHS_NUMBER` is for a record without
 * an NHS number, never for one whose number is wrong.
 *
 * @param patient the byte so far, 0 to begin with
 * @param status  one of `OPTOUT_NATIONAL_*`
 * @return the new byte; `OPTOUT_PATIENT_INVALID` when there is no such status
 */
OPTOUT_API
OPTOUT_NODISCARD
uint8_t optout_patient_with_national(uint8_t patient,
                                     uint32_t status);

/**
 * The patient with this status in the programme's own opt-out.
 *
 * @param patient the byte so far, 0 to begin with
 * @param status  one of `OPTOUT_PROGRAMME_*`
 * @return the new byte; `OPTOUT_PATIENT_INVALID` when there is no such status
 */
OPTOUT_API
OPTOUT_NODISCARD
uint8_t optout_patient_with_programme(uint8_t patient,
                                      uint32_t status);

/**
 * The patient with or without explicit consent to this very use, on record and not withdrawn.
 *
 * @param patient the byte so far, 0 to begin with
 * @param given   1 when it is on record, 0 when not
 * @return the new byte; `OPTOUT_PATIENT_INVALID` for any other number
 */
OPTOUT_API
OPTOUT_NODISCARD
uint8_t optout_patient_with_explicit_consent(uint8_t patient,
                                             uint32_t given);

/**
 * The patient with or without an objection, on record, to sharing for their own care.
 *
 * @param patient the byte so far, 0 to begin with
 * @param objects 1 when it is on record, 0 when not
 * @return the new byte; `OPTOUT_PATIENT_INVALID` for any other number
 */
OPTOUT_API
OPTOUT_NODISCARD
uint8_t optout_patient_with_care_objection(uint8_t patient,
                                           uint32_t objects);

/**
 * The Type 1 status in a byte.
 *
 * @param patient any byte
 * @return one of `OPTOUT_TYPE1_*`; 3 when the field is invalid
 */
OPTOUT_API
OPTOUT_NODISCARD
uint32_t optout_patient_type1(uint8_t patient);

/**
 * The national status in a byte.
 *
 * @param patient any byte
 * @return one of `OPTOUT_NATIONAL_*`
 */
OPTOUT_API
OPTOUT_NODISCARD
uint32_t optout_patient_national(uint8_t patient);

/**
 * The status in the programme's own opt-out in a byte.
 *
 * @param patient any byte
 * @return one of `OPTOUT_PROGRAMME_*`; 3 when the field is invalid
 */
OPTOUT_API
OPTOUT_NODISCARD
uint32_t optout_patient_programme(uint8_t patient);

/**
 * Whether a byte says that explicit consent to this use is on record.
 *
 * @param patient any byte
 * @return 1 or 0
 */
OPTOUT_API
OPTOUT_NODISCARD
uint32_t optout_patient_explicit_consent(uint8_t patient);

/**
 * Whether a byte says that an objection to sharing for their own care is on record.
 *
 * @param patient any byte
 * @return 1 or 0
 */
OPTOUT_API
OPTOUT_NODISCARD
uint32_t optout_patient_care_objection(uint8_t patient);

/**
 * Whether every field of a byte holds a status: true of 144 of the 256 bytes.
 *
 * @param patient any byte
 * @return 1 or 0
 */
OPTOUT_API
OPTOUT_NODISCARD
uint32_t optout_patient_is_valid(uint8_t patient);

#if defined(OPTOUT_WHOLE_)
/**
 * Opens a register: reads the file at once, checks every byte, and closes it. It takes some
 * milliseconds and as much memory as the file, at most 250 MB; do it when the program starts, and
 * again when a new check was made.
 *
 * @param path   the file, a regular one: on Windows in UTF-8, elsewhere as the system spells it; it need not end in
 *               a NUL
 * @param length its length in bytes
 * @param days   how many days old the check may be on the day of a disclosure, 0 to 65 535; 0 is the
 *               day of the check alone. More than 21 is to be justified
 * @param handle out: the register, to be freed with `optout_register_free`; NULL when the call
 *               fails. What it pointed to before is not freed
 * @param error  out: what is wrong; may be NULL
 * @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_STRUCT_SIZE` (of `error`), `OPTOUT_E_ARGUMENT`,
 *         `OPTOUT_E_UTF8`, `OPTOUT_E_REGISTER_FILE`, `OPTOUT_E_REGISTER`,
 *         `OPTOUT_E_REGISTER_VERSION`, `OPTOUT_E_MEMORY`
 */
OPTOUT_API
OPTOUT_NODISCARD
optout_status optout_register_open(const char *path,
                                   size_t length,
                                   uint32_t days,
                                   struct optout_register **handle,
                                   struct optout_error *error);
#endif

#if defined(OPTOUT_WHOLE_)
/**
 * Says what a register is.
 *
 * @param handle the register
 * @param info   out: the day of the check, its numbers and digests; zeroes when the call fails
 * @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_STRUCT_SIZE`
 */
OPTOUT_API
OPTOUT_NODISCARD
optout_status optout_register_describe(const struct optout_register *handle,
                                       struct optout_register_info *info);
#endif

#if defined(OPTOUT_WHOLE_)
/**
 * Frees a register. No other thread may ask it any more; which thread opened it is of no matter.
 *
 * @param handle the register, or NULL, which does nothing
 */
OPTOUT_API
void optout_register_free(struct optout_register *handle);
#endif

#if defined(OPTOUT_WHOLE_)
/**
 * The national status of an NHS number on the day of a disclosure:
 * `optout_patient_with_national(patient, national)` makes the patient's byte of it.
 *
 * A number that is empty is `OPTOUT_E_NHS_NUMBER_EMPTY`; whether that may become
 * `OPTOUT_NATIONAL_NO_NHS_NUMBER` is for the controller to assert.
 *
 * @param handle   the register
 * @param on       the day of the disclosure as the number yyyymmdd: the check may be no older on it
 *                 than the register was opened with, and no later
 * @param number   the NHS number as `optout_nhs_number_parse` reads it; it need not end in a NUL, and
 *                 NULL is an error, also with the length 0
 * @param length   its length in bytes
 * @param national out: `OPTOUT_NATIONAL_NONE` when the number was asked and came back,
 *                 `OPTOUT_NATIONAL_OPTED_OUT` when it was asked and did not,
 *                 `OPTOUT_NATIONAL_UNKNOWN` when it was not asked, and when the call fails
 * @param error    out: what is wrong, without the number; may be NULL
 * @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_STRUCT_SIZE` (of `error`), `OPTOUT_E_ARGUMENT`,
 *         `OPTOUT_E_VALUE` (no such day), `OPTOUT_E_REGISTER_AGE`, `OPTOUT_E_NHS_NUMBER`,
 *         `OPTOUT_E_NHS_NUMBER_EMPTY`
 */
OPTOUT_API
OPTOUT_NODISCARD
optout_status optout_register_status(const struct optout_register *handle,
                                     uint32_t on,
                                     const char *number,
                                     size_t length,
                                     uint32_t *national,
                                     struct optout_error *error);
#endif

#if defined(OPTOUT_WHOLE_)
/**
 * The national status of many NHS numbers, in their order, each as if it were alone, and several
 * times faster. Without any number it says whether the register may be used on that day.
 *
 * A field that is no NHS number is unknown, and counted; it fails nobody else.
 *
 * @param handle   the register
 * @param on       the day of the disclosure, as in `optout_register_status`
 * @param numbers  the first of `count` fields; it may be NULL when there are none
 * @param length   the length of each field in bytes: 10 for bare digits
 * @param stride   the distance from one field to the next, at least `length`
 * @param count    how many fields
 * @param statuses out: `count` bytes, each one of `OPTOUT_NATIONAL_*`; all unknown when the call
 *                 fails. They must not overlap `numbers`
 * @param unread   out: how many of the fields are no NHS number; may be NULL
 * @param error    out: what is wrong; may be NULL
 * @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_STRUCT_SIZE` (the stride, or of `error`),
 *         `OPTOUT_E_ARGUMENT` (a count that no array can have; no status is written),
 *         `OPTOUT_E_VALUE` (no such day), `OPTOUT_E_REGISTER_AGE`
 */
OPTOUT_API
OPTOUT_NODISCARD
optout_status optout_register_status_many(const struct optout_register *handle,
                                          uint32_t on,
                                          const char *numbers,
                                          size_t length,
                                          size_t stride,
                                          size_t count,
                                          uint8_t *statuses,
                                          size_t *unread,
                                          struct optout_error *error);
#endif

/**
 * Decides for one patient: one look-up, a few nanoseconds.
 *
 * @param ruling   the disclosure, judged
 * @param patient  what the patient has recorded: a byte built with `optout_patient_with_*`, or 0 for
 *                 a patient of whom nothing is known
 * @param decision out: the decision; a denial, not decided, when the call fails
 * @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_STRUCT_SIZE`, `OPTOUT_E_RULING`
 */
OPTOUT_API
OPTOUT_NODISCARD
optout_status optout_decide(const struct optout_ruling *ruling,
                            uint8_t patient,
                            struct optout_decision *decision);

/**
 * Decides for many patients: a verdict each, in their order, each as if it were alone.
 *
 * @param ruling   the disclosure, judged
 * @param patients `count` bytes, one for each patient; they may be NULL when there are none
 * @param count    how many patients
 * @param verdicts out: `count` bytes, each `OPTOUT_ALLOW` or `OPTOUT_DENY`; all deny when the call
 *                 fails. They may be the same array as `patients`, each byte then replaced by its
 *                 verdict; they must not overlap it otherwise
 * @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_ARGUMENT` (a count that no array can have; nothing
 *         is written), `OPTOUT_E_RULING`
 */
OPTOUT_API
OPTOUT_NODISCARD
optout_status optout_decide_many(const struct optout_ruling *ruling,
                                 const uint8_t *patients,
                                 size_t count,
                                 uint8_t *verdicts);

/**
 * Decides for many patients: a whole decision each, in their order, each as if it were alone.
 *
 * @param ruling    the disclosure, judged
 * @param patients  `count` bytes, one for each patient; they may be NULL when there are none
 * @param count     how many patients
 * @param decisions out: an array of `count` decisions, which need not be prepared; all are denials,
 *                  not decided, when the call fails. They must not overlap `patients`
 * @param stride    `sizeof(optout_decision)`, the distance from one decision to the next
 * @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_STRUCT_SIZE` (the stride) and `OPTOUT_E_ARGUMENT`
 *         (a count that no array can have), which write nothing, `OPTOUT_E_RULING`
 */
OPTOUT_API
OPTOUT_NODISCARD
optout_status optout_decide_each(const struct optout_ruling *ruling,
                                 const uint8_t *patients,
                                 size_t count,
                                 struct optout_decision *decisions,
                                 size_t stride);

#if defined(OPTOUT_WHOLE_)
/**
 * Explains a ruling: which routes are open, or why closed; which opt-outs bind, and by what they are
 * lifted; under which clauses; what deserves a second look. For a patient also the decision, and
 * for a denial the facts that would change it.
 *
 * @param ruling   the disclosure, judged
 * @param patient  the patient's byte, 0 to 255, or `OPTOUT_EXPLAIN_NO_PATIENT`
 * @param format   `OPTOUT_EXPLAIN_TEXT` or `OPTOUT_EXPLAIN_JSON`
 * @param buffer   out: the explanation in UTF-8, ended by a NUL; empty when the call fails
 * @param capacity the size of the buffer; with 0 the buffer may be NULL, to ask for `needed`
 * @param needed   out: the size that the buffer must have, with the NUL; 0 when nothing can be
 *                 explained; may be NULL
 * @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_ARGUMENT`, `OPTOUT_E_BUFFER`, `OPTOUT_E_RULING`
 */
OPTOUT_API
OPTOUT_NODISCARD
optout_status optout_explain(const struct optout_ruling *ruling,
                             uint32_t patient,
                             uint32_t format,
                             char *buffer,
                             size_t capacity,
                             size_t *needed);
#endif

#if defined(OPTOUT_WHOLE_)
/**
 * The clauses behind a patient's decision, in order of first use: those of the route that permits,
 * or of each opt-out that blocks. A denial for an invalid status has none. It judges the question
 * again, so it takes some microseconds: call it for the audit record, not for every patient.
 *
 * @param ruling   the disclosure, judged
 * @param patient  the patient's byte
 * @param clauses  out: an array for the clauses, each one of `OPTOUT_CLAUSE_*`; the rest of it is 0
 * @param capacity how many fit; `OPTOUT_CLAUSES_MAX` is always enough
 * @param count    out: how many there are; 0 when the call fails otherwise than for want of room
 * @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_BUFFER`, `OPTOUT_E_RULING`
 */
OPTOUT_API
OPTOUT_NODISCARD
optout_status optout_clauses(const struct optout_ruling *ruling,
                             uint8_t patient,
                             uint32_t *clauses,
                             size_t capacity,
                             size_t *count);
#endif

#if defined(OPTOUT_WHOLE_)
/**
 * Judges and decides a question in one line of JSON, as the command `optout decide` reads it. Each
 * call judges the disclosure again; for many patients of one disclosure use `optout_decide_many`.
 *
 * A question that cannot be judged is answered too, with the keys `id` and `error`; it has no
 * verdict, and the call returns `OPTOUT_E_QUESTION`.
 *
 * @param line     the question in UTF-8; it need not end in a NUL
 * @param length   its length in bytes, at most 1 MiB
 * @param buffer   out: the answer in UTF-8 without a line end, ended by a NUL; empty when there is
 *                 none
 * @param capacity the size of the buffer; with 0 the buffer may be NULL, to ask for `needed`
 * @param needed   out: the size that the buffer must have, with the NUL; may be NULL
 * @return `OPTOUT_OK`; `OPTOUT_E_QUESTION`, with the answer; `OPTOUT_E_NULL`, `OPTOUT_E_ARGUMENT`,
 *         `OPTOUT_E_BUFFER`, without
 */
OPTOUT_API
OPTOUT_NODISCARD
optout_status optout_decide_json(const char *line,
                                 size_t length,
                                 char *buffer,
                                 size_t capacity,
                                 size_t *needed);
#endif

/**
 * The code of a number: the kebab-case word of JSON, of the command line and of the handbook.
 *
 * @param field  one of `OPTOUT_FIELD_*`
 * @param number a number of that field; in a field that is a set, one bit
 * @return a static text such as `gp-record`, never to be freed; empty, never NULL, where the field
 *         or the number has no code
 */
OPTOUT_API
const char *optout_code(uint32_t field,
                        uint32_t number);

/**
 * What a number means, in a phrase of English.
 *
 * @param field  one of `OPTOUT_FIELD_*`
 * @param number a number of that field; in a field that is a set, one bit
 * @return a static text, never to be freed; empty, never NULL, where the number has no meaning
 */
OPTOUT_API
const char *optout_meaning(uint32_t field,
                           uint32_t number);

/**
 * What a reason means, in a phrase of English.
 *
 * @param reason one of `OPTOUT_REASON_*`
 * @return a static text, never to be freed; empty, never NULL, for an unknown reason
 */
OPTOUT_API
const char *optout_reason_text(uint32_t reason);

/**
 * What a route is, in a phrase of English.
 *
 * @param route one of `OPTOUT_ROUTE_*`
 * @return a static text, never to be freed; empty, never NULL, for an unknown route
 */
OPTOUT_API
const char *optout_route_text(uint32_t route);

#if defined(OPTOUT_WHOLE_)
/**
 * What a clause is: the document, where in it, and a paraphrase.
 *
 * @param clause one of `OPTOUT_CLAUSE_*`
 * @return a static text, never to be freed; empty, never NULL, for an unknown clause
 */
OPTOUT_API
const char *optout_clause_text(uint32_t clause);
#endif

/**
 * The number of a code, letter for letter. A purpose may also be one of the HL7 v3 `ActReason`
 * codes that stand for one purpose (`TREAT`, `ETREAT`, `HRESCH`, `CLINTRCH`, `PUBHLTH`, `HMARKT`,
 * `PATRQT`).
 *
 * @param field  one of `OPTOUT_FIELD_*`
 * @param code   the code in UTF-8; it need not end in a NUL
 * @param length its length in bytes
 * @param number out: the number, for a field that is a set one bit; 0 when the call fails
 * @param error  out: what is wrong and which code is near; may be NULL
 * @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_STRUCT_SIZE` (of `error`), `OPTOUT_E_ARGUMENT`
 *         (a field without codes), `OPTOUT_E_UNKNOWN_CODE`, `OPTOUT_E_AMBIGUOUS_CODE`
 */
OPTOUT_API
OPTOUT_NODISCARD
optout_status optout_number(uint32_t field,
                            const char *code,
                            size_t length,
                            uint32_t *number,
                            struct optout_error *error);

/** To start a disclosure from: its size, and no field stated. */
#define OPTOUT_DISCLOSURE_INIT { sizeof(optout_disclosure), 0, 0, 0, 0, 0, 0, 0, { 0 } }

/** To start a ruling from: its size, and nobody allowed. */
#define OPTOUT_RULING_INIT { sizeof(optout_ruling), { 0 } }

/** To start a decision from: its size, and a denial that nobody decided. */
#define OPTOUT_DECISION_INIT { sizeof(optout_decision), OPTOUT_DENY, 0, 0, 0, 0, 0, 0 }

/** To start an error from: its size, and success. */
#define OPTOUT_ERROR_INIT { sizeof(optout_error), OPTOUT_OK, 0, 0, { 0 } }

#if defined(OPTOUT_WHOLE_)
/** To start the description of a register from: its size, and nothing said. */
#define OPTOUT_REGISTER_INFO_INIT \
    { sizeof(optout_register_info), 0, 0, 0, 0, 0, { 0 }, { 0 }, { 0 } }
#endif

#ifdef __cplusplus
} /* extern "C" */
#endif

/* The layout that library and caller must agree on. */
#if defined(__cplusplus) && (__cplusplus >= 201103L || (defined(_MSVC_LANG) && _MSVC_LANG >= 201103L))
#  define OPTOUT_ASSERT_(what) static_assert(what, #what)
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#  define OPTOUT_ASSERT_(what) _Static_assert(what, #what)
#endif
#ifdef OPTOUT_ASSERT_
OPTOUT_ASSERT_(sizeof(optout_disclosure) == 64);
OPTOUT_ASSERT_(sizeof(optout_ruling) == 4096);
OPTOUT_ASSERT_(sizeof(optout_decision) == 32);
OPTOUT_ASSERT_(sizeof(optout_error) == 1024);
#  ifdef OPTOUT_WHOLE_
OPTOUT_ASSERT_(sizeof(optout_register_info) == 128);
OPTOUT_ASSERT_(offsetof(optout_register_info, asked) == 8);
OPTOUT_ASSERT_(offsetof(optout_register_info, digest) == 32);
#  endif
OPTOUT_ASSERT_(offsetof(optout_disclosure, reserved) == 32);
OPTOUT_ASSERT_(offsetof(optout_decision, reserved) == 28);
OPTOUT_ASSERT_(offsetof(optout_error, message) == 16);
#  undef OPTOUT_ASSERT_
#endif

#endif /* OPTOUT_H */
