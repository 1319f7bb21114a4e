// A made-up pack about a village garden, in the shape of GET /v1/catalogue (docs/formats/api.md).
// Only the tests know it; the interface must show it without having been told of it.
import { indicatorNames } from './figures.mjs';

const t = (nl, en) => ({ nl, en });

const basis = {
  law: 'Tuinreglement', article: '4',
  controller: t('Vereniging De Akker', 'Association De Akker'),
  recipients: t('Leden van de tuin', 'Members of the garden'),
  purpose: t('Bijhouden wat is afgesproken over de tuin.', 'Keeping track of what was agreed.'),
  retention: 'P5Y',
};

const lists = {
  soort: {
    title: t('Soort afspraak', 'Kind of agreement'),
    codes: {
      vast: { label: t('Vaste afspraak', 'Firm agreement') },
      plan: { label: t('Plan', 'Plan') },
      wens: { label: t('Wens', 'Wish'), note: t('Nog niet besloten', 'Not decided yet') },
      oud: { label: t('Oude soort', 'Old kind'), to: '2020-01-01' },
    },
  },
  hoek: {
    title: t('Hoek van de tuin', 'Corner of the garden'),
    codes: {
      fruit: { label: t('Fruit', 'Fruit') },
      groente: { label: t('Groente', 'Vegetables') },
      water: { label: t('Water', 'Water') },
      paden: { label: t('Paden', 'Paths') },
    },
  },
};

Object.assign(lists, {
  taak: {
    title: t('Taak', 'Task'),
    codes: Object.fromEntries(['Snoeien', 'Maaien', 'Wieden', 'Water geven', 'Bemesten',
      'Oogsten', 'Paden vegen', 'Gereedschap nakijken', 'Afval wegbrengen', 'Bezoek ontvangen']
      .map((nl, index) => [`taak-${index + 1}`, { label: t(nl, `Task ${index + 1}: ${nl}`) }])),
  },
  stand: {
    title: t('Hoe staat het?', 'Where does it stand?'),
    codes: {
      gereed: { label: t('Gereed', 'Ready'), meaning: 'done' },
      bezig: { label: t('In ontwikkeling', 'Being developed'), meaning: 'running' },
      aandacht: { label: t('Vergt aandacht', 'Needs attention'), meaning: 'attention' },
      anders: { label: t('Anders geregeld', 'Arranged otherwise') },
    },
  },
});

const text = (nl, en, more = {}) => ({ type: 'text', label: t(nl, en), ...more });

