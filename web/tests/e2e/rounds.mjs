// A whole measurement of a region on the real program, for each dashboard that regions fill in: a
// region is asked, its adviser fills in every row with the time before at hand, the region checks, an
// editor publishes, others put their view beside it, and everybody reads both. The filling in is
// counted: every click and every key. Then who is late is reminded in one act.
import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { as, ask, check, choose, equal, finish, go, newcomer, settled, tabTo, visit }
  from './kit.mjs';

const kPack = 'homelessness-dashboard';
const kHome = 'protected-home-dashboard';
const roundOf = (pack) => `/rondes/${pack}/measurement`;

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

async function makeEdition(page, base, pack, title, day) {
  const { id } = await ask(page, base, 'POST', '/v1/records', {
    form: `${pack}/measurement-round`,
    fields: { title, reference_date: { first: day, last: day }, source: 'Een verzonnen meting' } });
  return id;
}

const sheetAt = (world, of, who) => `/v1/rounds/${world.pack}/measurement/${of}/${who}`;

const sheetOf = async (page, base, world, of = world.now) => (
  await (await page.request.get(base + sheetAt(world, of, world.east))).json());

// The measurement before, as it was handed in.
async function fillBefore(page, base, world, of) {
  const { rows } = await sheetOf(page, base, world, of);
  await ask(page, base, 'POST', `${sheetAt(world, of, world.east)}/_save`, {
    rows: rows.map(({ row }) => ({ row: row.id, fields: { standing: 'developing',
      explanation: 'Twee gemeenten moeten dit nog vaststellen.',
      source_of_value: 'Gesprek met de regio' } })) });
  return rows.length;
}

