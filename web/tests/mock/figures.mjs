// Figures of the made-up pack that were counted and frozen, in the shape of a field of type
// `figures`: an edition, the next one of it, and a draft that corrects that.
const t = (nl, en) => ({ nl, en });

const shared = {
  pack: { name: 'tuin', title: t('De tuin', 'The garden'), version: '1.2.0',
    hash: 'aa11'.repeat(16) },
  source: { title: t('Tuinreglement', 'Garden rules'), kind: 'decision', reference: 'TR 4',
    url: 'https://example.org/tuinreglement' },
  perspective: t('Volgens de vereniging', 'According to the association'),
};

const kCounted = {
  ...shared, name: 'tuin/beloofd', title: t('Wat is beloofd', 'What was promised'),
  definition: t('Elke afspraak telt één keer, ook als zij later is verzet.',
    'Every agreement counts once, also when it was moved later.'),
  unit: t('afspraken', 'agreements'), measure: 'count',
  form: { name: 'tuin/afspraak', title: t('Afspraken', 'Agreements') },
  where: 'kind != "wens"', already_public: false, threshold: 5,
};

const kCost = {
  ...shared, name: 'tuin/kosten', title: t('Kosten van herstel', 'Cost of repair'),
  definition: t('Wat het herstel van speeltoestellen kostte, zonder eigen uren.',
    'What the repair of playground objects cost, without own hours.'),
  unit: t('euro', 'euros'), measure: 'sum', of: t('Kosten', 'Cost'),
  form: { name: 'tuin/keuring', title: t('Keuringen', 'Inspections') }, already_public: true,
};

const kKept = {
  ...shared, name: 'tuin/nagekomen', title: t('Wat is nagekomen', 'What was kept'),
  definition: t('Het deel van de afspraken dat op tijd klaar was, een week uitstel meegerekend.',
    'The share of agreements that was ready in time, a week of delay included.'),
  unit: t('procent', 'per cent'), measure: 'share', part: 'state = "klaar"',
  form: kCounted.form, already_public: false, threshold: 5,
};

const corner = (code, label, figure) => ({ code, label, ...figure });
const year = (code, figure) => ({ code, label: t(code, code), ...figure });

const kCorners = {
  fruit: t('Fruit', 'Fruit'), groente: t('Groente', 'Vegetables'), water: t('Water', 'Water'),
  paden: t('Paden', 'Paths'),
};

function byCorner(figures) {
  return { id: 'corner', title: t('Hoek van de tuin', 'Corner of the garden'), by: 'value',
    values: [...Object.entries(kCorners).map(([code, label]) => corner(code, label,
      figures[code])),
    ...(figures.none ? [corner(null, t('Niet bekend', 'Not known'), figures.none)] : [])] };
}

function byYear(figures) {
  return { id: 'year', title: t('Jaar', 'Year'), by: 'year',
    values: Object.entries(figures).map(([code, figure]) => year(code, figure)) };
}

const n = (number, more = {}) => ({ number: String(number), ...more });
const hidden = (more = {}) => ({ number: null, withheld: true, ...more });

export const earlier = {
  on: '2025-12-31', known_at: '2026-01-05T10:00:00.000000Z',
  released: '2026-01-12T09:00:00.000000Z',
  indicators: [
    { ...kCounted, total: n(1180, { rows: 1180, undetermined: 3 }), dimensions: [
      byCorner({ fruit: n(410), groente: n(502), water: n(180), paden: n(88) })] },
    { ...kKept, total: n('61.4', { rows: 1180 }), dimensions: [] },
  ],
};

// Two values are hidden: the small one, and one that would tell it. The years before 2021 and
// 2022 itself are not there.
export const released = {
  on: '2026-06-30', known_at: '2026-07-01T10:00:00.000000Z',
  released: '2026-07-02T09:00:00.000000Z', before: { record: 'e1', on: '2025-12-31' },
  indicators: [
    { ...kCounted,
      total: n(1234, { rows: 1234, undetermined: 1, before: '1180' }),
      dimensions: [
        byCorner({ fruit: n(431, { before: '410' }), groente: n(0, { before: '502' }),
          water: hidden({ before: '180' }), paden: hidden({ before: '88' }), none: n(12) }),
        byYear({ 2016: n(140), 2017: n(161), 2018: hidden(), 2019: n(201), 2020: n(190),
          2021: n(183), 2023: n(120), 2024: n(88), 2025: n(64) })] },
    { ...kCost,
      total: n('12345.50', { rows: 72, valued: 70, of_total: '12345.50', undetermined: 0 }),
      dimensions: [byCorner({
        fruit: n('4000.00', { rows: 20, valued: 20 }), groente: n('8345.50', { rows: 40,
          valued: 38 }), water: { number: null, rows: 0, valued: 0 },
        paden: n('0.00', { rows: 12, valued: 12 }) })] },
    { ...kKept, definition_changed: true, total: n('58.2', { rows: 1234, part: 718,
      part_undetermined: 9 }), dimensions: [
      byCorner({ fruit: n('61.0', { rows: 431 }), groente: n('55.5', { rows: 502 }),
        water: hidden(), paden: hidden() })] },
  ],
};

export const draft = {
  on: '2026-06-30', known_at: '2026-09-01T08:30:00.000000Z', corrects: 'e2',
  before: { record: 'e1', on: '2025-12-31' },
  indicators: [{ ...kCounted, total: hidden(), dimensions: [
    byCorner({ fruit: n(433, { before: '410' }), groente: n(511, { before: '502' }),
      water: hidden(), paden: hidden() })] }],
};

export const counts = {
  tables: [{ indicator: 'tuin/beloofd', name: 'hoek en jaar' },
    { indicator: 'tuin/kosten', name: 'hoek' }],
};

// As they are now, by the name in the address.
export const current = Object.fromEntries(released.indicators.slice(0, 2)
  .map((one) => [one.name, { ...one, on: released.on,
    total: n(one.total.number, { rows: one.total.rows, undetermined: one.total.undetermined }) }]));

export const indicatorNames = [kCounted.name, kCost.name, kKept.name];
