/**
 * An electronic patient record asks before it sends: `examples/epr.c` in JavaScript.
 *
 *     cd bindings/node && npm install && LD_LIBRARY_PATH=PREFIX/lib node epr.js
 */
import * as optout from './optout.js';

// A message, the day that it is to go (a real hook asks its clock), Type 1 ('D' dissent, 'N' looked up
// and none, '?' never looked up), the national opt-out ('O' opted out, 'N' checked and none, '?' not
// checked), consent to this study on record: 1 or 0; -1 not looked up.
const QUEUE = [
  ['msg-1001', 20260601, 'N', 'N', 0],
  ['msg-1002', 20260601, 'D', 'N', 0],
  ['msg-1003', 20260601, 'N', 'O', 0],
  ['msg-1004', 20260601, '?', 'N', 0],
  ['msg-1005', 20260601, 'D', 'O', 1],
  ['msg-1006', 20260601, 'N', '?', 1],
  ['msg-1007', 20260601, 'D', 'O', -1],
  ['msg-1008', 20260602, 'N', 'N', 0], // the support ended the day before
  ['msg-1009', 20260602, 'N', 'N', 1],
];

// Whatever is not a clear answer is unknown, and unknown denies.
const TYPE1 = { D: optout.Type1.DISSENT, N: optout.Type1.NONE };
const NATIONAL = { O: optout.National.OPTED_OUT, N: optout.National.NONE };

/** An outgoing interface: its question, the ruling of the day, and the evidence for what it asserts. */
class Outgoing {
  #ruling = new optout.Ruling();

  #judgedOn = 0;

  constructor(name, question, evidence) {
    Object.assign(this, { name, question, evidence });
  }

  /** Judges the flow for a day: a fresh ruling replaces the old one. Where it throws, nothing is sent. */
  judge(on) {
    const fresh = new optout.Ruling();
    fresh.assess(optout.disclosure({ on, ...this.question }));
    this.#ruling = fresh;
    this.#judgedOn = on;
  }

  /** Whether everything unverified that a decision rests on has evidence, valid on the day. */
  #isCovered(on, decision) {
    const valid = this.evidence.filter(({ from, until }) => from <= on && on <= until);
    const lacking = (bits, field) => valid.reduce((rest, it) => rest & ~it[field], bits);
    return lacking(decision.unverified_bases, 'bases') === 0
      && lacking(decision.unverified_conditions, 'conditions') === 0;
  }

  /** The send hook: decides, and leaves a line of audit that names no patient. */
  maySend(message, on, patient) {
    if (on !== this.#judgedOn) {
      try {
        this.judge(on);
      } catch (failure) {
        console.error(`${this.name}: ${failure.message}`);
        return false;
      }
    }
    const decision = this.#ruling.decide(patient);
    const clauses = this.#ruling.clauses(patient).map((it) => optout.code(optout.Field.CLAUSE, it));
    const needed = decision.unverified_bases !== 0 || decision.unverified_conditions !== 0;
    const covered = this.#isCovered(on, decision);
    const evidence = needed ? { true: 'on-record', false: 'lacking' }[covered] : 'none-needed';
    const sent = decision.allowed && covered;
    console.log([
      message, `on=${on}`, `flow=${this.name}`, `sent=${sent ? 'yes' : 'no'}`,
      `verdict=${decision.allowed ? 'allow' : 'deny'}`,
      `reason=${optout.code(optout.Field.REASON, decision.reason)}`,
      `route=${optout.code(optout.Field.ROUTE, decision.route) || 'none'}`,
      `policy=${optout.policyEdition()}`, `evidence=${evidence}`, `clauses=${clauses.join(',')}`,
    ].join(' '));
    return sent;
  }
}

const register = new Outgoing('disease-register', {
  origin: 'gp-record',
  boundary: 'beyond-controller',
  identifiability: 'identifiable',
  purpose: 'disease-registration',
  bases: ['copi-reg-5', 'explicit-consent'],
}, [{
  bases: optout.number(optout.Field.BASES, 'copi-reg-5'),
  conditions: 0,
  reference: 'CAG reference',
  from: 20250601,
  until: 20260601,
}]);
// A system does not start on a question that cannot be judged: this throws.
register.judge(QUEUE[0][1]);

const sent = QUEUE.filter(([message, on, type1, national, explicitConsent]) => register.maySend(
  message, on,
  optout.patient({ type1: TYPE1[type1], national: NATIONAL[national], explicitConsent })));
console.log(`sent ${sent.length} of ${QUEUE.length}`);
