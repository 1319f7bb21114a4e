// The rows of the made-up pack and what the mock can do with them: search, judge, step, history.
// Just enough of the real rules to drive the interface.
import { counts, draft, earlier, released } from './figures.mjs';
import { pack } from './pack.mjs';

const day = (first, last = first, words) => ({ ...(words ? { words } : {}), first, last });
const organisation = { id: 'akker', name: 'De Akker' };

export const records = new Map();
export const histories = new Map();
let clock = Date.parse('2025-06-01T09:00:00Z');

export const formOf = (name) => pack.forms[name.split('/')[1]];

export function processOf(name) {
  const id = formOf(name).process;
  return id ? pack.processes[id] : undefined;
}

function addMonths(iso, count) {
  const [y, m, d] = iso.split('-').map(Number);
  const last = new Date(Date.UTC(y, m - 1 + count + 1, 0)).getUTCDate();
  return new Date(Date.UTC(y, m - 1 + count, Math.min(d, last))).toISOString().slice(0, 10);
}

function deadlinesOf(name, fields, stateId) {
  const isOpen = ['loopt', 'open', 'voorbij'].includes(stateId);
  const status = isOpen ? (stateId === 'voorbij' ? 'missed' : 'open') : 'met';
  if (name === 'tuin/afspraak' && fields.ready) {
    return [{ name: 'klaar', label: pack.processes['afspraak-leven'].deadlines.klaar.label, status,
      start: fields.ready, first: fields.ready.first, last: fields.ready.last, why: [] }];
  }
  if (name !== 'tuin/keuring') return [];
  const months = Number(/\d+/.exec(fields.term)?.[0] ?? 0);
  const first = addMonths(fields.seen.first, months);
  const last = addMonths(fields.seen.last, months);
  return [{ name: 'herstel', label: pack.processes['keuring-loop'].deadlines.herstel.label, status,
    start: fields.seen, first, last,
    why: [{ rule: 'term', from: { first: fields.seen.first, last: fields.seen.last },
      to: { first, last }, source: 'Tuinreglement, artikel 4',
      text: { nl: `De hersteltermijn is ${months} maanden, gerekend vanaf de dag van keuring.`,
        en: `The time to repair is ${months} months, counted from the day of inspection.` } }] }];
}

export function stateOf(name, id) {
  const state = processOf(name)?.states[id];
  return state && { id, label: state.label, meaning: state.meaning, since: '2025-06-01' };
}

function turnOf(name, id) {
  const state = processOf(name)?.states[id];
  return state?.turn && { role: state.turn, title: pack.roles[state.turn].title, what: state.task };
}

export function put(id, name, fields, stateId, event = {}) {
  const old = records.get(id);
  const form = formOf(name);
  const title = form.name.map((field) => fields[field]).join(' ');
  clock += 3_600_000;
  const at = new Date(clock).toISOString();
  const state = stateId ? stateOf(name, stateId) : undefined;
  const record = {
    id, form: name, title, organisation, version: (old?.version ?? 0) + 1, fields,
    ...(state ? { state } : {}), ...(turnOf(name, stateId) ? { turn: turnOf(name, stateId) } : {}),
    deadlines: deadlinesOf(name, fields, stateId), valid_from: event.valid_from ?? '2025-06-01',
    recorded_at: at, changed: at,
    pack: { name: pack.name, version: pack.version, hash: pack.hash }, audience: 'public',
    seen_by: { nl: 'Iedereen kan dit zien.', en: 'Everyone can see this.' },
  };
  records.set(id, record);
  const keys = new Set([...Object.keys(old?.fields ?? {}), ...Object.keys(fields)]);
  const changes = [...keys]
    .filter((key) => JSON.stringify(old?.fields[key]) !== JSON.stringify(fields[key]))
    .map((field) => ({ field, ...(old?.fields[field] !== undefined
      ? { old: old.fields[field] } : {}), ...(fields[field] !== undefined
      ? { new: fields[field] } : {}) }));
  const actor = { name: event.actor ?? 'Inlezer', organisation: 'De Akker' };
  histories.set(id, [{ seq: histories.size + 1, at, event: old ? 'changed' : 'loaded', ...event,
    actor, valid_from: record.valid_from, pack: record.pack, changes,
  state: { old: old?.state?.id, new: stateId } }, ...(histories.get(id) ?? [])]);
  return record;
}

export function actionsOf(record, account) {
  if (!account) return [];
  const steps = Object.entries(processOf(record.form)?.transitions ?? {})
    .filter(([, step]) => step.from.includes(record.state?.id) && !step.automatic)
    .map(([transition, step]) => ({ kind: 'step', transition, label: step.label,
      fields: step.fields, reason: step.reason ?? 'optional', ...(step.four_eyes ? { blocked: {
        nl: 'Iemand anders dan wie het herstel meldde, moet dit doen.',
        en: 'Somebody other than who reported the repair must do this.' } } : {}) }));
  return [...steps, { kind: 'change' }, { kind: 'correct' }];
}

