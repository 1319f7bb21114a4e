// Whether both engines answer the same, and if not, why.
import { kReasons } from './reasons.mjs';

// Functions and ranges have no JSON: each engine has texts of its own for them.
function isShownSame(a, b) {
  if (a === b) return true;
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  if (a.startsWith('function<')) return b === 'function';
  if (!b.startsWith('range ')) return /^\(!?= /.test(a) && b === 'function';
  const shown = a.replace(/[@"]/g, '')
    .replace(/^\(< (.*)\)$/, '(null..$1)').replace(/^\(<= (.*)\)$/, '(null..$1]')
    .replace(/^\(> (.*)\)$/, '($1..null)').replace(/^\(>= (.*)\)$/, '[$1..null)');
  return shown === b.slice('range '.length);
}

// Numbers of feelin have 16 digits: what differs behind those is no difference.
export function isSame(a, b) {
  if (typeof a === 'number' && typeof b === 'number') {
    return a === b || Math.abs(a - b) <= 1e-13 * Math.max(Math.abs(a), Math.abs(b));
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((one, i) => isSame(one, b[i]));
  }
  const areObjects = [a, b].every((one) => one !== null && typeof one === 'object'
    && !Array.isArray(one));
  if (!areObjects) return isShownSame(a, b);
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => isSame(a[key], b[key]));
}

const shown = (value) => JSON.stringify(value).slice(0, 60);

export class Comparison {
  #sets = {};

  #counts = new Map();

  #differences = [];

  add({ set, warnings, question, ours }, theirs) {
    this.#sets[set] ??= { asked: 0, same: 0, unknown: 0 };
    const counts = this.#sets[set];
    counts.asked += 1;
    if (!('refused' in theirs) && isSame(ours.value, theirs.value)) {
      counts.same += 1;
    } else if (warnings.includes('FE-0002')) {
      counts.unknown += 1;  // a name that nobody knows: no question of FEEL's
    } else {
      this.#explain(set, question, ours, theirs);
    }
  }

  #explain(set, question, ours, theirs) {
    const found = kReasons.find(({ fits }) => fits(question, ours, theirs))?.id;
    const reason = found ?? (set === 'kit' ? 'the case itself' : undefined);
    this.#differences.push({ set, reason, question, ours: ours.value, theirs });
    if (!this.#counts.has(reason)) this.#counts.set(reason, { texts: 0, random: 0, kit: 0 });
    this.#counts.get(reason)[set] += 1;
  }

  get unexplained() {
    return this.#differences.filter(({ reason }) => reason === undefined);
  }

  print(withEach) {
    for (const [set, { asked, same, unknown }] of Object.entries(this.#sets)) {
      console.log(`${set}: ${asked} asked, ${same} answered the same, `
        + `${asked - same - unknown} otherwise, ${unknown} with a name that nobody knows`);
    }
    const kit = { id: 'the case itself', says: 'other cases of the kit, which say what is right' };
    for (const { id, says, basis, own: isOwn } of [...kReasons, kit]) {
      const counts = this.#counts.get(id) ?? { texts: 0, random: 0, kit: 0 };
      const where = basis ?? (isOwn ? 'Zicht: docs/formats/feel.md' : 'the kit');
      console.log(`${counts.texts + counts.random} + ${counts.kit} of the kit | ${id} | ${says} | `
        + where);
    }
    const told = withEach ? this.#differences : this.unexplained;
    for (const { reason, question, ours, theirs } of told) {
      console.log([reason ?? 'NO REASON', question.kind, question.text.replaceAll('\n', ' '),
        shown(ours), theirs.refused ?? shown(theirs.value)].join(' | '));
    }
  }
}