const saveRow = (page, base, world, row, explanation) => ask(page, base, 'POST',
  `${sheetAt(world, world.now, world.east)}/_save`, { rows: [{ row, fields: {
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
async function askRegion(page, base, world, region, due) {
  await go(page, base, `${roundOf(world.pack)}/${world.now}`);
  await page.selectOption('#ask-who', { label: region });
  await choose(page, 'f-answering', 'Openbare');
  await page.fill('#f-due', due);
  await page.getByRole('button', { name: 'Plaatsen vragen' }).click();
  await page.getByText('1 gevraagd.').waitFor();
}

const rowOf = (page, title) => page.getByRole('region', { name: title, exact: true });
const toggleOf = (page, title) => page.getByRole('button', { name: title, exact: true });

// Closed, a sheet of 18 rows is two screens; a row opens and closes with the keyboard alone.
const kScreen = 900;
async function staysShort(page, title) {
  await page.setViewportSize({ width: 1440, height: kScreen });
  // To the end of the sheet: the menu beside it may be longer.
  const height = await page.evaluate(() => window.scrollY
    + document.querySelector('.sheet-foot').parentElement.getBoundingClientRect().bottom);
  check(height <= 2 * kScreen, `a closed sheet is ${height} px`);
  await tabTo(page, title);
  for (const isOpen of ['true', 'false']) {
    await page.keyboard.press('Enter');
    equal(await toggleOf(page, title).getAttribute('aria-expanded'), isOpen, 'the row is open');
  }
}

// After a row that stayed the same the keyboard is at the next one.
async function goesOn(page, title) {
  const name = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  equal(name, `Klopt nog: ${title}`, 'what has the focus');
}

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

// Coming back to the window reads again what changed: the open page shows it before anybody saves.
async function comeBack(page, title, words) {
  await page.waitForFunction(([name, text]) => {
    window.dispatchEvent(new window.Event('visibilitychange'));
    return [...document.querySelectorAll('.sheet-row')].some((row) => row.textContent.includes(text)
      && row.querySelector('.sheet-title').textContent === name);
  }, [title, words], { polling: 500 });
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
  await staysShort(page, rows[0].row.title);
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
      if (index === 1) await goesOn(page, titles[2]);
      watch.count.same += 1;
    }
  }
  await meetSomebody(page, watch, titles[1], saveAsOther);
  await watch.click(page.getByRole('button', { name: /^Concept bewaren/ }));
  await page.getByText('Bewaard.', { exact: true }).waitFor();
}

async function fillIn(browser, base, server, world) {
  const adviser = await newcomer(browser, base, server, `adviseur-${world.region}`,
    { roles: `${world.pack}/regional-adviser` });
  const watch = stopwatch(adviser);
  await watch.click(adviser.getByRole('link', { name: 'Vul de waarden van deze regio in' }).first());
  await watch.click(adviser.getByRole('link', { name: 'Alles van deze plaats' }));
  await adviser.waitForURL(`**${world.sheet}`);
  await settled(adviser);
  await looksGood(adviser, 'a sheet to fill in');
  const { rows } = await sheetOf(adviser, base, world);
  equal(rows.length, world.count, 'rows of the sheet');
  await fillRegion(adviser, watch, rows, async () => {
    const [words, { row }] = ['Dit schreef iemand anders.', rows[1]];
    await saveRow(world.visiting, base, world, row.id, words);
    // One of the two journeys has seen it before it saves, the other hears it from the server.
    if (world.pack === kHome) await comeBack(adviser, row.title, words);
  });
  await watch.click(adviser.getByRole('button', { name: /^Regio vragen mee te kijken/ }));
  await adviser.getByText('Gedaan.').waitFor();
  const { clicks, keys, same, changed } = watch.count;
  const minutes = watch.seconds() / 60;
  console.log(`        a region of ${rows.length} indicators (${changed} changed, ${same} the same): `
    + `${clicks} clicks, ${keys} keys, ${minutes.toFixed(1)} minutes`);
  check(watch.seconds() <= kMostSeconds, `a region takes ${minutes.toFixed(1)} minutes`);
  const after = await sheetOf(adviser, base, world);
  check(after.rows.every(({ now }) => now?.state.id === 'asked'), 'the region is asked');
  equal(after.request.state.id, 'answered', 'the request of the region');
  await finish(adviser);
}

// The region says that it is right, an editor publishes: each in one go.
async function checkAndPublish(browser, base, server, world) {
  const contact = await newcomer(browser, base, server, `contact-${world.region}`,
    { roles: `${world.pack}/region-contact` });
  await go(contact, base, world.sheet);
  equal(await contact.getByRole('button', { name: /^Wijzigen|^Concept/ }).count(), 0,
    'what the region may change');
  await tabTo(contact, `Dit klopt (${world.count})`);
  await contact.keyboard.press('Enter');
  await contact.getByText('Gedaan.').waitFor();
  await finish(contact);
  const editor = await as(browser, base, 'editor');
  await go(editor, base, world.sheet);
  await editor.getByRole('button', { name: `Openbaar maken (${world.count})` }).click();
  await editor.getByText('Gedaan.').waitFor();
  await finish(editor);
}

// Somebody of another organisation puts what they see beside the first row. `who`: as in the list.
async function addView(browser, base, server, world, { login, role, who, inShort, words }) {
  const { rows: [first] } = await sheetOf(world.page, base, world);
  const { title } = first.row;
  const person = await newcomer(browser, base, server, `${login}-${world.region}`,
    { roles: `${world.pack}/${role ?? 'perspective-holder'}`, organisation: 'demo' });
  await go(person, base, world.sheet);
  equal(await person.getByRole('button', { name: /^Wijzigen|^Concept/ }).count(), 0,
    'what others may change');
  await toggleOf(person, title).click();
  await person.getByRole('button', { name: `Uw blik zetten naast ${title}` }).click();
  await settled(person);
  await person.selectOption('#f-view', { label: who });
  await person.fill('#f-in_short', inShort);
  await person.fill('#f-words', words);
  await person.getByRole('radio', { name: 'Vergt aandacht' }).check();
  await person.getByRole('button', { name: 'Opslaan', exact: true }).click();
  await person.waitForURL(/\/records\//);
  const id = new URL(person.url()).pathname.split('/').at(-1);
  await finish(person);
  const { version } = await (await world.page.request.get(`${base}/v1/records/${id}`)).json();
  await ask(world.page, base, 'POST', `/v1/records/${id}/_step`, { transition: 'place' }, '',
    version);
  // The value is as the adviser wrote it, at the version that was published.
  const { rows: [after] } = await sheetOf(world.page, base, world);
  equal(after.now.version, first.now.version, 'the version of the value');
  return first;
}

async function read(browser, base, world, first, views) {
  const reader = await visit(browser, base, '/rondes');
  await expectNoViolations(reader, 'the rounds');
  await go(reader, base, `${roundOf(world.pack)}/${world.now}`);
  await looksGood(reader, 'how far places are');
  await reader.getByRole('link', { name: world.region, exact: true }).click();
  await settled(reader);
  const { title } = first.row;
  const row = rowOf(reader, title);
  await row.getByText('Een gemeente stelde het plan uit tot na de verkiezingen.').waitFor();
  await row.getByText(`Andere blikken: ${views.length}`).waitFor();
  await toggleOf(reader, title).click();
  await row.getByText('Een gemeente stelde het plan uit tot na de verkiezingen.').waitFor();
  for (const { words } of views) await row.getByText(words).waitFor();
  await looksGood(reader, 'a sheet to read');
  // Beside it and not over it: both stand there, and the value is what the adviser wrote.
  const [now, view] = await Promise.all(['.sheet-now', '.sheet-views'].map(
    (part) => row.locator(part).boundingBox()));
  check(view.x >= now.x + now.width, 'the view stands beside the value');
  await reader.getByRole('button', { name: 'Alles openen' }).click();
  equal(await reader.locator('.sheet-row.is-open').count(), world.count, 'rows that are open');
  await finish(reader);
}

// Two regions are late: both are reminded in one act, after a look at whom, and not twice a day.
async function remind(browser, base, server, world) {
  const { visiting } = world;
  for (const region of ['West', 'Midden']) {
    await makeRegion(world.page, base, region);
    await askRegion(visiting, base, world, region, '1-6-2026');
  }
  await visiting.getByText('te laat', { exact: true }).first().waitFor();
  await looksGood(visiting, 'a round with who is late');
  await visiting.setViewportSize({ width: 360, height: 780 });
  await tabTo(visiting, 'Herinneren (2 te laat)');
  await visiting.keyboard.press('Enter');
  const dialog = visiting.getByRole('dialog', { name: 'Wie herinnert u?' });
  for (const region of ['West', 'Midden']) {
    check(await dialog.getByRole('checkbox', { name: new RegExp(`^${region}: te laat`) })
      .isChecked(), `${region} is ticked`);
  }
  await expectNoViolations(visiting, 'whom to remind');
  await expectNoSideScroll(visiting, 'whom to remind');
  await tabTo(visiting, 'Herinner 2');
  await visiting.keyboard.press('Enter');
  await visiting.getByText('2 herinnerd.').waitFor();
  await visiting.getByText('Wie te laat is, is vandaag al herinnerd.').waitFor();
  equal(await visiting.getByRole('button', { name: /^Herinneren/ }).count(), 0, 'once a day');
  const adviser = await newcomer(browser, base, server, 'adviseur-west',
    { roles: `${world.pack}/regional-adviser` });
  await adviser.getByText('Herinnering: vul de waarden van deze regio in').first().waitFor();
  await finish(adviser);
}

// The region is split: its sheet of then stays, and the new one shows what was said of the old.
async function split(browser, base, server, world) {
  const { page } = world;
  const path = `/v1/records/${world.east}`;
  const { version, fields } = await (await page.request.get(base + path)).json();
  await ask(page, base, 'PUT', path, { fields: { ...fields, until: '2026-09-01' },
    reason: 'De regio is gesplitst' }, '', version);
  const { id } = await ask(page, base, 'POST', '/v1/records', { form: 'regions/region',
    fields: { code: 'E2E-Noord', name: 'Oost-Noord', kind: 'mobw', formed_from: [world.east] } });
  const later = await makeEdition(page, base, world.pack, 'Proefmeting winter 2026', '2026-12-01');
  const adviser = await newcomer(browser, base, server, 'adviseur-noord',
    { roles: `${world.pack}/regional-adviser` });
  await go(adviser, base, `${roundOf(world.pack)}/${later}`);
  await adviser.getByRole('link', { name: 'Oost-Noord', exact: true }).waitFor();
  equal(await adviser.getByRole('link', { name: 'Oost', exact: true }).count(), 0, 'the old region');
  await go(adviser, base, `${roundOf(world.pack)}/${later}/${id}`);
  const { rows: [first] } = await sheetOf(adviser, base, world);
  equal(await adviser.getByRole('button', { name: /^Klopt nog/ }).count(), 0, 'what is taken over');
  await toggleOf(adviser, first.row.title).click();
  const row = rowOf(adviser, first.row.title);
  await row.getByText(/^Vorige keer, van Oost: Proefmeting zomer 2026/).waitFor();
  await row.getByText(/Deze plaats is uit Oost ontstaan/).waitFor();
  await expectNoViolations(adviser, 'the sheet of a new region');
  // Nothing of then is lost: the old region still stands in the measurement that it filled in.
  await go(adviser, base, `${roundOf(world.pack)}/${world.now}`);
  await adviser.getByRole('link', { name: 'Oost', exact: true }).click();
  await settled(adviser);
  await rowOf(adviser, first.row.title).getByText(/Een gemeente stelde het plan uit/).waitFor();
  await adviser.getByText(/Deze plaats wordt niet meer gevraagd/).waitFor();
  await finish(adviser);
}

// A region, a measurement before, and one to fill in, for which the region is asked.
export async function makeWorld(browser, base, server, pack = kPack, region = 'Oost') {
  const page = await as(browser, base, 'editor-2');
  const world = { pack, region, page, east: await makeRegion(page, base, region) };
  const before = await makeEdition(page, base, pack, 'Proefmeting voorjaar 2026', '2026-06-01');
  world.now = await makeEdition(page, base, pack, 'Proefmeting zomer 2026', '2026-07-01');
  world.sheet = `${roundOf(pack)}/${world.now}/${world.east}`;
  const filler = await newcomer(browser, base, server, `adviseur-eerder-${region}`,
    { roles: `${pack}/regional-adviser` });
  world.count = await fillBefore(filler, base, world, before);
  await finish(filler);
  world.visiting = await as(browser, base, 'visiting-adviser');
  await askRegion(world.visiting, base, world, region, '31-12-2026');
  return world;
}

const kExperienced = { login: 'ervaring', who: 'Mensen met eigen ervaring',
  inShort: 'Wij merken het nog niet', words: 'In twee gemeenten is er nog geen plek om te slapen.' };
const kProvider = { login: 'aanbieder', who: 'Aanbieders', inShort: 'Te weinig woningen',
  words: 'Wie klaar is om te gaan wonen, wacht gemiddeld een jaar.' };
const kTown = { login: 'gemeente', who: 'Gemeenten', inShort: 'Het plan ligt er',
  words: 'Alle gemeenten in de regio hebben het plan vastgesteld.' };
const kClients = { login: 'clienten', who: 'Cliënten en hun vertegenwoordigers',
  inShort: 'Wij zijn niet gevraagd', words: 'De cliëntenraad zag het plan pas na het besluit.' };
const kRegion = { login: 'regio', role: 'region-contact', who: 'De regio zelf',
  inShort: 'Het plan ligt bij de raden', words: 'Twee raden beslissen in september.' };

export const journeys = [{
  name: 'real: a region is asked, filled in within half an hour, checked, published and looked at',
  minutes: 16,
  run: async (browser, base, server) => {
    const world = await makeWorld(browser, base, server);
    await fillIn(browser, base, server, world);
    await checkAndPublish(browser, base, server, world);
    const first = await addView(browser, base, server, world, kExperienced);
    await read(browser, base, world, first, [kExperienced]);
    await remind(browser, base, server, world);
    await split(browser, base, server, world);
    await finish(world.visiting);
    await finish(world.page);
  },
}, {
  name: 'real: protected home in a region is filled in within half an hour, checked, and others look',
  minutes: 16,
  run: async (browser, base, server) => {
    const world = await makeWorld(browser, base, server, kHome, 'Kust');
    await fillIn(browser, base, server, world);
    await checkAndPublish(browser, base, server, world);
    const views = [kTown, kProvider, kClients, kRegion];
    let first;
    for (const view of views) first = await addView(browser, base, server, world, view);
    await read(browser, base, world, first, views);
    await finish(world.visiting);
    await finish(world.page);
  },
}];
