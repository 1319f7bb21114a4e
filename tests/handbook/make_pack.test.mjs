// A pack made from the handbook alone: docs/handboek/pakket-maken.md is read and followed step by
// step on a new installation, and then the server is asked for what the page promises, and Chromium
// shows it. Method: the very text of the page, its files, commands and words on the screen; nothing
// is written here that stands there. And the page says how long it takes: steps are counted at a
// stated pace.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { root } from '../support/product.mjs';
import { makeFollower, today } from './follower.mjs';
import { PACE, readPage, secondsOf } from './page.mjs';
import { openScreen, whyBlind } from './screen.mjs';

const MOST_MINUTES = 15;
let text;
let page;
let somebody;
const found = {}; // what is there after each record was saved
const blind = whyBlind();

// What a visitor sees of the pack, and the account's own work.
async function look() {
  const pack = somebody.catalogue.packs[0];
  const indicators = (await somebody.ask('GET', '/v1/indicators', undefined, {})).items;
  const figure = await somebody.ask('GET', `/v1/indicators/${indicators[0].name}`, undefined, {});
  return { pack, figure, indicators, tasks: await somebody.tasks(), record: somebody.record };
}

// The desk of a visitor: its tile with the number, the blocks, and the record with its deadline.
async function seeDesk(screen, pack, number) {
  const [desk] = (await somebody.ask('GET', '/v1/desks', undefined, {})).items;
  const { blocks } = await somebody.ask('GET', `/v1/desks/${desk.pack}/${desk.id}`, undefined, {});
  const [indicator] = (await somebody.ask('GET', '/v1/indicators', undefined, {})).items;
  const tile = blocks.find((block) => block.kind === 'indicator');
  await screen.shows(`/overzicht/${pack.name}/${desk.id}`, [
    desk.title.nl, ...blocks.map((block) => block.title.nl), somebody.record.title,
    `${tile.title.nl} ${number} ${indicator.unit.nl}`,
  ]);
}

// What people see on the screen; what is not there is thrown.
async function see(tasks, number) {
  const [pack] = somebody.catalogue.packs;
  const [[name, form]] = Object.entries(pack.forms);
  const [deadline] = somebody.record.deadlines;
  const end = new Date(`${deadline.last}T12:00:00Z`).toLocaleDateString('nl-NL',
    { day: 'numeric', month: 'long', year: 'numeric' });
  const screen = await openScreen(somebody.address);
  try {
    await screen.shows(`/registers/${pack.name}/${name}`, [form.plural.nl, somebody.record.title]);
    await screen.shows(`/records/${somebody.record.id}`, [deadline.label.nl, end]);
    await seeDesk(screen, pack, number);
    await screen.signIn(somebody.headers.cookie);
    const waits = tasks.map((task) => `${task.what.nl} ${somebody.record.title}`);
    await screen.shows('/mijn-werk', waits.length ? [...waits, end] : ['Er wacht niets op u.']);
  } finally {
    await screen.close();
  }
}

before(async () => {
  text = await readFile(path.join(root, 'docs/handboek/pakket-maken.md'), 'utf8');
  page = readPage(text);
  somebody = await makeFollower();
  const save = somebody.save.bind(somebody);
  somebody.save = async () => {
    const part = somebody.record ? 'stepped' : 'made';
    await save();
    found[part] = await look();
    if (!blind) found[part].seen = see(found[part].tasks, found[part].figure.total.number);
    await found[part].seen?.catch(() => undefined); // told by its test
  };
  for (const step of page.steps) await somebody.follow(step);
});
after(() => somebody?.stop());

test('handbook: the steps take no longer than the page says, at most 15 minutes in all', () => {
  let said = 0;
  let seconds = (page.before / PACE.read_per_minute) * 60;
  let deeds = 0;
  for (const step of page.steps) {
    const took = secondsOf(step);
    assert.ok(took <= step.minutes * 60, `"${step.title}" takes ${Math.round(took)} seconds`);
    said += step.minutes;
    seconds += took;
    deeds += step.deeds.length;
  }
  console.log(`# ${page.steps.length} steps, ${deeds} deeds, ${(seconds / 60).toFixed(1)} minutes`);
  assert.ok(page.steps.length >= 8 && deeds >= 20, 'the page was not understood');
  assert.ok(said <= MOST_MINUTES, `the page says ${said} minutes`);
  assert.ok(seconds / 60 <= MOST_MINUTES);
  for (const pace of ['file', 'command', 'read_per_minute', 'typed_per_minute']) {
    assert.match(text, new RegExp(`\\b${PACE[pace]} (seconden|woorden)`), `its pace: ${pace}`);
  }
});

test('handbook: there is a register, open to visitors to read and to one role to fill in', async () => {
  const visitor = await somebody.ask('GET', '/v1/catalogue', undefined, {});
  const forms = Object.entries(visitor.packs[0].forms);
  assert.equal(forms.length, 1);
  assert.deepEqual(forms[0][1].may, ['read', 'export']);
  assert.ok(found.made.pack.forms[forms[0][0]].may.includes('create'));
  const form = `${visitor.packs[0].name}/${forms[0][0]}`;
  const rows = await somebody.ask('POST', '/v1/records/_search', { form }, {});
  assert.equal(rows.items.length, 1);
  assert.equal(rows.items[0].state.meaning, 'done');
  await assert.rejects(somebody.ask('POST', '/v1/records', { form, fields: {} }, {}), /40[13]/);
});

test('handbook: the record is a task with a deadline after six weeks, until it is done', () => {
  const { record, tasks } = found.made;
  const end = new Date(`${today()}T12:00:00Z`);
  end.setUTCDate(end.getUTCDate() + 42);
  const [deadline] = record.deadlines;
  assert.deepEqual([deadline.status, deadline.last], ['open', end.toISOString().slice(0, 10)]);
  assert.equal(tasks.length, 1);
  assert.equal(tasks[0].record.id, record.id);
  assert.deepEqual(somebody.seen, [tasks[0].what.nl], 'the page names the task');
  assert.equal(found.stepped.record.deadlines[0].status, 'met');
  assert.equal(found.stepped.tasks.length, 0);
});

test('handbook: the indicator counts it, and the page says the numbers', () => {
  assert.equal(found.made.indicators.length, 1);
  assert.ok(found.made.figure.definition.nl.length > 20);
  const numbers = [found.made.figure.total.number, found.stepped.figure.total.number];
  assert.deepEqual(numbers.map(Number), [0, 100]);
  assert.match(text, /cijfer op het overzicht is 0\./);
  assert.match(text, /cijfer is nu 100 /);
});

test('handbook: a visitor finds the desk, with the tile of the indicator and the deadline', async () => {
  const desks = (await somebody.ask('GET', '/v1/desks', undefined, {})).items;
  assert.equal(desks.length, 1);
  const target = `/v1/desks/${desks[0].pack}/${desks[0].id}`;
  const { blocks } = await somebody.ask('GET', target, undefined, {});
  const tile = blocks.find((block) => block.kind === 'indicator');
  assert.equal(tile.indicator, found.made.indicators[0].name);
  assert.ok(blocks.some((block) => block.kind === 'terms' && block.deadline));
  assert.ok(blocks.some((block) => block.kind === 'register'));
});

test('handbook: register, task, deadline, indicator and tile are seen in the browser',
  { skip: blind }, async () => {
    await found.made.seen;
    await found.stepped.seen;
  });
