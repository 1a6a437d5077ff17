/**
 * Compares every answer of the library with the committed ones.
 *
 *     cd bindings/node && npm install
 *     LD_LIBRARY_PATH=PREFIX/lib node golden.js ../../tests/golden/answers.tsv
 */
import { readFileSync } from 'node:fs';
import * as optout from './optout.js';

const RESEARCH = {
  on: 20260601, origin: 1, boundary: 2, identifiability: 1, purpose: 20, bases: 256, conditions: 0,
};
let ruling = new optout.Ruling();
let register = null;

/** Status and field of a judgement; a failure must say in words what is wrong. */
function judged(judge) {
  try {
    judge();
    return [0, 0];
  } catch (failure) {
    if (!(failure instanceof optout.Failure) || failure.message === '') throw failure;
    return [failure.status, failure.field];
  }
}

/** For each kind of line, what the library says and what it must say. */
const kinds = {
  word: (field, number, code) => [
    [optout.number(Number(field), code), optout.code(Number(field), Number(number))],
    [number, code]],
  number: (field, text, ...expected) => {
    let number = 0;
    const [status] = judged(() => { number = optout.number(Number(field), text); });
    return [[status, number], expected];
  },
  disclosure: (...fields) => {
    const [on, origin, boundary, identifiability, purpose, bases, conditions] = fields.map(Number);
    ruling = new optout.Ruling();
    const question = { on, origin, boundary, identifiability, purpose, bases, conditions };
    return [judged(() => ruling.assess(question)), fields.slice(7)];
  },
  flow: (id, on, ...expected) => {
    ruling = new optout.Ruling();
    return [judged(() => ruling.assessFlow(id, Number(on))), expected];
  },
  verdicts: (...expected) => {
    for (const noByte of [-1, 261, 5.5, 2 ** 32 + 5, '5', undefined, NaN]) {
      if (ruling.decide(noByte).allowed) throw new Error(`${noByte} was allowed`);
    }
    for (const noStatus of [2 ** 32 + 1, -1, 1.5, '1', null, NaN]) {
      for (const field of ['type1', 'national', 'programme', 'explicitConsent', 'careObjection']) {
        if (optout.patient({ [field]: noStatus }) !== 255) throw new Error(`${noStatus} was accepted`);
      }
    }
    for (const cut of [
      () => ruling.assess({ on: 2 ** 32 + 20260601 }),
      () => ruling.assess({ ...RESEARCH, bases: 2 ** 32 + 256 }),
      () => ruling.assessFlow('cprd', 2 ** 32 + 20260601),
      () => new optout.Register('tests/c/national.register', 2 ** 32 + 14),
      () => optout.code(2 ** 32 + 1, 1),
    ]) {
      try {
        cut();
      } catch (failure) {
        if (failure instanceof RangeError) continue;
      }
      throw new Error('a number was cut');
    }
    const { status, verdicts } = ruling.decideMany(Uint8Array.from({ length: 256 }, (_, i) => i));
    return [[status, verdicts.join('')], expected];
  },
  patient: (...fields) => {
    const [type1, national, programme, consent, objection] = fields.map(Number);
    const byte = optout.patient({
      type1, national, programme, explicitConsent: consent === 1, careObjection: objection === 1,
    });
    const it = ruling.decide(byte);
    if (it.allowed !== (it.status === 0 && it.verdict === 1)) throw new Error('not the verdict');
    return [[
      byte, it.status, it.verdict, it.reason, it.route, it.blocked_by, it.unverified_bases,
      it.unverified_conditions, ruling.clauses(byte).join(',') || '-',
    ], fields.slice(5)];
  },
  register: (path, days, ...expected) => [
    judged(() => { register = new optout.Register(path, Number(days)); }).slice(0, 1), expected],
  national: (on, number, ...expected) => {
    let national = 0;
    const [status] = judged(() => { national = register.national(Number(on), number); });
    return [[status, national], expected];
  },
  json: (question, ...expected) => {
    const { status, answer } = optout.decideJson(question);
    return [[status, answer], expected];
  },
};

let equal = 0;
let different = 0;
readFileSync(process.argv[2], 'utf8').split('\n').forEach((line, place) => {
  if (line === '' || line.startsWith('#')) return;
  const [kind, ...fields] = line.split('\t');
  const [found, expected] = kinds[kind](...fields).map((values) => values.join('\t'));
  if (found === expected) {
    equal += 1;
  } else {
    different += 1;
    console.log(`line ${place + 1}: ${kind}: found ${found}, expected ${expected}`);
  }
});
register?.close();
console.log(different ? `${different} answers differ` : `${equal} answers equal`);
process.exitCode = different || !equal ? 1 : 0;
