// The acts `import` (a table into a register) and `letter` (a letter from a template).
//
//     - import: series.csv                 # beside the file of acts
//       as: regional-adviser
//       mapping: {form: ..., columns: [...], fixed: {series: {ref: places}}, key: [...]}
//       confirm: [year]                    # the questions that the example has seen and confirms
//     - letter: commitments/progress
//       as: editor
//       title: ...                         # the letter is known by it
//       finish: true                       # optional: makes it final
//
// Played again, an import changes nothing, and a letter with this title stays as it is.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { resolved } from './values.mjs';

export async function importTable(player, act, folder) {
  const account = await player.desk(act.as);
  const content = await readFile(path.join(folder, act.import));
  const { file } = await account.post('/v1/files', new Uint8Array(content),
    { headers: { 'Content-Type': 'text/csv', 'File-Name': encodeURIComponent(act.import) } });
  const asked = { file, mapping: resolved(act.mapping, player.made),
    ...(act.year ? { year: act.year } : {}) };
  const plan = await account.post('/v1/imports/_rehearse', asked);
  const wrong = plan.rows.find(({ outcome }) => outcome === 'error');
  if (wrong) {
    throw new Error([`line ${wrong.line} has errors`, ...wrong.problems.map(
      ({ id, message, hint }) => `${id} ${message.nl} ${hint.nl}`)].join('\n    '));
  }
  player.count.same += plan.counts.same;
  if (!plan.counts.new && !plan.counts.changed) return;
  const done = await account.post('/v1/imports/_accept',
    { ...asked, plan: plan.plan, confirmed: act.confirm ?? [] });
  player.count.added += done.created + done.changed;
}

export async function letter(player, act) {
  const account = await player.desk(act.as);
  const { items } = await account.get('/v1/letters');
  if (items.some(({ title }) => title === act.title)) {
    player.count.same += 1;
    return;
  }
  let made = await account.post('/v1/letters', { template: act.letter }, { key: act.title });
  made = await account.post(`/v1/letters/${made.id}/_change`, { title: act.title,
    edits: act.edits ?? [], reason: player.reason }, { version: made.version });
  if (act.finish) {
    await account.post(`/v1/letters/${made.id}/_finish`, {}, { version: made.version });
  }
  player.count.added += 1;
}
