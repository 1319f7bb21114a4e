// Every page and state, in light and dark, on a phone and a wide screen: no axe violation, nothing
// wider than the window, no error in the browser, no request to another server.
import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { check, finish, go, settled, signIn, visit } from './kit.mjs';

const kPassword = 'een lang wachtwoord';

async function open(page, name) {
  await page.getByRole('button', { name }).first().click();
}

async function find(page, words) {
  await page.fill('#search-words', words);
  await page.keyboard.press('Enter');
  await page.locator('.hit, #found-nothing').first().waitFor();
}

async function tryModel(page, rain, role = 'status') {
  await page.getByText('Probeer het').first().click();
  await page.getByRole('radio', { name: 'zand' }).first().check();
  await page.getByLabel(/^Regen/).first().fill(rain);
  await page.getByRole('button', { name: 'Wat komt eruit?' }).first().click();
  await page.locator(`.model-try [role=${role}]`).first().waitFor();
}

// [what, path, what to do there]
const kPublic = [
  ['a desk', '/'],
  ['a desk as a table', '/?lijn.view=table'],
  ['a desk with an open filter', '/', (page) => open(page, 'Hoek')],
  ['a desk with an open export menu', '/', (page) => open(page, 'Exporteren')],
  ['a desk of a register', '/overzicht/tuin/keuringen'],
  ['a desk of figures and a grid', '/overzicht/tuin/stand', async (page) => {
    await page.locator('.indicator-block .notice').waitFor();
    await page.getByText('Gereed').first().waitFor();
  }],
  ['a desk of figures with a definition open', '/overzicht/tuin/stand', async (page) => {
    await page.getByText('Wat is hier geteld?').first().click();
    await page.getByText('en 2 meer').click();
  }],
  ['open data', '/open-data'],
  ['a figure', '/cijfers/tuin/beloofd'],
  ['a figure in another site', '/embed/cijfers/tuin/beloofd'],
  ['a figure in another site that is not there', '/embed/cijfers/tuin/bezoek'],
  ['a block with a picture in another site', '/embed/overzicht/tuin/afspraken/lijn'],
  ['a grid in another site', '/embed/overzicht/tuin/stand/beurten'],
  ['a desk of maps', '/overzicht/tuin/kaart', async (page) => {
    await page.locator('#perken').getByRole('link', { name: /Rozen/ }).first().waitFor();
  }],
  ['a desk of maps as a table', '/overzicht/tuin/kaart?perken.view=table'],
  ['a map in another site', '/embed/overzicht/tuin/kaart/perken?perken.f.theme=groente'],
  ['a number in another site', '/embed/overzicht/tuin/stand/beloofd'],
  ['a block in another site that is not there', '/embed/overzicht/tuin/stand/weg-ermee'],
  ['a register', '/registers/tuin/keuring'],
  ['a register with chosen rows', '/registers/tuin/keuring', async (page) => {
    await page.getByLabel('Kies Bank nummer 70').check();
  }],
  ['a register with the help of keys', '/registers/tuin/keuring',
    (page) => page.keyboard.press('?')],
  ['a register with a date filter open', '/registers/tuin/afspraak',
    (page) => open(page, 'Klaar voor')],
  ['a register with its columns open', '/registers/tuin/keuring', (page) => open(page, 'Kolommen')],
  ['a register without results', '/registers/tuin/keuring?q=onvindbaar&f.state=open'],
  ['the overall search', '/zoeken'],
  ['what the overall search found', '/zoeken', (page) => find(page, 'bank')],
  ['an overall search without results', '/zoeken', (page) => find(page, 'onvindbaar')],
  ['a record', '/records/k1'],
  ['a record with its why open', '/records/k1', (page) => open(page, 'Waarom? Herstel uiterlijk')],
  ['a record as on an earlier day', '/records/a1?validOn=2025-06-01'],
  ['a record with the day picker open', '/records/a1', (page) => open(page, 'Zoals op')],
  ['an edition of figures', '/records/e2'],
  ['an edition that is a draft', '/records/e3'],
  ['the register of editions with its columns open', '/registers/tuin/editie',
    (page) => open(page, 'Kolommen')],
  ['the packs', '/packs'],
  ['a pack', '/packs/tuin'],
  ['a decision model', '/packs/tuin/modellen/gieten'],
  ['a decision model with a form open', '/packs/tuin/modellen/gieten', async (page) => {
    await page.getByText('Probeer het').nth(1).click();
    await page.getByLabel('Lengte').waitFor();
  }],
  ['a decision that was tried', '/packs/tuin/modellen/gieten', (page) => tryModel(page, '3')],
  ['a decision that cannot be determined', '/packs/tuin/modellen/gieten',
    (page) => tryModel(page, '')],
  ['why a decision cannot be determined', '/packs/tuin/modellen/gieten', async (page) => {
    await tryModel(page, '');
    await page.getByRole('button', { name: 'Waarom?' }).click();
    await page.getByRole('dialog').getByText('niet te zeggen').first().waitFor();
  }],
  ['a decision asked with what does not fit', '/packs/tuin/modellen/gieten', async (page) => {
    await tryModel(page, '-1', 'alert');
  }],
  ['a decision model that does not exist', '/packs/tuin/modellen/anders'],
  ['signing in', '/inloggen'],
  ['signing in wrongly', '/inloggen', async (page) => {
    await page.fill('#login', 'anna');
    await page.fill('#password', 'fout');
    await page.keyboard.press('Enter');
    await page.getByText('Dat klopt niet').waitFor();
  }],
  ['my work without signing in', '/mijn-werk'],
  ['a page that does not exist', '/bestaat/niet'],
  ['a record that does not exist', '/records/nergens'],
];

