/**
 * An electronic patient record asks before it sends: `examples/epr.c` in JavaScript.
 *
 *     cd examples/node && npm install && LD_LIBRARY_PATH=PREFIX/lib node epr.js
 */
import * as optout from './optout.js';

// A message, Type 1 ('D' dissent, 'N' looked up and none, '?' never looked up), the national opt-out
// ('O' opted out, 'N' checked and none, '?' not checked), consent to this study on record.
const QUEUE = [
  ['msg-1001', 'N', 'N', false],
  ['msg-1002', 'D', 'N', false],
  ['msg-1003', 'N', 'O', false],
  ['msg-1004', '?', 'N', false],
  ['msg-1005', 'D', 'O', true],
  ['msg-1006', 'N', '?', true],
];

// Whatever is not a clear answer is unknown, and unknown denies.
const TYPE1 = { D: optout.Type1.DISSENT, N: optout.Type1.NONE };
const NATIONAL = { O: optout.National.OPTED_OUT, N: optout.National.NONE };

/** The send hook: decides, and leaves a line of audit that names no patient. */
function maySend(flow, ruling, message, patient) {
  const decision = ruling.decide(patient);
  const clauses = ruling.clauses(patient).map((it) => optout.code(optout.Field.CLAUSE, it));
  const unverified = decision.unverified_bases !== 0 || decision.unverified_conditions !== 0;
  console.log([
    message, `flow=${flow}`, `verdict=${decision.allowed ? 'allow' : 'deny'}`,
    `reason=${optout.code(optout.Field.REASON, decision.reason)}`,
    `route=${optout.code(optout.Field.ROUTE, decision.route) || 'none'}`,
    `policy=${optout.policyEdition()}`, `evidence=${unverified ? 'unverified' : 'none-needed'}`,
    `clauses=${clauses.join(',')}`,
  ].join(' '));
  return decision.allowed;
}

// Judged once. A system does not start on a question that cannot be judged: this throws.
const register = new optout.Ruling();
register.assess(optout.disclosure({
  on: 20260601,
  origin: 'gp-record',
  boundary: 'beyond-controller',
  identifiability: 'identifiable',
  purpose: 'disease-registration',
  bases: ['copi-reg-5', 'explicit-consent'],
}));

const sent = QUEUE.filter(([message, type1, national, explicitConsent]) => maySend(
  'disease-register', register, message,
  optout.patient({ type1: TYPE1[type1], national: NATIONAL[national], explicitConsent })));
console.log(`sent ${sent.length} of ${QUEUE.length}`);
