// A decision model of the mock's pack: when to water. Small, with a table, a text and a group, so
// that the page has something of each kind; evaluated by hand.
const kType = {
  soil: { kind: 'string', text: 'string', allowed: '"zand", "klei"', choices: ['zand', 'klei'] },
  number: { kind: 'number', text: 'number' },
  date: { kind: 'date', text: 'date' },
  boolean: { kind: 'boolean', text: 'boolean' },
  bed: { kind: 'context', text: 'context', members: [
    { name: 'Lengte', kind: 'number', text: 'number' },
    { name: 'In de zon', kind: 'boolean', text: 'boolean' }] },
  plants: { kind: 'list', text: 'list<string>', item: { kind: 'string', text: 'string',
    allowed: '"roos", "kool"', choices: ['roos', 'kool'] } },
};

const kRules = [
  { inputs: ['"zand"', '< 5'], outputs: ['"Vandaag gieten"'], annotations: ['Zand droogt snel.'] },
  { inputs: ['"klei"', '< 2.5'], outputs: ['"Vandaag gieten"'], annotations: ['Klei houdt water vast.'] },
  { inputs: ['-', '>= 5'], outputs: ['"Niet gieten"'], annotations: [''] },
];

export const summary = { id: 'gieten', name: 'Wanneer gieten',
  description: 'Wanneer een bed water krijgt.', decisions: ['Gieten', 'Hoeveel', 'Regels'],
  inputs: ['Grond', 'Regen', 'Laatste keer', 'Bed', 'Planten'] };

export const norm = {
  id: 'water', title: { nl: 'Een plant krijgt op tijd water', en: 'A plant is watered in time' },
  framework: { nl: 'Goed tuinieren', en: 'Good gardening' },
  source: { title: { nl: 'Tuinboek', en: 'Garden book' }, kind: 'other' }, article: '3',
  from: '2025-01-01', judges: [{ role: 'tuinier', title: { nl: 'Tuinier', en: 'Gardener' } }],
  form: { name: 'tuin/plant', title: { nl: 'Plant', en: 'Plant' } },
  decision: { model: 'gieten', decision: 'Gieten', inputs: [{ name: 'Regen', rule: 'rain.total' }],
    meets: [], breaks: [] },
};

export const model = {
  name: summary.name, description: summary.description, file: 'rules/gieten.dmn',
  inputs: [
    { name: 'Grond', type: kType.soil },
    { name: 'Regen', description: 'Hoeveel millimeter viel er?', type: kType.number },
    { name: 'Laatste keer', type: kType.date },
    { name: 'Bed', type: kType.bed },
    { name: 'Planten', type: kType.plants },
  ],
  decisions: [
    { name: 'Gieten', question: 'Krijgt dit bed vandaag water?', type: { kind: 'string', text: 'string' },
      needs: ['Grond', 'Regen'],
      requires: [{ kind: 'input', name: 'Grond' }, { kind: 'input', name: 'Regen' }],
      sources: [{ name: 'Handboek van de tuin' }],
      logic: { kind: 'table', line: 20, hit_policy: 'unique', annotations: ['Waarom zo'],
        inputs: [{ expression: 'Grond' }, { expression: 'Regen', label: 'Regen in mm' }],
        outputs: [{ name: 'Gieten', default: '"Kijk zelf"' }], rules: kRules } },
    { name: 'Hoeveel', type: { kind: 'context', text: 'context' },
      needs: ['Grond', 'Regen', 'Laatste keer', 'Bed', 'Planten'],
      requires: [{ kind: 'decision', name: 'Gieten' }, { kind: 'input', name: 'Bed' }],
      logic: { kind: 'context', entries: [
        { name: 'Liters', value: { kind: 'literal', text: 'Bed.Lengte * 5' } },
        { name: 'Wanneer', value: { kind: 'conditional',
          if: { kind: 'literal', text: 'Bed.In de zon' },
          then: { kind: 'literal', text: '"in de avond"' },
          else: { kind: 'literal', text: '"nu"' } } }] } },
    { name: 'Regels', type: { kind: 'list', text: 'list<Any>' }, needs: [], requires: [],
      logic: { kind: 'relation', columns: ['Plant', 'Liters'], rows: [
        [{ kind: 'literal', text: '"roos"' }, { kind: 'literal', text: '2' }]] } },
  ],
  knowledge: [{ name: 'Per meter', type: { kind: 'function', text: 'function' }, requires: [],
    logic: { kind: 'function', is_external: false, parameters: [{ name: 'meters' }],
      body: { kind: 'literal', text: 'meters * 5' } } }],
  types: [{ name: 'tGrond', is_list: false, type: 'string', allowed: '"zand", "klei"' }],
  sources: [{ name: 'Handboek van de tuin', type: 'boek', location: 'https://example.org/tuin' }],
};

// true, false or null for each cell of a rule.
function cellsOf(index, { Grond: soil, Regen: rain }) {
  const mm = rain === undefined ? null : Number(rain);
  const onSoil = [soil === undefined ? null : soil === 'zand',
    soil === undefined ? null : soil === 'klei', true][index];
  const byRain = mm === null ? null : [mm < 5, mm < 2.5, mm >= 5][index];
  return [onSoil, byRain];
}

function tableTrace(inputs, isFull) {
  const rules = kRules.map((rule, index) => {
    const cells = cellsOf(index, inputs);
    return { rule: index + 1, matched: cells.every((cell) => cell === true),
      annotations: rule.annotations, cells: cells.map((cell, at) => ({ text: rule.inputs[at],
        verdict: cell === null ? 'unknown' : String(cell),
        ...(cell === null ? { causes: [{ missing: at ? 'Regen' : 'Grond' }] } : {}) })) };
  });
  const matched = rules.find((rule) => rule.matched);
  const isUnknown = !matched && rules.some((rule) => rule.cells.some((cell) => cell.verdict === 'unknown')
    && rule.cells.every((cell) => cell.verdict !== 'false'));
  return { table: 'Gieten', line: 20, hit_policy: 'UNIQUE',
    inputs: { Grond: inputs.Grond ?? null, 'Regen in mm': inputs.Regen ?? null },
    rules: isFull ? rules : rules.filter((rule) => rule.matched)
      .map((rule) => ({ ...rule, cells: undefined })),
    near_misses: matched ? undefined : [{ rule: 1, blocked_by: ['Regen in mm'] }],
    value: matched ? JSON.parse(kRules[matched.rule - 1].outputs[0]) : isUnknown ? null : 'Kijk zelf' };
}

// Undefined for inputs that do not fit.
export function evaluate({ decision, inputs, explain }) {
  if (inputs['Regen'] !== undefined && Number(inputs['Regen']) < 0) return undefined;
  const table = tableTrace(inputs, explain === 'full');
  const missing = ['Grond', 'Regen'].filter((name) => inputs[name] === undefined);
  const gieten = { decision: 'Gieten', file: 'rules/gieten.dmn', inputs, tables: [table],
    value: table.value };
  if (decision === 'Gieten') {
    return { outcome: table.value === null ? 'unknown' : 'value', value: table.value,
      missing: table.value === null ? missing : [], errors: [], explanation: [gieten] };
  }
  const value = { Liters: 25, Wanneer: 'nu' };
  return { outcome: 'value', value, missing: [], errors: [],
    explanation: [gieten, { decision, file: 'rules/gieten.dmn', inputs, value }] };
}
