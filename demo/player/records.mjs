// The act `add`: records that are made and brought further, step by step, by several persons.
//
//     - add: bottlenecks/bottleneck
//       as: regional-adviser            # who makes them
//       know_by: [what]                 # by which fields one that is there is known; default: its name
//       fields: {...}                   # the same for each row
//       rows:
//         - {id: queue, fields: {...}, steps: [{do: place, as: editor, fields: {...}, reason: ...}]}
//
// Played again: a record that is there is not made again. Each step makes a version of a record, so
// the version tells which steps were taken; one that somebody changed further is left alone.
import { isDeepStrictEqual } from 'node:util';

import { resolved, several } from './values.mjs';

async function nameFields(player, form) {
  const [pack, id] = form.split('/');
  const found = player.catalogue.packs.find(({ name }) => name === pack)?.forms[id];
  if (!found) throw new Error(`there is no form '${form}'`);
  return found.name;
}

async function known(player, account, form) {
  const key = `${account.login} ${form}`;
  if (!player.listed.has(key)) player.listed.set(key, account.rows(form));
  return player.listed.get(key);
}

const isSame = (item, fields, by) => by.every((id) => (
  isDeepStrictEqual(item.fields[id] ?? null, fields[id] ?? null)));

async function made(player, act, account, fields) {
  const by = act.know_by ?? await nameFields(player, act.add);
  const there = (await known(player, account, act.add)).find((item) => isSame(item, fields, by));
  if (there) {
    player.count.same += 1;
    return there;
  }
  player.count.added += 1;
  return account.post('/v1/records', { form: act.add, fields,
    reason: act.reason ?? player.reason });
}

async function advance(player, record, steps) {
  let { version } = record;
  for (const step of steps.slice(version - 1)) {
    const account = await player.desk(step.as);
    const fields = resolved(step.fields ?? {}, player.made);
    const told = await account.post(`/v1/records/${record.id}/_step`, { transition: step.do, fields,
      reason: step.reason ?? player.reason }, { version });
    player.count.steps += 1;
    version = told.version;
  }
}

export async function add(player, act) {
  const account = await player.desk(act.as);
  const one = async (row) => {
    const fields = resolved({ ...act.fields, ...row.fields }, player.made);
    const record = await made(player, act, account, fields);
    if (row.id) player.made.set(row.id, record.id);
    await advance(player, record, row.steps ?? act.steps ?? []);
  };
  // The first alone: what is there is looked up once.
  await one(act.rows[0]);
  await several(act.rows.slice(1), one);
}
