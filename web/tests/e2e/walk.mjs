// What somebody who does not know the product looks for, on the real program: the questions at the
// desk, series beside each other, reporting a bottleneck from where one is, pictures and files of
// figures, and the block that another site leads to. Each at 360 and 1440 px, light, dark, in print.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { expectNoViolations } from './axe.mjs';
import { as, ask, check, equal, finish, go, newcomer, save, settled, tabTo, visit } from './kit.mjs';
import { isOnPaper, looksGood } from './looks.mjs';

const kDesk = '/overzicht/eu-citizens/eu-desk';
const kPicture = '/overzicht/regional-picture/regional-picture';

const kAnswers = { Nationaliteit: 'EU of EER of Zwitserland', 'Werkt nu': 'ja, bewijs ontbreekt nog',
  'Waarom gestopt': 'ontslagen of contract afgelopen' };

// Who worked here, stopped long ago and says to be here shortly.
const kReturned = { Nationaliteit: 'EU of EER of Zwitserland',
  'Werkte eerder hier': 'ja, met bewijs', 'Waarom gestopt': 'ontslagen of contract afgelopen',
  'Duur van het werk': 'een jaar of korter', 'Ingeschreven bij UWV': 'ja, met bewijs',
  'Zes maanden voorbij': 'Ja', 'Korter dan drie maanden hier': 'Ja' };

// By the keyboard, until nothing is asked; everything that is not named is answered with no.
async function answerAll(page, block, answers = kAnswers) {
  const asked = [];
  for (;;) {
    const question = block.locator('form');
    await Promise.race([question, block.getByText(/^Stap voor stap/), block.getByRole('alert')]
      .map((one) => one.waitFor()));
    if (!await question.count()) return asked;
    const name = (await question.locator('legend').innerText()).trim();
    asked.push(name);
    const said = answers[name] ? question.getByRole('radio', { name: answers[name], exact: true })
      : question.getByRole('radio', { name: /^nee$/i });
    await said.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.waitForFunction((last) => document.querySelector('#equal-treatment form legend')
      ?.textContent?.trim() !== last, name);
  }
}

async function counted(page, block) {
  await block.getByRole('link', { name: 'Vastleggen: gebruik van de checklist' }).press('Enter');
  await page.waitForURL('**/registers/eu-citizens/use/nieuw');
  await settled(page);
  check(await page.getByRole('radio', { name: /^Nog niet te bepalen/ }).isChecked(),
    'the outcome is filled in');
  const missing = page.getByRole('group', { name: /^Welk bewijs ontbreekt nog/ });
  equal(await missing.getByRole('checkbox', { checked: true }).evaluateAll(
    (boxes) => boxes.map(({ labels }) => labels[0].textContent.trim()).join('; ')),
  'bewijs van het werk nu', 'and the evidence that is missing');
  check((await page.locator('#f-rule_version').inputValue()).includes('equal-treatment.dmn'),
    'the rules are filled in');
}

// The second interview has what came out of the first one among its answers, and asks on from there.
async function takenOver(page) {
  const second = page.locator('#entrance');
  await second.getByText(/kwam: Nog niet te bepalen: bewijs ontbreekt/).waitFor();
  await second.getByRole('button', { name: 'Begin met de vragen' }).press('Enter');
  await second.getByText('Uw antwoorden').waitFor();
  equal((await second.locator('form legend').innerText()).trim(), 'Nu opvang nodig',
    'the outcome is not asked again');
  await second.getByRole('radio', { name: 'Nee', exact: true }).check();
  await second.getByRole('button', { name: 'Volgende' }).click();
  const end = second.getByText(/^Stap voor stap/);
  const isNotKnown = second.getByRole('button', { name: 'Weet ik niet' });
  const answered = second.getByRole('button', { name: /^Wijzig/ });
  for (let count = 2; ; count += 1) {
    await answered.nth(count - 1).waitFor();
    await Promise.race([isNotKnown.waitFor(), end.waitFor()]);
    if (await end.count()) break;
    await isNotKnown.click();
  }
  await second.getByText('Eerst het bewijs').first().waitFor();
}

