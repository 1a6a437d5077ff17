/**
 * The C library `optout` for Node, by koffi: may this patient's data be disclosed?
 *
 * It needs koffi, `codes.js` beside it, and the shared library where the system's loader finds it
 * (`liboptout.so.1`, `optout.dll`, `liboptout.dylib`). The manual is `include/optout.h`.
 *
 * A disclosure is judged once, when the program starts. Then each patient is one byte, looked up;
 * release on `allowed` and on nothing else. A `Register` is the kept answer of the national check.
 */
import koffi from 'koffi';
import {
  ABI_VERSION, ALLOW, CLAUSES_MAX, Field, National, PATIENT_INVALID, Programme, Status, Type1,
} from './codes.js';

export * from './codes.js';
export const OK = Status.OK;

const RULING_SIZE = 4096;

const name = { win32: 'optout.dll', darwin: 'liboptout.dylib' }[process.platform] ?? 'liboptout.so.1';
const library = koffi.load(name);

const disclosureType = koffi.struct('optout_disclosure', {
  struct_size: 'uint32', on: 'uint32', origin: 'uint32', boundary: 'uint32',
  identifiability: 'uint32', purpose: 'uint32', bases: 'uint32', conditions: 'uint32',
  reserved: koffi.array('uint32', 8),
});
const decisionType = koffi.struct('optout_decision', {
  struct_size: 'uint32', verdict: 'int32', reason: 'uint32', route: 'uint32', blocked_by: 'uint32',
  unverified_bases: 'uint32', unverified_conditions: 'uint32', reserved: 'uint32',
});
const errorType = koffi.struct('optout_error', {
  struct_size: 'uint32', status: 'int32', field: 'uint32', reserved: 'uint32',
  message: koffi.array('char', 1008),
});

// A ruling is the library's own bytes: a Buffer, handed over as it is and never converted.
const abiVersion = library.func('uint32 optout_abi_version()');
const policyEditionOf = library.func('const char *optout_policy_edition()');
const codeOf = library.func('const char *optout_code(uint32 field, uint32 number)');
const numberOf = library.func('int32 optout_number(uint32 field, const uint8 *code, size_t length, '
  + '_Out_ uint32 *number, _Inout_ optout_error *error)');
const assess = library.func('int32 optout_assess(const optout_disclosure *disclosure, void *ruling, '
  + '_Inout_ optout_error *error)');
const assessFlow = library.func('int32 optout_assess_flow(const uint8 *id, size_t length, uint32 on, '
  + 'void *ruling, _Inout_ optout_error *error)');
const decide = library.func('int32 optout_decide(const void *ruling, uint8 patient, '
  + '_Inout_ optout_decision *decision)');
const decideMany = library.func('int32 optout_decide_many(const void *ruling, const void *patients, '
  + 'size_t count, void *verdicts)');
const clausesOf = library.func('int32 optout_clauses(const void *ruling, uint8 patient, void *clauses, '
  + 'size_t capacity, _Out_ size_t *count)');
const decideJsonOf = library.func('int32 optout_decide_json(const uint8 *line, size_t length, '
  + 'void *buffer, size_t capacity, _Out_ size_t *needed)');
koffi.opaque('optout_register');
const registerOpen = library.func('int32 optout_register_open(const uint8 *path, size_t length, '
  + 'uint32 days, _Out_ optout_register **handle, _Inout_ optout_error *error)');
const registerFree = library.func('void optout_register_free(optout_register *handle)');
const registerStatus = library.func('int32 optout_register_status(const optout_register *handle, '
  + 'uint32 on, const uint8 *number, size_t length, _Out_ uint32 *national, '
  + '_Inout_ optout_error *error)');
const withStatus = ['type1', 'national', 'programme', 'explicit_consent', 'care_objection'].map(
  (status) => library.func(`uint8 optout_patient_with_${status}(uint8 patient, uint32 status)`));

if (abiVersion() !== ABI_VERSION) {
  throw new Error(`${name}: another version of the library is installed`);
}
for (const [type, size] of [
  ['disclosure', koffi.sizeof(disclosureType)], ['ruling', RULING_SIZE],
  ['decision', koffi.sizeof(decisionType)], ['error', koffi.sizeof(errorType)],
]) {
  if (library.func(`uint32 optout_sizeof_${type}()`)() < size) {
    throw new Error(`${name}: optout_${type} has another layout there`);
  }
}

/** A question that cannot be judged. The message names no patient. */
export class Failure extends Error {
  constructor(error) {
    super(error.message);
    this.status = error.status;
    this.field = error.field;
  }
}

// With a NUL that its length leaves out: of no bytes at all koffi makes NULL, a text not fetched.
const bytesOf = (text) => Buffer.concat([Buffer.from(text), Buffer.alloc(1)]);

// koffi would cut a number that is too large down to one that may mean something.
const isUpTo = (most, number) => Number.isInteger(number) && number >= 0 && number <= most;
function u32(number) {
  if (isUpTo(2 ** 32 - 1, number)) return number;
  throw new RangeError('not a whole number of 32 bits');
}
const byteOf = (patient) => (isUpTo(255, patient) ? patient : PATIENT_INVALID);

const newError = () => ({
  struct_size: koffi.sizeof(errorType), status: OK, field: 0, reserved: 0, message: '',
});

function check(status, error) {
  if (status !== OK) throw new Failure(error);
}

/** The edition of the policy: write it into the audit record. */
export const policyEdition = () => policyEditionOf();