const forms = {
  nota: {
    title: t('Nota', 'Memo'), plural: t("Nota's", 'Memos'),
    description: t('Stukken waarin afspraken staan.', 'Papers that hold agreements.'),
    subject: 'none', basis, audience: 'public', name: ['heading'], may: ['read', 'export'],
    fields: {
      heading: text('Kop', 'Heading', { required: true, searchable: true }),
      dated: { type: 'uncertain_date', label: t('Datum', 'Date'), required: true, sortable: true,
        filterable: true },
      paper: { type: 'url', label: t('Vindplaats', 'Where to find it') },
    },
  },
  afspraak: {
    title: t('Afspraak', 'Agreement'), plural: t('Afspraken', 'Agreements'),
    description: t('Wat is afgesproken, met welke termijn, en hoe het staat.',
      'What was agreed, by when, and where it stands.'),
    subject: 'none', basis, audience: 'public', name: ['what'], process: 'afspraak-leven',
    may: ['read', 'export'],
    links: [{ field: 'before', title: t('Eerder beloofd?', 'Promised before?'),
      reverse: t('Later opnieuw', 'Again later') }],
    fields: {
      what: text('Wat is afgesproken?', 'What was agreed?', { required: true, max: 200,
        searchable: true, hint: t('In één zin, in uw eigen woorden.', 'In one sentence.') }),
      kind: { type: 'choice', list: 'soort', label: t('Soort', 'Kind'), required: true,
        filterable: true },
      corners: { type: 'choice', list: 'hoek', label: t('Hoek', 'Corner'), many: true,
        filterable: true, max_items: 3 },
      memo: { type: 'reference', form: 'nota', label: t('Nota', 'Memo'), required: true,
        filterable: true },
      agreed: { type: 'uncertain_date', label: t('Afgesproken op', 'Agreed on'), required: true,
        filterable: true, sortable: true },
      ready: { type: 'uncertain_date', label: t('Klaar voor', 'Ready before'), filterable: true,
        sortable: true, hint: t('Mag ook in woorden: “voor de zomer”.', 'Words are fine too.') },
      done_on: { type: 'uncertain_date', label: t('Klaar op', 'Done on') },
      proof: { type: 'url', label: t('Bewijs', 'Proof') },
      before: { type: 'reference', form: 'afspraak', label: t('Eerdere afspraak', 'Earlier one') },
    },
  },
  keuring: {
    title: t('Keuring', 'Inspection'), plural: t('Keuringen', 'Inspections'),
    description: t('Keuringen van de speeltoestellen.', 'Inspections of the playground.'),
    subject: 'organisation', basis, audience: 'public', name: ['object'], process: 'keuring-loop',
    may: ['read', 'export'],
    fields: {
      object: text('Toestel', 'Object', { required: true, searchable: true }),
      seen: { type: 'uncertain_date', label: t('Gekeurd', 'Inspected'), required: true,
        filterable: true },
      term: { type: 'period', label: t('Hersteltermijn', 'Time to repair'), required: true },
      faults: text('Gebreken', 'Faults', { many: true, max: 120 }),
      cost: { type: 'money', label: t('Kosten', 'Cost'), min: '0' },
      height: { type: 'decimal', scale: 1, label: t('Hoogte in meters', 'Height in metres') },
      children: { type: 'integer', label: t('Aantal kinderen', 'Number of children'), min: 0,
        max: 500, sortable: true },
      locked: { type: 'boolean', label: t('Afgesloten', 'Closed off'), filterable: true },
      next: { type: 'date', label: t('Volgende keuring', 'Next inspection'), sortable: true },
      contact: { type: 'group', label: t('Aanspreekpunt', 'Contact'), fields: {
        role: text('Functie', 'Role', { required: true }),
        phone: text('Telefoon', 'Phone'),
      } },
      remark: text('Opmerking', 'Remark', { long: true, sensitivity: 'confidential' }),
    },
  },
  telling: {
    title: t('Telling', 'Count'), plural: t('Tellingen', 'Counts'), subject: 'none', basis,
    audience: 'public', name: ['topic'], may: ['read', 'export'],
    fields: {
      topic: text('Onderwerp', 'Topic', { required: true }),
      theme: { type: 'choice', list: 'hoek', label: t('Hoek', 'Corner'), filterable: true },
      amount: { type: 'integer', label: t('Aantal', 'Number') },
      saying: text('In woorden', 'In words'),
      unit: text('Eenheid', 'Unit'),
      meaning: text('Definitie', 'Definition', { long: true }),
      day: { type: 'date', label: t('Peildatum', 'Reference date') },
      teller: text('Volgens', 'According to'),
      origin: { type: 'reference', form: 'nota', label: t('Bron', 'Source') },
      care: text('Let op', 'Caution', { long: true }),
    },
  },
  editie: {
    title: t('Editie', 'Edition'), plural: t('Edities', 'Editions'),
    description: t('Cijfers die blijven zoals ze zijn gepubliceerd.',
      'Figures that stay as they were published.'),
    subject: 'none', basis, audience: 'public', name: ['heading'], process: 'editie-leven',
    may: ['read', 'export'],
    fields: {
      heading: text('Titel', 'Title', { required: true, searchable: true }),
      day: { type: 'date', label: t('Peildatum', 'Reference date'), required: true,
        filterable: true, sortable: true },
      figures: { type: 'figures', label: t('De cijfers', 'The figures'),
        indicators: indicatorNames, on: 'day' },
      counted: { type: 'figures', label: t('Telwerk', 'Counts'), sensitivity: 'internal' },
    },
  },
  beurt: {
    title: t('Beurt', 'Turn'), plural: t('Beurten', 'Turns'), subject: 'none', basis,
    audience: 'public', name: ['label'], may: ['read', 'export'],
    fields: {
      label: text('Wat', 'What', { required: true }),
      corner: { type: 'choice', list: 'hoek', label: t('Hoek', 'Corner'), filterable: true },
      task: { type: 'choice', list: 'taak', label: t('Taak', 'Task'), filterable: true },
      stand: { type: 'choice', list: 'stand', label: t('Stand', 'Status'), filterable: true },
    },
  },
  perk: {
    title: t('Perk', 'Bed'), plural: t('Perken', 'Beds'), subject: 'none', basis,
    audience: 'public', name: ['heading'], may: ['read', 'export'],
    fields: {
      heading: text('Naam', 'Name', { required: true }),
      brief: text('Korte naam', 'Short name'),
      east: { type: 'integer', label: t('Kolom', 'Column') },
      south: { type: 'integer', label: t('Rij', 'Row') },
    },
  },
  blik: {
    title: t('Blik op een perk', 'Look at a bed'), plural: t('Blikken op perken', 'Looks at beds'),
    subject: 'none', basis, audience: 'public', name: ['label'], may: ['read', 'export'],
    fields: {
      label: text('Wat', 'What', { required: true }),
      bed: { type: 'reference', form: 'perk', label: t('Perk', 'Bed'), filterable: true },
      theme: { type: 'choice', list: 'hoek', label: t('Onderwerp', 'Topic'), filterable: true },
      round: { type: 'reference', form: 'nota', label: t('Ronde', 'Round'), filterable: true },
      stand: { type: 'choice', list: 'stand', label: t('Stand', 'Status'), filterable: true },
      plants: { type: 'integer', label: t('Planten', 'Plants') },
      seen: { type: 'date', label: t('Peildatum', 'Reference date') },
    },
  },
  potje: {
    title: t('Potje', 'Fund'), plural: t('Potjes', 'Funds'), subject: 'none', basis,
    audience: 'public', name: ['label'], may: ['read', 'export'],
    fields: {
      label: text('Waarvoor', 'What for', { required: true }),
      plan: text('Plan', 'Plan', { filterable: true }),
      sum: { type: 'money', label: t('Bedrag', 'Amount') },
      first_day: { type: 'date', label: t('Vanaf', 'From') },
      last_day: { type: 'date', label: t('Tot', 'Until') },
    },
  },
};