const interviewed = {
  name: 'real: a desk asks only what matters, says which evidence is missing, and counts it',
  run: async (browser, base) => {
    const page = await as(browser, base, 'desk-employee');
    await go(page, base, kDesk);
    const sent = [];
    page.on('request', (request) => { sent.push(request.url()); });
    const block = page.locator('#equal-treatment');
    await block.getByText(/Opvang met spoed wacht nooit/).waitFor();
    await tabTo(page, 'Begin met de vragen');
    await page.keyboard.press('Enter');
    const asked = await answerAll(page, block);
    check(asked.includes('Werkt nu') && asked.length < 13, `asked: ${asked}`);
    await block.getByText('Nog niet te bepalen: bewijs ontbreekt').first().waitFor();
    await block.getByText('bewijs van het werk nu').first().waitFor();
    await block.getByText(/^Bron: Richtlijn 2004\/38/).first().waitFor();
    await block.getByText(/^Regels: EU-burgers aan het loket/).waitFor();
    await looksGood(page, 'the end of an interview');
    const source = await block.getByText(/^Bron: Richtlijn 2004\/38/).first().innerText();
    const rules = await block.getByText(/^Regels: EU-burgers aan het loket/).innerText();
    await isOnPaper(page, ['Uw antwoorden', asked[0], 'bewijs van het werk nu', 'Stap voor stap',
      'Opvang met spoed wacht nooit', 'Nog niet te bepalen: bewijs ontbreekt',
      source.replace(/\s+/g, ' ').slice(0, 60), rules.replace(/\s+/g, ' ')],
    ['Zwitserland Wijzig', 'Begin opnieuw', 'Afdrukken', 'Vastleggen:', 'Begin met de vragen', 'Insluiten']);
    check(!sent.some((url) => /bewijs|Nationaliteit|nee/.test(url)), 'no answer stands in an address');
    await takenOver(page);
    await counted(page, block);
    await finish(page);
  },
};

const contradicted = {
  name: 'real: answers at a desk that do not fit together are named, and nothing is lost',
  run: async (browser, base) => {
    const page = await visit(browser, base, kDesk, { width: 360, scheme: 'dark' });
    const block = page.locator('#equal-treatment');
    await block.getByRole('button', { name: 'Begin met de vragen' }).click();
    const asked = await answerAll(page, block, kReturned);
    equal(asked.at(-1), 'Korter dan drie maanden hier', 'the last question');
    const alert = block.getByRole('alert');
    await alert.getByText('Deze antwoorden passen niet bij elkaar.').waitFor();
    await alert.getByRole('button', { name: /^Wijzig “Zes maanden voorbij”: Ja/ }).waitFor();
    check(!await block.getByText('Waarom niet').count(), 'nothing is concluded from them');
    await looksGood(page, 'answers that do not fit together');
    await alert.getByRole('button', { name: 'Het klopt allemaal' }).click();
    await answerAll(page, block, kReturned);
    await block.getByText('Eerste drie maanden').first().waitFor();
    await block.getByText(/^U zei dat dit klopt: Iemand werkte hier/).waitFor();
    await block.getByRole('button', { name: 'Wijzig uw antwoord op Zes maanden voorbij' }).click();
    await answerAll(page, block, { ...kReturned, 'Zes maanden voorbij': 'Nee' });
    await block.getByText('Gelijke behandeling', { exact: true }).first().waitFor();
    check(!await block.getByText(/^U zei dat dit klopt/).count(), 'it is no doubt any more');
    await finish(page);
  },
};

// Two series of one province, of which one has two values.
export async function makeSeries(page, base) {
  const found = async (form, where) => (await ask(page, base, 'POST', '/v1/records/_search',
    { form, limit: 100, ...(where ? { where } : {}) })).items;
  const zeeland = (await found('regions/region', 'kind = "province"'))
    .find(({ title }) => title === 'Zeeland');
  const series = await found('regional-picture/public-series');
  for (const [of, year, value] of [[series[0], 2024, '12.5'], [series[0], 2025, '14'],
    [series[1], 2025, '90000']]) {
    await ask(page, base, 'POST', '/v1/records', { form: 'regional-picture/observation',
      fields: { series: of.id, region: zeeland.id, area_name: 'Zeeland', value,
        period: { first: `${year}-01-01`, last: `${year}-12-31`, words: String(year) } } });
  }
}