export function referencesOf(items) {
  const found = {};
  for (const { fields } of items) {
    for (const value of Object.values(fields).flat()) {
      const target = typeof value === 'string' ? records.get(value) : undefined;
      if (target) found[value] = { title: target.title, form: target.form };
    }
  }
  return found;
}

const valueOf = (record, field) => ({ state: record.state?.id, turn: record.turn?.role,
  organisation: record.organisation.id, changed: record.changed }[field] ?? record.fields[field]);

function passes(record, filter) {
  const values = [valueOf(record, filter.field)].flat();
  if (filter.equals !== undefined) return values.includes(filter.equals);
  if (filter.any_of) return filter.any_of.some((one) => values.includes(one));
  const [value] = values;
  if (value === undefined) return false;
  const first = value.first ?? value;
  const last = value.last ?? value;
  return (!filter.from || last >= filter.from) && (!filter.to || first <= filter.to);
}

function hasWords(record, text) {
  const words = JSON.stringify(record.fields).toLowerCase().split(/[^\p{L}\d]+/u);
  return text.toLowerCase().split(/\s+/).every((word) => words.some((w) => w.startsWith(word)));
}

const sortKey = (record, field) => {
  const value = valueOf(record, field);
  return typeof value === 'object' ? value.first : value ?? '';
};

function asked(record, { fields }) {
  if (!fields) return record;
  return { ...record, fields: Object.fromEntries(
    Object.entries(record.fields).filter(([id]) => fields.includes(id))) };
}

export function find(body, visible) {
  let items = [...records.values()].filter((record) => record.form === body.form).reverse();
  for (const filter of body.filters ?? []) items = items.filter((r) => passes(r, filter));
  if (body.text) items = items.filter((record) => hasWords(record, body.text));
  if (body.sort) {
    const sign = body.sort.direction === 'desc' ? -1 : 1;
    items.sort((a, b) => (sortKey(a, body.sort.field) < sortKey(b, body.sort.field) ? -sign : sign));
  }
  const start = Number(body.cursor ?? 0);
  const limit = body.limit ?? 50;
  const page = items.slice(start, start + limit).map((record) => asked(visible(record), body));
  const next = start + limit < items.length ? { next: String(start + limit) } : {};
  return { items: page, references: referencesOf(page), ...next };
}

// An edition by its steps: begun, counted, and published where it is released.
function putEdition(id, heading, figures) {
  const given = { heading, day: figures.on };
  const { released: at, ...unreleased } = figures;
  const actor = 'Anna de Tuin';
  put(id, 'tuin/editie', given, 'voorbereiding', { actor, event: 'created' });
  put(id, 'tuin/editie', { ...given, figures: unreleased, counted: counts }, 'concept',
    { actor, event: 'stepped', transition: 'tellen' });
  if (!at) return;
  put(id, 'tuin/editie', { ...given, figures, counted: counts }, 'gepubliceerd',
    { actor, event: 'stepped', transition: 'publiceren' });
}

