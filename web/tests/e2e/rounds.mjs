// A whole measurement of a region on the real program: a region is asked, its adviser fills in every
// row with the time before at hand, the region checks, an editor publishes, another organisation puts
// its view beside it, and everybody reads both. The filling in is counted: every click and every key.
import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { as, ask, check, choose, equal, finish, go, newcomer, settled, tabTo, visit }
  from './kit.mjs';

const kPack = 'homelessness-dashboard';
const kRound = `/rondes/${kPack}/measurement`;

// One region has to be filled in within half an hour. A browser test is faster than a person, so it
// counts what a person does and gives each act the time of the keystroke-level model (Card, Moran and
// Newell 1980): 0.28 s for a key of somebody who types now and then, 1.3 s for pointing and clicking
// with the hand moved to the mouse and back. Reading and thinking is by far the most: 40 s for a row
// that stayed the same (reading it and the explanation of the time before), 100 s for one that changed
// (finding the words; what was asked of the municipalities was gathered before).
const kSeconds = { key: 0.28, click: 1.3, sameRow: 40, changedRow: 100 };
const kMostSeconds = 30 * 60;
// Of a region about a third of the indicators changes in half a year (own estimate).
const kChangedPart = 3;

function stopwatch(page) {
  const count = { clicks: 0, keys: 0, same: 0, changed: 0 };
  return {
    count,
    click: async (locator) => { count.clicks += 1; await locator.click(); },
    type: async (text) => { count.keys += [...text].length; await page.keyboard.type(text); },
    press: async (key) => { count.keys += 1; await page.keyboard.press(key); },
    seconds: () => count.clicks * kSeconds.click + count.keys * kSeconds.key
      + count.same * kSeconds.sameRow + count.changed * kSeconds.changedRow,
  };
}

async function makeRegion(page, base, name) {
  const { id } = await ask(page, base, 'POST', '/v1/records', { form: 'regions/region',
    fields: { code: `E2E-${name}`, name, kind: 'mobw' } });
  return id;
}

async function makeEdition(page, base, title, day) {
  const { id } = await ask(page, base, 'POST', '/v1/records', {
    form: `${kPack}/measurement-round`,
    fields: { title, reference_date: { first: day, last: day }, source: 'Een verzonnen meting' } });
  return id;
}

const sheetOf = async (page, base, of, who) => (
  await (await page.request.get(`${base}/v1/rounds/${kPack}/measurement/${of}/${who}`)).json());

// The measurement before, as it was handed in.
async function fillBefore(page, base, of, who) {
  const { rows } = await sheetOf(page, base, of, who);
  await ask(page, base, 'POST', `/v1/rounds/${kPack}/measurement/${of}/${who}/_save`, {
    rows: rows.map(({ row }) => ({ row: row.id, fields: { standing: 'developing',
      explanation: 'Twee gemeenten moeten dit nog vaststellen.',
      source_of_value: 'Gesprek met de regio' } })) });
  return rows.length;
}

const saveRow = (page, base, of, who, row, explanation) => ask(page, base, 'POST',
  `/v1/rounds/${kPack}/measurement/${of}/${who}/_save`, { rows: [{ row, fields: {
    standing: 'ready', explanation, source_of_value: 'Een ander gesprek' } }] });

async function looksGood(page, what) {
  for (const [width, scheme] of [[360, 'dark'], [1440, 'light']]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await expectNoViolations(page, `${what} at ${width} px, ${scheme}`);
    await expectNoSideScroll(page, `${what} at ${width} px`);
  }
  await page.emulateMedia({ media: 'print' });
  await expectNoSideScroll(page, `${what} in print`);
  await page.emulateMedia({ media: 'screen' });
}

// Who works on several regions asks one: its own organisation gets the task.
async function askRegion(page, base, of, region, due) {
  await go(page, base, `${kRound}/${of}`);
  await page.selectOption('#ask-who', { label: region });
  await choose(page, 'f-answering', 'Openbare');
  await page.fill('#f-due', due);
  await page.getByRole('button', { name: 'Plaatsen vragen' }).click();
  await page.getByText('1 gevraagd.').waitFor();
}

const rowOf = (page, title) => page.getByRole('region', { name: title, exact: true });

