"""The C library `optout` for Python, by ctypes: may this patient's data be disclosed?

It needs nothing but the shared library where the system's loader finds it
(`liboptout.so.1`, `optout.dll`, `liboptout.dylib`). The manual is `include/optout.h`.

A disclosure is judged once, when the program starts:

    ruling = optout.Ruling()
    ruling.assess(optout.disclosure(20260601, "gp-record", "beyond-controller", "identifiable",
                                    "research", ["copi-reg-5"]))

Then each patient is one byte, looked up. Release on `allowed` and on nothing else:

    if ruling.decide(optout.patient(type1=optout.TYPE1_NONE)).allowed: ...

The national status of a patient comes from a register, the kept answer of the national check:

    with optout.Register("national.register", days=14) as register:
        status = register.national(20260608, nhs_number)  # raises: then the patient is unknown

A ruling may be read by any number of threads once it is judged, and a register until it is closed.
"""

import ctypes
import operator
import os
import sys
from ctypes import POINTER, byref, c_char_p, c_int32, c_size_t, c_uint8, c_uint32, c_void_p

from optout.codes import *  # the numbers of the vocabulary
from optout.codes import (
    ABI_VERSION, ALLOW, FIELD_BASES, FIELD_BOUNDARY, FIELD_CONDITIONS, FIELD_IDENTIFIABILITY, FIELD_ORIGIN,
    FIELD_PURPOSE, NATIONAL_UNKNOWN, OK, PATIENT_INVALID, PROGRAMME_UNKNOWN, TYPE1_UNKNOWN)


def _index(value, most):
    """A whole number from 0 to `most`, or None: ctypes would cut what is larger, and refuse 1.0."""
    try:
        found = operator.index(value)
    except TypeError:
        return None
    return found if 0 <= found <= most else None


def _u32(value):
    found = _index(value, 2**32 - 1)
    if found is None:
        raise ValueError(f"not a whole number of 32 bits: {type(value).__name__}")
    return found


class Disclosure(ctypes.Structure):
    """The question but for the patient. 0 is no valid code, so a forgotten field is an error."""

    _fields_ = [(name, c_uint32) for name in (
        "struct_size", "on", "origin", "boundary", "identifiability", "purpose", "bases",
        "conditions")] + [("reserved", c_uint32 * 8)]

    def __setattr__(self, name, value):
        super().__setattr__(name, value if name == "reserved" else _u32(value))


class Decision(ctypes.Structure):
    """What was decided for one patient. One that was never written is a denial."""

    _fields_ = [
        ("struct_size", c_uint32), ("verdict", c_int32), ("reason", c_uint32),
        ("route", c_uint32), ("blocked_by", c_uint32), ("unverified_bases", c_uint32),
        ("unverified_conditions", c_uint32), ("reserved", c_uint32)]
    status = OK

    @property
    def allowed(self):
        """Whether the data may go. Every failure is a denial."""
        return self.status == OK and self.verdict == ALLOW


class _Ruling(ctypes.Structure):
    _fields_ = [("struct_size", c_uint32), ("private", c_uint32 * 1023)]


class _Error(ctypes.Structure):
    _fields_ = [("struct_size", c_uint32), ("status", c_int32), ("field", c_uint32),
                ("reserved", c_uint32), ("message", ctypes.c_char * 1008)]


class Failure(Exception):
    """A question that cannot be judged. `message` names no patient."""

    def __init__(self, error):
        self.status, self.field = error.status, error.field
        self.message = error.message.decode() or text("optout_status_text", error.status)
        super().__init__(self.message)