export function seed() {
  records.clear();
  histories.clear();
  put('n1', 'tuin/nota', { heading: 'Lentenota', dated: day('2024-03-12'),
    paper: 'https://example.org/lentenota' });
  put('n2', 'tuin/nota', { heading: 'Zomernota over de waterhoek', dated: day('2025-07-01') });
  const add = (id, what, kind, corners, memo, agreed, ready, state, more = {}) => put(id,
    'tuin/afspraak', { what, kind, corners, memo, agreed, ...(ready ? { ready } : {}), ...more }, state);
  add('a1', 'De vijver wordt schoongemaakt voordat de kikkers terugkomen', 'vast', ['water'], 'n1',
    day('2024-03-12'), day('2024-06-01', '2024-08-31', 'voor de zomer van 2024'), 'klaar',
    { done_on: day('2024-07-20'), proof: 'https://example.org/vijver' });
  add('a2', 'Er komen drie appelbomen bij', 'plan', ['fruit'], 'n1', day('2024-03-12'),
    day('2025-01-01', '2025-12-31', 'in 2025'), 'voorbij');
  add('a3', 'Het pad langs de bessen wordt breed genoeg voor een rolstoel', 'vast', ['paden', 'fruit'],
    'n1', day('2024-03-01', '2024-03-31'), day('2024-10-01'), 'laat', { done_on: day('2025-02-10') });
  add('a4', 'Een regenton per moestuin', 'wens', ['water', 'groente'], 'n2', day('2025-07-01'),
    undefined, 'loopt', { before: 'a1' });
  add('a5', 'De moestuinen krijgen een gezamenlijk rooster', 'plan', ['groente'], 'n2',
    day('2025-07-01'), day('2027-03-01', '2027-05-31', 'volgend voorjaar'), 'loopt');
  add('a6', 'De poort gaat voortaan om acht uur dicht', 'vast', ['paden'], 'n2', day('2025-07-01'),
    day('2026-12-31'), 'loopt');
  put('k1', 'tuin/keuring', { object: 'Schommel bij de ingang', seen: day('2025-01-01',
    '2025-01-31', 'januari 2025'), term: 'P3M', faults: ['Touw versleten', 'Bout los'],
  cost: '1250.00', height: '2.5', children: 40, locked: false, contact: { role: 'Beheerder' },
  remark: 'Alleen voor het bestuur.' }, 'open');
  put('k2', 'tuin/keuring', { object: 'Glijbaan', seen: day('2026-10-01'), term: 'P6M',
    cost: '80.50', locked: true }, 'hersteld');
  for (let i = 1; i <= 70; i += 1) {
    put(`b${i}`, 'tuin/keuring', { object: `Bank nummer ${i}`, seen: day('2024-05-01'), term: 'P1M',
      children: i, locked: i % 2 === 0 }, 'hersteld');
  }
  put('t1', 'tuin/telling', { topic: 'Bezoekers per jaar', theme: 'paden', amount: 30600,
    unit: 'mensen', meaning: 'Iedereen die door de poort kwam, één keer per dag geteld.',
    day: '2024-12-31', teller: 'Telpoort', origin: 'n1',
    care: 'De telpoort stond in mei stil; het aantal is bijgeschat.' });
  put('t2', 'tuin/telling', { topic: 'Leden', theme: 'groente', saying: 'ruim 1.700', unit: 'leden',
    meaning: 'Betalende leden.', day: '2025-01-01', teller: 'Volgens de vereniging', origin: 'n2' });
  putEdition('e1', 'Tuincijfers over 2025', earlier);
  putEdition('e2', 'Tuincijfers, eerste helft van 2026', released);
  putEdition('e3', 'Tuincijfers, eerste helft van 2026 (verbeterd)', draft);
  const turn = (id, label, corner, task, stand) => put(id, 'tuin/beurt',
    { label, corner, task, ...(stand ? { stand } : {}) });
  turn('s1', 'Appels snoeien', 'fruit', 'taak-1', 'gereed');
  turn('s2', 'Gras maaien', 'fruit', 'taak-2', 'bezig');
  turn('s3', 'Bedden wieden', 'groente', 'taak-3', 'aandacht');
  turn('s4', 'Slang nakijken', 'water', 'taak-8', 'anders');
  for (let i = 1; i <= 5; i += 1) {
    turn(`v${i}`, `Veegbeurt ${i}`, 'paden', 'taak-7', i === 5 ? 'aandacht' : 'gereed');
  }
  turn('s5', 'Zonder stand', 'water', 'taak-10');
  [['Rozenperk bij de poort', 'Rozen', 2, 1], ['Kruidenperk', 'Kruiden', 3, 1],
    ['Bessenperk', 'Bessen', 1, 2], ['Aardbeienperk', 'Aardbei', 3, 2],
    ['Moestuin op het zuiden', 'Moes', 2, 4], ['Zwerfperk', '', undefined, undefined]]
    .forEach(([heading, brief, east, south], at) => {
      put(`perk${at + 1}`, 'tuin/perk', { heading, ...(brief ? { brief } : {}),
        ...(east ? { east, south } : {}) });
    });
  const look = (id, bed, theme, round, stand, plants, seen) => put(id, 'tuin/blik',
    { label: `Blik ${id}`, bed, theme, round, ...(stand ? { stand } : {}), plants, seen });
  look('blik1', 'perk1', 'fruit', 'n1', 'bezig', 10, '2025-07-01');
  look('blik2', 'perk1', 'fruit', 'n2', 'gereed', 12, '2025-12-01');
  look('blik3', 'perk2', 'fruit', 'n2', 'aandacht', 7, '2025-12-01');
  look('blik4', 'perk3', 'fruit', 'n2', 'anders', 3, '2025-12-02');
  look('blik5', 'perk3', 'fruit', 'n2', 'bezig', 2, '2025-12-01');
  look('blik6', 'perk6', 'fruit', 'n2', 'bezig', 5, '2025-12-01');
  look('blik7', 'perk1', 'groente', 'n2', 'aandacht', 4, '2025-12-01');
  look('blik8', 'perk5', 'groente', 'n2', 'gereed', 40, '2025-12-01');
  put('p1', 'tuin/potje', { label: 'Vijver', plan: 'Water', sum: '12500.00',
    first_day: '2025-01-01', last_day: '2025-12-31' });
  put('p2', 'tuin/potje', { label: 'Pomp', plan: 'Water', sum: '4000.00',
    first_day: '2025-01-01', last_day: '2025-12-31' });
  put('p3', 'tuin/potje', { label: 'Bomen', plan: 'Fruit', sum: '900.00',
    first_day: '2025-01-01', last_day: '2026-12-31' });
  put('p4', 'tuin/potje', { label: 'Ladder', plan: 'Fruit', first_day: '2025-01-01' });
}