const besideEachOther = {
  name: 'real: series of one area stand side by side, each with its own definition and scale',
  run: async (browser, base) => {
    const editor = await as(browser, base, 'editor');
    await makeSeries(editor, base);
    await finish(editor);
    const page = await visit(browser, base, kPicture);
    const block = page.locator('#beside');
    await block.getByLabel('Gebied').selectOption({ label: 'Zeeland' });
    await block.getByText('Zeeland. Reeksen die hier iets over zeggen: 2.').waitFor();
    const cards = block.locator('.figure-card');
    equal(await cards.count(), 2, 'cards');
    for (const one of await cards.all()) {
      await one.getByText('Definitie').waitFor();
      await one.getByText('Bron', { exact: true }).waitFor();
      equal(await one.getByRole('table').count(), 1, 'tables of a series');
    }
    equal(await block.locator('svg[role=img]').count(), 1, 'pictures: two values of one series');
    // Words alone say how to read them, in paragraphs, and lead on.
    const words = page.getByRole('region', { name: 'Hoe leest u deze cijfers?' });
    equal(await words.getByRole('paragraph').count(), 3, 'paragraphs');
    equal(await words.getByRole('link', { name: 'open data' }).getAttribute('href'), '/open-data',
      'a link in the words');
    const address = page.url();
    await looksGood(page, 'series side by side');
    await page.goto(address);
    await block.getByText('Zeeland. Reeksen die hier iets over zeggen: 2.').waitFor();
    await finish(page);
  },
};

const reported = {
  name: 'real: a bottleneck is reported from the page of a promise, and points at it',
  run: async (browser, base) => {
    const reader = await visit(browser, base, '/registers/commitments/commitment');
    const link = reader.locator('tbody').getByRole('link').first();
    const promise = await link.getAttribute('href');
    equal(await reader.getByRole('link', { name: 'Knelpunt melden' }).count(), 0,
      'who only reads reports nothing');
    await reader.getByRole('contentinfo').getByRole('link', { name: 'Alle knelpunten' }).waitFor();
    await finish(reader);
    const page = await as(browser, base, 'editor', { width: 360, scheme: 'dark' });
    await go(page, base, promise);
    const title = await page.locator('h1').innerText();
    await tabTo(page, 'Knelpunt melden');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/registers/bottlenecks/bottleneck/nieuw');
    equal(new URL(page.url()).search, '', 'what stands in the address');
    await settled(page);
    await expectNoViolations(page, 'a report from a page');
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByText(title).first().waitFor();
    await finish(page);
  },
};

const kReporters = ['provider', 'client-council', 'region-contact', 'perspective-holder', 'inspector',
  'visiting-adviser'];

const aReport = (what) => ({ form: 'bottlenecks/bottleneck', fields: {
  what, who: ['young-homeless'], rule_kind: 'law', frequency: 'often', solver: ['gemeenten'],
  field_of_work: 'dakloosheid', seen_on: { first: '2026-05-01', last: '2026-05-01' },
  source: 'Een verzonnen gesprek' } });

const everybodyReports = {
  name: 'real: everybody who works on a plan reports a bottleneck, and mends it until it is placed',
  minutes: 10,
  run: async (browser, base, server) => {
    const elsewhere = await as(browser, base, 'desk-employee');
    for (const role of kReporters) {
      const page = await newcomer(browser, base, server, `meldt-${role}`,
        { roles: `bottlenecks/${role}` });
      const what = `Een verzonnen melding (${role})`;
      const { id } = await ask(page, base, 'POST', '/v1/records', aReport(what));
      await go(page, base, `/records/${id}`);
      await page.getByRole('heading', { name: what }).first().waitFor();
      equal((await elsewhere.request.get(`${base}/v1/records/${id}`)).status(), 404,
        'what another organisation is told');
      await page.getByRole('link', { name: 'Eigen melding aanpassen' }).click();
      await page.waitForURL('**/stap/amend');
      await settled(page);
      equal(await page.inputValue('#f-what'), what, 'what stands there already');
      await page.fill('#f-source', 'Een tweede verzonnen gesprek');
      await save(page);
      await page.waitForURL(`**/records/${id}`);
      await page.getByText('Een tweede verzonnen gesprek').first().waitFor();
      await finish(page);
    }
    const nobody = await visit(browser, base, '/registers/bottlenecks/bottleneck');
    const reply = await nobody.request.post(`${base}/v1/records`, {
      data: aReport('Zonder account'), headers: { 'Idempotency-Key': randomUUID() } });
    check([401, 403].includes(reply.status()), `without an account: ${reply.status()}`);
    await finish(nobody);
    await finish(elsewhere);
  },
};