/** The code of a number, such as `gp-record`; empty where it has none. */
export const code = (field, number) => codeOf(u32(field), u32(number));

/** The number of a code; the `Failure` names the nearest where there is none. */
export function number(field, code) {
  const given = bytesOf(code);
  const found = [0];
  const error = newError();
  check(numberOf(u32(field), given, given.length - 1, found, error), error);
  return found[0];
}

/** A disclosure from the codes of its fields, on a day such as 20260601. */
export function disclosure({
  on, origin, boundary, identifiability, purpose, bases = [], conditions = [],
}) {
  const set = (field, codes) => codes.reduce((bits, code) => bits | number(field, code), 0);
  return {
    on: u32(on),
    origin: number(Field.ORIGIN, origin),
    boundary: number(Field.BOUNDARY, boundary),
    identifiability: number(Field.IDENTIFIABILITY, identifiability),
    purpose: number(Field.PURPOSE, purpose),
    bases: set(Field.BASES, bases),
    conditions: set(Field.CONDITIONS, conditions),
  };
}

/** What a patient has recorded, as one byte. What is not known is unknown, and denies. */
export function patient({
  type1 = Type1.UNKNOWN, national = National.UNKNOWN, programme = Programme.UNKNOWN,
  explicitConsent = false, careObjection = false,
} = {}) {
  const flag = (value) => (typeof value === 'boolean' ? Number(value) : value);
  const statuses = [type1, national, programme, flag(explicitConsent), flag(careObjection)];
  if (!statuses.every((status, place) => isUpTo(place < 3 ? 3 : 1, status))) return PATIENT_INVALID;
  return withStatus.reduce((byte, add, place) => add(byte, statuses[place]), 0);
}

/** A disclosure, judged. Until it is judged, and when judging fails, it denies everybody. */
export class Ruling {
  #memory = Buffer.alloc(RULING_SIZE);

  constructor() {
    new Uint32Array(this.#memory.buffer, this.#memory.byteOffset, 1)[0] = RULING_SIZE;
  }

  /** Judges a disclosure; throws a `Failure`. */
  assess(disclosure) {
    const {
      on, origin, boundary, identifiability, purpose, bases, conditions,
    } = disclosure;
    const question = {
      struct_size: koffi.sizeof(disclosureType),
      on: u32(on),
      origin: u32(origin),
      boundary: u32(boundary),
      identifiability: u32(identifiability),
      purpose: u32(purpose),
      bases: u32(bases),
      conditions: u32(conditions),
      reserved: Array(8).fill(0),
    };
    const error = newError();
    check(assess(question, this.#memory, error), error);
  }

  /** Judges a flow of the catalogue on the terms of a day; throws a `Failure`. */
  assessFlow(id, on) {
    const given = bytesOf(id);
    const error = newError();
    check(assessFlow(given, given.length - 1, u32(on), this.#memory, error), error);
  }

  /** Decides for one patient. It never throws for a ruling that failed: that is a denial. */
  decide(patient) {
    const decision = {
      struct_size: koffi.sizeof(decisionType), verdict: 0, reason: 0, route: 0, blocked_by: 0,
      unverified_bases: 0, unverified_conditions: 0, reserved: 0,
    };
    const status = decide(this.#memory, byteOf(patient), decision);
    return { ...decision, status, allowed: status === OK && decision.verdict === ALLOW };
  }

  /** Decides for many, a byte each: the status, and a byte each that is `ALLOW` or not. */
  decideMany(patients) {
    if (!(patients instanceof Uint8Array)) throw new TypeError('patients are a Uint8Array');
    const verdicts = new Uint8Array(patients.length);
    const status = decideMany(this.#memory, patients, patients.length, verdicts);
    return { status, verdicts };
  }

  /** The numbers of the clauses behind a decision, for the audit record. */
  clauses(patient) {
    const found = new Uint32Array(CLAUSES_MAX);
    const count = [0];
    const status = clausesOf(this.#memory, byteOf(patient), found, CLAUSES_MAX, count);
    return status === OK ? [...found.subarray(0, count[0])] : [];
  }
}

/** The answer of a national check, as a file. Close it when it is asked no more. */
export class Register {
  static #forgotten = new FinalizationRegistry((handle) => registerFree(handle));

  #handle = null;

  /** Opens a register whose check may be so many days old when it is used. */
  constructor(path, days) {
    const given = bytesOf(path);
    const handle = [null];
    const error = newError();
    check(registerOpen(given, given.length - 1, u32(days), handle, error), error);
    [this.#handle] = handle;
    Register.#forgotten.register(this, this.#handle, this);
  }

  /** The national status on the day of a disclosure. Where it throws, the patient is unknown. */
  national(on, nhsNumber) {
    const given = bytesOf(nhsNumber);
    const national = [0];
    const error = newError();
    check(registerStatus(this.#handle, u32(on), given, given.length - 1, national, error), error);
    return national[0];
  }

  /** Frees it; asked again, it throws. */
  close() {
    Register.#forgotten.unregister(this);
    registerFree(this.#handle);
    this.#handle = null;
  }
}

/** One question as a line of JSON. The answer may be an error, with a status. */
export function decideJson(line) {
  const given = bytesOf(line);
  const needed = [1024];
  for (;;) {
    const buffer = Buffer.alloc(needed[0]);
    const status = decideJsonOf(given, given.length - 1, buffer, buffer.length, needed);
    if (status !== Status.BUFFER) {
      return { status, answer: buffer.toString('utf8', 0, buffer.indexOf(0)) };
    }
  }
}
