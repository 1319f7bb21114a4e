// The act `fill`: the sheets of a round, as the people of a place fill them in.
//
//     - fill: homelessness-dashboard/measurement
//       of: july                           # the name under which the edition was made
//       as: regional-adviser
//       ask: {as: visiting-adviser, fields: {due: ..}}
//       fields: {source_of_value: ...}     # the same in each row
//       words: {explanation: 'Invented. {text}'}          # optional: around what a row says
//       changed: {letters: {R: r}, words: {explanation: 'Invented, and new. {text}'}}
//       answers:                           # in the order of the letters of a sheet
//         - id: plan
//           row: Regionaal plan            # the row as the sheet calls it
//           r: {standing: ready, explanation: ...}     # what a letter stands for; {place} is the place
//       values: {plan: {duinkant: '14'}}   # optional: `value` of an answer, by place
//       sheets: {duinkant: rda-}           # a letter for each answer; - leaves the row empty
//       steps: [{do: ask-check, as: ..}, ...]          # of all rows of a sheet
//       stays: {nevelmeer: 0}              # places that take fewer of these steps
//
// Rows get the names <of>/<place>/<answer>. Played again: rows that are there stay, and a step is
// taken for those that are at its turn by their version.
import { idOf, resolved, several } from './values.mjs';

const pathOf = (act, of, who) => `/v1/rounds/${act.fill}/${of}/${who}`;

const withPlace = (fields, place) => Object.fromEntries(Object.entries(fields).map(
  ([key, value]) => [key, typeof value === 'string' ? value.replaceAll('{place}', place) : value]));

function lettersOf(act, place) {
  const letters = [...act.sheets[place]];
  if (letters.length !== act.answers.length) {
    throw new Error(`sheet '${place}' has ${letters.length} letters for ${act.answers.length} answers`);
  }
  return letters;
}

function fieldsOf(player, act, answer, letter, place, title) {
  const plain = act.changed?.letters[letter] ?? letter;
  const around = (plain === letter ? act.words : act.changed.words) ?? {};
  if (!answer[plain]) throw new Error(`answer '${answer.id}' does not say what '${letter}' is`);
  const said = Object.fromEntries(Object.entries(answer[plain]).map(([key, text]) => (
    [key, around[key]?.replaceAll('{text}', text) ?? text])));
  const value = act.values?.[answer.id]?.[place];
  return { ...resolved(act.fields ?? {}, player.made), ...withPlace(said, title),
    ...(value === undefined ? {} : { value }) };
}

function rowFor(sheet, answer) {
  const found = sheet.rows.find(({ row }) => row.title === answer.row);
  if (!found) throw new Error(`the sheet has no row '${answer.row}'`);
  return found;
}

async function askFor(player, act, path, sheet) {
  if (!act.ask || sheet.request) return;
  const account = await player.desk(act.ask.as);
  await account.post(`${path}/_ask`, { organisation: act.ask.organisation,
    fields: resolved(act.ask.fields ?? {}, player.made) });
}

async function save(player, act, account, path, place, sheet) {
  const letters = lettersOf(act, place);
  const rows = act.answers.flatMap((answer, at) => {
    const { row, now } = rowFor(sheet, answer);
    if (letters[at] === '-') return [];
    if (now) player.count.same += 1;
    return now ? [] : [{ row: row.id,
      fields: fieldsOf(player, act, answer, letters[at], place, sheet.who.title) }];
  });
  if (!rows.length) return sheet;
  player.count.added += rows.length;
  return account.post(`${path}/_save`, { rows, reason: player.reason });
}

async function advance(player, act, path, place, sheet) {
  const steps = act.steps.slice(0, act.stays?.[place] ?? act.steps.length);
  let rows = sheet.rows;
  for (const [at, step] of steps.entries()) {
    const turn = rows.filter(({ now }) => now?.version === at + 1)
      .map(({ now }) => ({ id: now.id, version: now.version }));
    if (!turn.length) continue;
    const account = await player.desk(step.as);
    ({ rows } = await account.post(`${path}/_step`, { transition: step.do, rows: turn,
      reason: step.reason ?? player.reason }));
    player.count.steps += turn.length;
  }
}

export async function fill(player, act) {
  const account = await player.desk(act.as);
  const of = idOf(act.of, player.made);
  await several(Object.keys(act.sheets), async (place) => {
    const path = pathOf(act, of, idOf(place, player.made));
    const before = await account.get(path);
    await askFor(player, act, path, before);
    const sheet = await save(player, act, account, path, place, before);
    for (const answer of act.answers) {
      const { now } = rowFor(sheet, answer);
      if (now) player.made.set(`${act.of}/${place}/${answer.id}`, now.id);
    }
    await advance(player, act, path, place, sheet);
  });
}
