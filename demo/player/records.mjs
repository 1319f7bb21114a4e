// The acts `add` and `look_up`. First: records that are made and brought further, step by step, by several persons.
//
//     - add: bottlenecks/bottleneck
//       as: regional-adviser            # who makes them
//       know_by: [what]                 # by which fields one that is there is known; default: its name
//       fields: {...}                   # the same for each row
//       rows:
//         - {id: queue, fields: {...}, steps: [{do: place, as: editor, fields: {...}, reason: ...}]}
//
//     - look_up: ret-maturity/ret-topic   # of what is there already: names for later acts
//       as: editor
//       rows: [{id: topic, title: ...}]
//
// Played again: a record that is there is not made again. Its history tells which steps were taken;
// when these are the first of the example, the others follow, and else somebody works with it and it
// is left alone.
import { isDeepStrictEqual } from 'node:util';

import { resolved, several } from './values.mjs';

function nameFields(account, form) {
  const [pack, id] = form.split('/');
  const found = account.catalogue.packs.find(({ name }) => name === pack)?.forms[id];
  if (!found) throw new Error(`${account.login} sees no form '${form}'`);
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
  const by = act.know_by ?? nameFields(account, act.add);
  const there = (await known(player, account, act.add)).find((item) => isSame(item, fields, by));
  if (there) {
    player.count.same += 1;
    return there;
  }
  player.count.added += 1;
  return account.post('/v1/records', { form: act.add, fields,
    reason: act.reason ?? player.reason });
}

async function stepsTaken(account, record) {
  if (record.version === 1) return [];
  const { items } = await account.get(`/v1/records/${record.id}/history`);
  return items.map(({ transition }) => transition).filter(Boolean).reverse();
}

async function advance(player, account, record, steps) {
  const taken = await stepsTaken(account, record);
  if (taken.some((transition, at) => transition !== steps[at]?.do)) return;
  let { version } = record;
  for (const step of steps.slice(taken.length)) {
    const actor = await player.desk(step.as);
    const fields = resolved(step.fields ?? {}, player.made);
    const told = await actor.post(`/v1/records/${record.id}/_step`, { transition: step.do, fields,
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
    const steps = row.steps ?? act.steps ?? [];
    if (steps.length) await advance(player, account, record, steps);
  };
  // The first alone: what is there is looked up once.
  await one(act.rows[0]);
  await several(act.rows.slice(1), one);
}

export async function lookUp(player, act) {
  const there = await known(player, await player.desk(act.as), act.look_up);
  for (const { id, title } of act.rows) {
    const found = there.find((item) => item.title === title);
    if (!found) throw new Error(`there is no '${title}'`);
    player.made.set(id, found.id);
  }
}