// A judgement without the explanation that belongs to it is not saved, and nothing else is either.
async function triesWithout(page, watch, title) {
  const row = rowOf(page, title);
  await watch.click(row.getByRole('button', { name: /^Wijzigen/ }));
  await watch.click(row.getByRole('radio', { name: 'Vergt aandacht' }));
  const words = row.getByRole('textbox', { name: /Toelichting/ });
  await watch.click(words);
  await watch.press('Control+a');
  await watch.press('Delete');
  await watch.click(page.getByRole('button', { name: /^Concept bewaren/ }));
  const summary = page.getByRole('alert');
  await summary.getByText(/Toelichting regioadviseur/).waitFor();
  await expectNoViolations(page, 'a sheet with a problem');
  await watch.click(summary.getByRole('link').first());
  await words.waitFor();
  return words;
}

// Somebody else saved one of the rows meanwhile: nothing is saved before both versions were seen.
async function meetSomebody(page, watch, title, saveAsOther) {
  await saveAsOther();
  await watch.click(page.getByRole('button', { name: /^Concept bewaren/ }));
  await page.getByRole('alert').getByText(/Iemand anders heeft deze regel intussen/).waitFor();
  await rowOf(page, title).getByText('Dit schreef iemand anders.').waitFor();
  await rowOf(page, title).getByText(/U ziet wat er nu staat/).waitFor();
}

async function fillRegion(page, watch, rows, saveAsOther) {
  const titles = rows.map(({ row }) => row.title);
  for (const [index, title] of titles.entries()) {
    const row = rowOf(page, title);
    if (index === 0) {
      const words = await triesWithout(page, watch, title);
      await words.focus();
      await watch.type('Een gemeente stelde het plan uit tot na de verkiezingen.');
      watch.count.changed += 1;
    } else if (index % kChangedPart === 0) {
      await watch.click(row.getByRole('button', { name: /^Wijzigen/ }));
      await watch.click(row.getByRole('radio', { name: 'Gereed' }));
      await watch.click(row.getByRole('textbox', { name: /Toelichting/ }));
      await watch.press('Control+a');
      await watch.type('Alle gemeenten in de regio hebben dit dit voorjaar vastgesteld, en het '
        + 'loopt. De uitvoering begint na de zomer.');
      watch.count.changed += 1;
    } else {
      await watch.click(row.getByRole('button', { name: /^Klopt nog/ }));
      watch.count.same += 1;
    }
  }
  await meetSomebody(page, watch, titles[1], saveAsOther);
  await watch.click(page.getByRole('button', { name: /^Concept bewaren/ }));
  await page.getByText('Bewaard.', { exact: true }).waitFor();
}

async function fillIn(browser, base, server, world) {
  const adviser = await newcomer(browser, base, server, 'adviseur-oost',
    { roles: `${kPack}/regional-adviser` });
  const watch = stopwatch(adviser);
  await watch.click(adviser.getByRole('link', { name: 'Vul de waarden van deze regio in' }).first());
  await watch.click(adviser.getByRole('link', { name: 'Alles van deze plaats' }));
  await adviser.waitForURL(`**${world.sheet}`);
  await settled(adviser);
  await looksGood(adviser, 'a sheet to fill in');
  const { rows } = await sheetOf(adviser, base, world.now, world.east);
  equal(rows.length, world.count, 'rows of the sheet');
  await fillRegion(adviser, watch, rows, () => saveRow(world.visiting, base, world.now, world.east,
    rows[1].row.id, 'Dit schreef iemand anders.'));
  await watch.click(adviser.getByRole('button', { name: /^Regio vragen mee te kijken/ }));
  await adviser.getByText('Gedaan.').waitFor();
  const { clicks, keys, same, changed } = watch.count;
  const minutes = watch.seconds() / 60;
  console.log(`        a region of ${rows.length} indicators (${changed} changed, ${same} the same): `
    + `${clicks} clicks, ${keys} keys, ${minutes.toFixed(1)} minutes`);
  check(watch.seconds() <= kMostSeconds, `a region takes ${minutes.toFixed(1)} minutes`);
  const after = await sheetOf(adviser, base, world.now, world.east);
  check(after.rows.every(({ now }) => now?.state.id === 'asked'), 'the region is asked');
  equal(after.request.state.id, 'answered', 'the request of the region');
  await finish(adviser);
}

// The region says that it is right, an editor publishes: each in one go.
async function checkAndPublish(browser, base, server, world) {
  const contact = await newcomer(browser, base, server, 'contact-oost',
    { roles: `${kPack}/region-contact` });
  await go(contact, base, `${kRound}/${world.now}/${world.east}`);
  await tabTo(contact, `Dit klopt (${world.count})`);
  await contact.keyboard.press('Enter');
  await contact.getByText('Gedaan.').waitFor();
  await finish(contact);
  const editor = await as(browser, base, 'editor');
  await go(editor, base, `${kRound}/${world.now}/${world.east}`);
  await editor.getByRole('button', { name: `Openbaar maken (${world.count})` }).click();
  await editor.getByText('Gedaan.').waitFor();
  await finish(editor);
}