def _load():
    name = {"win32": "optout.dll", "darwin": "liboptout.dylib"}.get(sys.platform, "liboptout.so.1")
    library = ctypes.CDLL(name)
    for function, result, arguments in (
            ("abi_version", c_uint32, []),
            ("version", c_char_p, []),
            ("policy_edition", c_char_p, []),
            ("sizeof_disclosure", c_uint32, []),
            ("sizeof_ruling", c_uint32, []),
            ("sizeof_decision", c_uint32, []),
            ("sizeof_error", c_uint32, []),
            ("status_text", c_char_p, [c_int32]),
            ("code", c_char_p, [c_uint32, c_uint32]),
            ("number", c_int32,
             [c_uint32, c_char_p, c_size_t, POINTER(c_uint32), POINTER(_Error)]),
            ("assess", c_int32, [POINTER(Disclosure), POINTER(_Ruling), POINTER(_Error)]),
            ("assess_flow", c_int32,
             [c_char_p, c_size_t, c_uint32, POINTER(_Ruling), POINTER(_Error)]),
            ("decide", c_int32, [POINTER(_Ruling), c_uint8, POINTER(Decision)]),
            ("decide_many", c_int32, [POINTER(_Ruling), c_char_p, c_size_t, c_char_p]),
            ("clauses", c_int32,
             [POINTER(_Ruling), c_uint8, POINTER(c_uint32), c_size_t, POINTER(c_size_t)]),
            ("decide_json", c_int32,
             [c_char_p, c_size_t, c_char_p, c_size_t, POINTER(c_size_t)]),
            ("register_open", c_int32,
             [c_char_p, c_size_t, c_uint32, POINTER(c_void_p), POINTER(_Error)]),
            ("register_free", None, [c_void_p]),
            ("register_status", c_int32,
             [c_void_p, c_uint32, c_char_p, c_size_t, POINTER(c_uint32), POINTER(_Error)]),
            ("patient_with_type1", c_uint8, [c_uint8, c_uint32]),
            ("patient_with_national", c_uint8, [c_uint8, c_uint32]),
            ("patient_with_programme", c_uint8, [c_uint8, c_uint32]),
            ("patient_with_explicit_consent", c_uint8, [c_uint8, c_uint32]),
            ("patient_with_care_objection", c_uint8, [c_uint8, c_uint32])):
        prototype = getattr(library, "optout_" + function)
        prototype.restype, prototype.argtypes = result, arguments
    if library.optout_abi_version() != ABI_VERSION:
        raise ImportError(f"{name}: another version of the library is installed")
    for structure, size in ((Disclosure, library.optout_sizeof_disclosure()),
                            (_Ruling, library.optout_sizeof_ruling()),
                            (Decision, library.optout_sizeof_decision()),
                            (_Error, library.optout_sizeof_error())):
        if ctypes.sizeof(structure) > size:
            raise ImportError(f"{name}: {structure.__name__} has another layout there")
    return library


_library = _load()


def _new(structure):
    return structure(struct_size=ctypes.sizeof(structure))


def text(function, *arguments):
    """A static text of the library, such as `optout_policy_edition`."""
    return getattr(_library, function)(*arguments).decode()


def policy_edition():
    """The edition of the policy: write it into the audit record."""
    return text("optout_policy_edition")


def code(field, number):
    """The code of a number, such as `gp-record`; empty where it has none."""
    return text("optout_code", _u32(field), _u32(number))


def number(field, code):
    """The number of a code; `Failure` names the nearest where there is none."""
    found, error, given = c_uint32(), _new(_Error), code.encode()
    if _library.optout_number(_u32(field), given, len(given), byref(found), byref(error)) != OK:
        raise Failure(error)
    return found.value


def disclosure(on, origin, boundary, identifiability, purpose, bases=(), conditions=()):
    """A disclosure from the codes of its fields, on a day such as 20260601."""
    return Disclosure(
        struct_size=ctypes.sizeof(Disclosure), on=on, origin=number(FIELD_ORIGIN, origin),
        boundary=number(FIELD_BOUNDARY, boundary),
        identifiability=number(FIELD_IDENTIFIABILITY, identifiability),
        purpose=number(FIELD_PURPOSE, purpose),
        bases=sum(number(FIELD_BASES, basis) for basis in set(bases)),
        conditions=sum(number(FIELD_CONDITIONS, condition) for condition in set(conditions)))