const processes = {
  'afspraak-leven': {
    title: t('Leven van een afspraak', 'Life of an agreement'), start: 'loopt',
    states: {
      loopt: { label: t('Loopt', 'Running'), meaning: 'running', turn: 'tuinier',
        task: t('Houd bij hoe het staat', 'Keep track of it') },
      voorbij: { label: t('Termijn voorbij, uitkomst onbekend', 'Term passed, outcome unknown'),
        meaning: 'unknown', turn: 'tuinier', task: t('Zoek uit of het klaar is', 'Find out') },
      klaar: { label: t('Nagekomen', 'Kept'), meaning: 'done' },
      laat: { label: t('Te laat', 'Late'), meaning: 'failed' },
    },
    transitions: {
      afronden: { label: t('Nagekomen melden', 'Report as kept'), from: ['loopt', 'voorbij'],
        to: 'klaar', roles: ['tuinier'], fields: { done_on: 'required', proof: 'optional' },
        reason: 'required' },
      uitstellen: { label: t('Termijn verzetten', 'Move the date'), from: ['loopt', 'voorbij'],
        to: 'loopt', roles: ['tuinier'], fields: { ready: 'required' }, reason: 'required' },
      verlopen: { label: t('Termijn voorbij', 'Term passes'), from: ['loopt'], to: 'voorbij',
        automatic: true },
    },
    deadlines: { klaar: { label: t('Klaar voor', 'Ready before'), start: 'field(ready)',
      term: 'none', warn: ['P14D'] } },
  },
  'editie-leven': {
    title: t('Leven van een editie', 'Life of an edition'), start: 'voorbereiding',
    states: {
      voorbereiding: { label: t('In voorbereiding', 'In preparation'), meaning: 'draft' },
      concept: { label: t('Concept', 'Draft'), meaning: 'draft' },
      gepubliceerd: { label: t('Gepubliceerd', 'Published'), meaning: 'done' },
    },
    transitions: {
      tellen: { label: t('Tel de cijfers', 'Count the figures'), from: ['voorbereiding'],
        to: 'concept', roles: ['tuinier'], fields: {}, reason: 'optional' },
      publiceren: { label: t('Publiceer', 'Publish'), from: ['concept'], to: 'gepubliceerd',
        roles: ['tuinier'], fields: { figures: 'required' }, reason: 'optional' },
    },
  },
  'keuring-loop': {
    title: t('Loop van een keuring', 'Course of an inspection'), start: 'open',
    states: {
      open: { label: t('Herstel nodig', 'Repair needed'), meaning: 'attention', turn: 'tuinier',
        task: t('Laat het toestel herstellen', 'Have it repaired') },
      hersteld: { label: t('Hersteld', 'Repaired'), meaning: 'done' },
      gestopt: { label: t('Weggehaald', 'Removed'), meaning: 'ended' },
    },
    transitions: {
      herstel: { label: t('Herstel melden', 'Report repair'), from: ['open'], to: 'hersteld',
        roles: ['tuinier'], fields: {}, reason: 'optional' },
      publiceren: { label: t('Uitslag publiceren', 'Publish the result'), from: ['open'],
        to: 'open', roles: ['tuinier'], four_eyes: ['herstel'], reason: 'none' },
    },
    deadlines: { herstel: { label: t('Herstel uiterlijk', 'Repair before'), start: 'field(seen)',
      term: 'field(term)', warn: ['P7D'] } },
  },
};