async function addView(browser, base, server, world) {
  const { rows: [first] } = await sheetOf(world.page, base, world.now, world.east);
  const client = await newcomer(browser, base, server, 'ervaring-oost',
    { roles: `${kPack}/perspective-holder`, organisation: 'demo' });
  await go(client, base, `${kRound}/${world.now}/${world.east}`);
  equal(await client.getByRole('button', { name: /^Wijzigen|^Concept/ }).count(), 0,
    'what others may change');
  await client.getByRole('button', { name: `Uw blik zetten naast ${first.row.title}` }).click();
  await settled(client);
  await client.getByRole('radio', { name: 'Mensen met eigen ervaring' }).check();
  await client.fill('#f-in_short', 'Wij merken het nog niet');
  await client.fill('#f-words', 'In twee gemeenten is er nog geen plek om te slapen.');
  await client.getByRole('radio', { name: 'Vergt aandacht' }).check();
  await client.getByRole('button', { name: 'Opslaan', exact: true }).click();
  await client.waitForURL(/\/records\//);
  const id = new URL(client.url()).pathname.split('/').at(-1);
  await finish(client);
  const { version } = await (await world.page.request.get(`${base}/v1/records/${id}`)).json();
  await ask(world.page, base, 'POST', `/v1/records/${id}/_step`, { transition: 'place' }, '',
    version);
  return first;
}

async function read(browser, base, world, first) {
  const reader = await visit(browser, base, '/rondes');
  await expectNoViolations(reader, 'the rounds');
  await go(reader, base, `${kRound}/${world.now}`);
  await looksGood(reader, 'how far places are');
  await reader.getByRole('link', { name: 'Oost', exact: true }).click();
  await settled(reader);
  const row = rowOf(reader, first.row.title);
  await row.getByText('Een gemeente stelde het plan uit tot na de verkiezingen.').waitFor();
  await row.getByText('In twee gemeenten is er nog geen plek om te slapen.').waitFor();
  await looksGood(reader, 'a sheet to read');
  // Beside it and not over it: both stand there, and the value is what the adviser wrote.
  const [now, view] = await Promise.all(['.sheet-now', '.sheet-views'].map(
    (part) => row.locator(part).boundingBox()));
  check(view.x >= now.x + now.width, 'the view stands beside the value');
  await finish(reader);
}

// A region that is late is reminded: its adviser has the task again, in other words.
async function remind(browser, base, server, world) {
  await askRegion(world.visiting, base, world.now, 'West', '1-6-2026');
  await world.visiting.getByText('te laat', { exact: true }).first().waitFor();
  await looksGood(world.visiting, 'a round with who is late');
  await world.visiting.getByRole('button', { name: 'Herinner wie te laat is (1)' }).click();
  await world.visiting.getByText('1 herinnerd.').waitFor();
  const adviser = await newcomer(browser, base, server, 'adviseur-west',
    { roles: `${kPack}/regional-adviser` });
  await adviser.getByText('Herinnering: vul de waarden van deze regio in').first().waitFor();
  await finish(adviser);
}

// Two regions, a measurement before, and one to fill in, of which one region is asked.
export async function makeWorld(browser, base, server) {
  const page = await as(browser, base, 'editor-2');
  const east = await makeRegion(page, base, 'Oost');
  await makeRegion(page, base, 'West');
  const before = await makeEdition(page, base, 'Proefmeting voorjaar 2026', '2026-06-01');
  const now = await makeEdition(page, base, 'Proefmeting zomer 2026', '2026-07-01');
  const filler = await newcomer(browser, base, server, 'adviseur-eerder',
    { roles: `${kPack}/regional-adviser` });
  const count = await fillBefore(filler, base, before, east);
  await finish(filler);
  const visiting = await as(browser, base, 'visiting-adviser');
  await askRegion(visiting, base, now, 'Oost', '31-12-2026');
  return { page, visiting, east, now, count, sheet: `${kRound}/${now}/${east}` };
}

export const journeys = [{
  name: 'real: a region is asked, filled in within half an hour, checked, published and looked at',
  minutes: 6,
  run: async (browser, base, server) => {
    const world = await makeWorld(browser, base, server);
    await fillIn(browser, base, server, world);
    await checkAndPublish(browser, base, server, world);
    const first = await addView(browser, base, server, world);
    await read(browser, base, world, first);
    await remind(browser, base, server, world);
    await finish(world.visiting);
    await finish(world.page);
  },
}];