const taken = {
  name: 'real: pictures and files of figures are taken, and a link leads to its block',
  run: async (browser, base) => {
    const page = await visit(browser, base, '/cijfers/bottlenecks/public');
    const take = async (menu, file) => {
      await page.getByRole('button', { name: menu, exact: true }).click();
      const [given] = await Promise.all([page.waitForEvent('download'),
        page.getByRole('button', { name: file, exact: true }).click()]);
      return readFile(await given.path());
    };
    const svg = (await take('Exporteren: Openbare knelpunten. Naar Werkveld', 'SVG')).toString();
    check(/Peildatum: \d/.test(svg) && svg.includes('Bron:'), 'a picture says of which day it is');
    await page.keyboard.press('Escape');
    const png = await take('Exporteren: Openbare knelpunten. Naar Werkveld', 'PNG');
    equal(png.subarray(1, 4).toString(), 'PNG', 'a picture');
    await page.keyboard.press('Escape');
    const csv = (await take('Exporteren: Openbare knelpunten', 'CSV')).toString();
    check(csv.split('\r\n').length > 10 && csv.includes('Definitie'), 'a file of figures');
    await looksGood(page, 'an indicator');
    await page.goto(`${base}/overzicht/bottlenecks/bottlenecks#editions`);
    await settled(page);
    await page.waitForFunction(() => {
      const { top } = document.querySelector('#editions').getBoundingClientRect();
      return top > -50 && top < window.innerHeight;
    });
    equal(await page.evaluate(() => document.activeElement?.id), 'editions', 'where the focus is');
    await finish(page);
  },
};

// Everything that a visitor of another site asks of the server.
async function visitEmbedded(browser, base, path) {
  const page = await visit(browser, base, '/open-data');
  const cookies = [];
  page.on('response', async (reply) => {
    const [sent, given] = [await reply.request().allHeaders(), await reply.allHeaders()];
    if (sent.cookie || given['set-cookie']) cookies.push(reply.url());
  });
  await go(page, base, path);
  return { page, cookies };
}

const embedded = {
  name: 'real: what another site embeds asks for no account and no cookie, and says its source',
  run: async (browser, base) => {
    for (const [path, full, words] of [
      ['/embed/cijfers/bottlenecks/public', '/cijfers/bottlenecks/public',
        /Het aantal knelpunten dat iedereen kan zien/],
      ['/embed/overzicht/bottlenecks/bottlenecks/editions',
        '/overzicht/bottlenecks/bottlenecks#editions', /[Ee]ditie/],
    ]) {
      const { page, cookies } = await visitEmbedded(browser, base, path);
      await page.locator('main').getByText(words).first().waitFor();
      const foot = page.locator('.embed-foot');
      await foot.getByText('Bron: Zicht').waitFor();
      await foot.getByText(/^Peildatum: \d/).waitFor();
      equal(await foot.getByRole('link').getAttribute('href'), full, 'the way to the full page');
      equal(await page.getByRole('link', { name: 'Inloggen' }).count(), 0, 'signing in');
      await looksGood(page, `embedded: ${path}`);
      equal(cookies.join(' '), '', 'cookies asked or given');
      equal((await page.context().cookies()).length, 0, 'cookies kept');
      await finish(page);
    }
    // Whoever is signed in sees no more there than anybody else.
    const editor = await as(browser, base, 'editor');
    const cookies = [];
    editor.on('request', async (request) => {
      if (request.url().includes('/v1/') && (await request.allHeaders()).cookie) {
        cookies.push(request.url());
      }
    });
    await go(editor, base, '/embed/cijfers/bottlenecks/not-placed');
    await editor.getByText(/[Uu] mag (dit cijfer|het) niet zien/).waitFor();
    equal(cookies.join(' '), '', 'questions with a cookie');
    await finish(editor);
  },
};

export const journeys = [interviewed, contradicted, besideEachOther, reported, everybodyReports,
  taken, embedded];