def patient(type1=TYPE1_UNKNOWN, national=NATIONAL_UNKNOWN, programme=PROGRAMME_UNKNOWN,
            explicit_consent=False, care_objection=False):
    """What a patient has recorded, as one byte. What is not known is unknown, and denies."""
    statuses = [_index(status, 3) for status in (type1, national, programme)]
    flags = [_index(flag, 1) for flag in (explicit_consent, care_objection)]
    if None in statuses or None in flags:
        return PATIENT_INVALID
    byte = _library.optout_patient_with_type1(0, statuses[0])
    byte = _library.optout_patient_with_national(byte, statuses[1])
    byte = _library.optout_patient_with_programme(byte, statuses[2])
    byte = _library.optout_patient_with_explicit_consent(byte, flags[0])
    return _library.optout_patient_with_care_objection(byte, flags[1])


def _byte(patient):
    """A patient's byte. What is none, such as 1.0, True or 261, is a patient who is denied."""
    found = None if isinstance(patient, bool) else _index(patient, 255)
    return PATIENT_INVALID if found is None else found


def _bytes(patients):
    """As many bytes as there are patients, also from arrays whose items are wider than a byte."""
    try:
        view = memoryview(patients)
    except TypeError:
        return bytes(map(_byte, patients))
    if view.format == "B" and view.ndim == 1:
        return view.tobytes()
    return bytes(map(_byte, view.tolist()))


class Ruling:
    """A disclosure, judged. Until it is judged, and when judging fails, it denies everybody."""

    def __init__(self):
        self._memory = _new(_Ruling)

    def assess(self, disclosure):
        """Judges a disclosure; raises `Failure`."""
        error = _new(_Error)
        if _library.optout_assess(byref(disclosure), byref(self._memory), byref(error)) != OK:
            raise Failure(error)

    def assess_flow(self, flow, on):
        """Judges a flow of the catalogue on the terms of a day; raises `Failure`."""
        error, given = _new(_Error), flow.encode()
        if _library.optout_assess_flow(
                given, len(given), _u32(on), byref(self._memory), byref(error)) != OK:
            raise Failure(error)

    def decide(self, patient):
        """Decides for one patient. It never raises: a failure is a denial with a status."""
        decision = _new(Decision)
        decision.status = _library.optout_decide(
            byref(self._memory), _byte(patient), byref(decision))
        return decision

    def decide_many(self, patients):
        """Decides for many: the status, and a byte each that is `ALLOW` or not. `patients` are bytes,
        or whatever else holds a number each; a number that is no byte is denied."""
        given = _bytes(patients)
        verdicts = ctypes.create_string_buffer(len(given))
        status = _library.optout_decide_many(
            byref(self._memory), given, len(given), verdicts)
        return status, verdicts.raw

    def clauses(self, patient):
        """The numbers of the clauses behind a decision, for the audit record."""
        found, count = (c_uint32 * 64)(), c_size_t()
        status = _library.optout_clauses(
            byref(self._memory), _byte(patient), found, len(found), byref(count))
        return list(found[:count.value]) if status == OK else []


class Register:
    """The answer of a national check, as a file. Close it when no thread asks it any more."""

    _handle = None

    def __init__(self, path, days):
        """Opens a register whose check may be so many days old when it is used."""
        self._handle, error, given = c_void_p(), _new(_Error), os.fsencode(path)
        if _library.optout_register_open(
                given, len(given), _u32(days), byref(self._handle), byref(error)) != OK:
            raise Failure(error)

    def national(self, on, nhs_number):
        """The national status on the day of a disclosure. Where it raises, the patient is unknown."""
        status, error, given = c_uint32(), _new(_Error), nhs_number.encode()
        if _library.optout_register_status(
                self._handle, _u32(on), given, len(given), byref(status), byref(error)) != OK:
            raise Failure(error)
        return status.value

    def close(self):
        """Frees it; asked again, it knows nobody."""
        handle, self._handle = self._handle, None
        _library.optout_register_free(handle)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        self.close()


def decide_json(line):
    """One question as a line of JSON: the status, and the answer, which may be an error."""
    given, needed = line.encode(), c_size_t()
    answer = ctypes.create_string_buffer(1024)
    status = _library.optout_decide_json(given, len(given), answer, len(answer), byref(needed))
    if needed.value > len(answer):
        answer = ctypes.create_string_buffer(needed.value)
        status = _library.optout_decide_json(given, len(given), answer, len(answer), byref(needed))
    return status, answer.value.decode()