async function makeErrors(page) {
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await page.getByRole('alert').first().waitFor();
}

const kSignedIn = [
  ['my work', '/mijn-werk'],
  ['a new record', '/registers/tuin/keuring/nieuw'],
  ['a form with errors', '/registers/tuin/afspraak/nieuw', async (page) => {
    const next = page.getByRole('button', { name: 'Volgende vraag' });
    while (await next.isVisible()) await next.click();
    await makeErrors(page);
  }],
  ['a form of a change', '/records/k1/wijzigen'],
  ['a form of a correction', '/records/a2/verbeteren'],
  ['a step', '/records/a2/stap/afronden'],
  ['a record with what one can do', '/records/k1'],
  ['an edition with its counts', '/records/e2'],
  ['a form of a change of an edition', '/records/e3/wijzigen'],
  ['my account', '/account'],
  ['my account while turning codes on', '/account', async (page) => {
    await open(page, 'Zet aan');
    await page.locator('#totp-code').waitFor();
  }],
  ['the accounts', '/beheer/accounts'],
  ['an account being changed', '/beheer/accounts', async (page) => {
    await open(page, 'Wijzig account van bas');
    await open(page, 'Geef een nieuw eenmalig wachtwoord');
  }],
  ['the journal', '/beheer/journaal',
    (page) => page.getByText('De keten klopt: 90 regels').waitFor()],
  ['a pack with its versions', '/packs/tuin'],
];

// One page, in both colour schemes.
async function lookAt(page, base, [what, path, act], width) {
  await go(page, base, path);
  if (act) await act(page, width);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await settled(page);
    await expectNoViolations(page, `${what} (${width}, ${colorScheme})`);
    await expectNoSideScroll(page, `${what} (${width}, ${colorScheme})`);
  }
}

function journeysOf(title, list, login) {
  return [360, 1440].map((width) => ({
    name: `${title}: ${list.length} pages and states at ${width} px, light and dark`,
    minutes: 12,
    run: async (browser, base) => {
      const page = await visit(browser, base, '/', { width });
      if (login) await signIn(page, base, login, kPassword);
      for (const one of list) await lookAt(page, base, one, width);
      await finish(page);
    },
  }));
}

export const journeys = [
  ...journeysOf('public', kPublic),
  ...journeysOf('signed in', kSignedIn, 'anna'),
  {
    name: 'the open menu on a phone, the English page and the page of a failing server hold too',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/', { width: 360 });
      await open(page, 'Menu');
      await expectNoViolations(page, 'open menu');
      await page.getByRole('button', { name: 'Show this page in English' }).click();
      await page.getByRole('button', { name: 'Toon deze pagina in het Nederlands' }).waitFor();
      check(await page.evaluate(() => document.documentElement.lang) === 'en', 'lang is en');
      await expectNoViolations(page, 'English');
      await page.request.post(`${base}/mock/fail`,
        { data: { path: '/v1/records/k1', status: 500, times: 9 } });
      await page.goto(`${base}/records/k1`);
      await page.getByText('Something went wrong on our server').waitFor();
      await expectNoViolations(page, 'failing server');
      await finish(page);
    },
  },
  {
    name: 'a page at twice the text size and in print keeps its content in view',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/records/k1', { width: 720 });
      await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
      await expectNoSideScroll(page, '200 %');
      await page.emulateMedia({ media: 'print' });
      check(await page.locator('.app-nav').isHidden(), 'no navigation on paper');
      check(await page.getByText('Wat gebeurde er?').isVisible(), 'the story is on paper');
      await finish(page);
    },
  },
];