const desks = {
  afspraken: {
    title: t('Wat is afgesproken over de tuin?', 'What was agreed about the garden?'),
    lead: t('Per afspraak: wat, wanneer het klaar zou zijn, en hoe het staat.',
      'For each agreement: what, by when, and where it stands.'),
    order: 10,
    blocks: [
      { kind: 'timeline', id: 'lijn', title: t('Afspraken in de tijd', 'Agreements over time'),
        form: 'afspraak', from: 'agreed', due: 'ready', done: 'done_on', group_by: 'memo',
        filters: ['corners', 'memo', 'kind', 'state', 'turn', 'ready'],
        columns: ['what', 'kind', 'corners', 'agreed', 'ready'],
        note: t("Bron: de nota's van de vereniging.", 'Source: the memos of the association.') },
      { kind: 'terms', id: 'keuringen', title: t('Wanneer moet het hersteld zijn?',
        'When must it be repaired?'), form: 'keuring', deadline: 'herstel',
        columns: ['object', 'seen', 'term'], filters: ['state'] },
      { kind: 'figures', id: 'cijfers', title: t('Cijfers over de tuin', 'Figures'),
        form: 'telling', value: 'amount', words: 'saying', unit: 'unit', definition: 'meaning',
        date: 'day', perspective: 'teller', source: 'origin', group_by: 'theme', caution: 'care' },
      { kind: 'amounts', id: 'geld', title: t('Geld per plan', 'Money per plan'), form: 'potje',
        amount: 'sum', from: 'first_day', to: 'last_day', label: 'label', group_by: 'plan' },
    ],
  },
  keuringen: {
    title: t('Keuringen', 'Inspections'),
    lead: t('Welke toestellen zijn gekeurd.', 'Which objects were inspected.'), order: 20,
    blocks: [{ kind: 'register', id: 'alle', title: t('Alle keuringen', 'All inspections'),
      form: 'keuring', columns: ['state', 'seen', 'term', 'cost'], filters: ['state', 'locked'] }],
  },
  stand: {
    title: t('Hoe staat de tuin ervoor?', 'How is the garden doing?'),
    lead: t('Cijfers, en wat er per hoek gebeurt.', 'Figures, and what happens per corner.'),
    order: 30,
    blocks: [
      { kind: 'indicator', id: 'beloofd', title: t('Beloofd', 'Promised'), form: 'afspraak',
        indicator: 'tuin/beloofd' },
      { kind: 'indicator', id: 'kosten', title: t('Kosten', 'Cost'), form: 'keuring',
        indicator: 'tuin/kosten', note: t('Zonder eigen uren.', 'Without own hours.') },
      { kind: 'indicator', id: 'weg', title: t('Bezoek', 'Visits'), form: 'telling',
        indicator: 'tuin/bezoek' },
      { kind: 'indicator', id: 'hoeken', title: t('Beloofd per hoek', 'Promised by corner'),
        form: 'afspraak', indicator: 'tuin/beloofd', by: 'corner' },
      { kind: 'grid', id: 'beurten', title: t('Wat gebeurt er per hoek?',
        'What happens per corner?'), form: 'beurt', rows: 'corner', across: 'task', cell: 'stand',
        filters: ['corner', 'task', 'stand'] },
    ],
  },
};

desks.kaart = {
  title: t('De perken op de kaart', 'The beds on the map'),
  lead: t('Hoe elk perk erbij ligt, per onderwerp.', 'How each bed is, topic by topic.'),
  order: 40,
  blocks: [
    { kind: 'map', id: 'perken', title: t('Elk perk een tegel', 'A tile for each bed'), form: 'blik',
      places: 'bed', column: 'east', row: 'south', short: 'brief', one_of: ['theme', 'round'],
      cell: 'stand', date: 'seen', columns: ['plants', 'seen'],
      note: t('Tegels zijn even groot.', 'Tiles are of one size.') },
    { kind: 'map', id: 'planten', title: t('Planten per perk', 'Plants for each bed'),
      form: 'blik', places: 'bed', column: 'east', row: 'south', one_of: ['theme', 'round'],
      cell: 'plants', date: 'seen' },
  ],
};

export const pack = {
  name: 'tuin', title: t('De tuin', 'The garden'),
  description: t('Afspraken over een dorpstuin.', 'Agreements about a village garden.'),
  version: '1.2.0', hash: 'aa11'.repeat(16), roles: { tuinier: { title: t('Tuinier', 'Gardener') } },
  sources: { regels: { title: t('Tuinreglement', 'Garden rules'), kind: 'decision',
    date: '2019-03-01', reference: 'TR 4', url: 'https://example.org/tuinreglement' } },
  forms, lists, processes, desks,
};

// What a caller may see: the confidential field and the acts are for the gardener.
export function catalogueFor(account) {
  const copy = structuredClone(pack);
  if (account) {
    for (const form of Object.values(copy.forms)) form.may = ['read', 'create', 'change', 'correct', 'export'];
  } else {
    for (const form of Object.values(copy.forms)) {
      form.fields = Object.fromEntries(Object.entries(form.fields)
        .filter(([, field]) => !field.sensitivity || field.sensitivity === 'public'));
    }
  }
  return { packs: [copy], demo: true };
}
