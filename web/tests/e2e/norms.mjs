// Norms on the page of a record, on the real program: what they say in words, what is missing, and
// why, on a phone and on a wide screen.
import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { as, check, equal, finish, go, settled, visit } from './kit.mjs';

const normOf = (page, title) => page.locator('li.norm')
  .filter({ has: page.getByRole('heading', { name: title }) });

async function openMeasure(page, name) {
  await page.getByRole('link', { name }).first().click();
  await page.waitForURL('**/records/*');
  await settled(page);
}

function lookAt(width, scheme) {
  return {
    name: `real: a visitor reads what the norms say of a measure, and why (${width} px, ${scheme})`,
    run: async (browser, base) => {
      const page = await visit(browser, base, '/registers/supervision/measure', { width, scheme });
      await openMeasure(page, /^Aanwijzing aan Focus/);
      const met = normOf(page, /^De aanwijzing zegt wat de aanbieder moet doen/);
      await met.getByText('Ja, volgens de gegevens').waitFor();
      await met.getByText('Klaar voor oordeel door: Inspecteur.').waitFor();
      const open = normOf(page, /^Tussen het besluit en de openbaarmaking/);
      await open.getByText('Nog niet te beoordelen').waitFor();
      await open.getByText('Er ontbreekt: Besluit tot openbaarmaking.').waitFor();
      await expectNoViolations(page, 'the norms of a measure');
      await expectNoSideScroll(page, 'the norms of a measure');
      const button = open.getByRole('button', { name: /^Waarom\? Tussen het besluit/ });
      await button.click();
      const why = page.getByRole('dialog');
      await why.getByText('31 januari 2025').first().waitFor();
      await why.getByText('niet ingevuld').waitFor();
      await why.getByText('De regel zelf').click();
      await why.getByText('published_on > publication_decided_on').waitFor();
      await expectNoViolations(page, 'why of a norm');
      await expectNoSideScroll(page, 'why of a norm');
      await page.keyboard.press('Escape');
      await why.waitFor({ state: 'hidden' });
      check(await button.evaluate((one) => one === document.activeElement), 'the focus comes back');
      await finish(page);
    },
  };
}

// A promise of a minister, made through the API.
async function newPromise(page, base) {
  const { csrf_token: token } = await (await page.request.get(`${base}/v1/session`)).json();
  const day = { first: '2026-09-30', last: '2026-09-30' };
  const reply = await page.request.post(`${base}/v1/records`, {
    headers: { 'X-Csrf-Token': token, 'Idempotency-Key': 'a-promise-under-a-norm-1' },
    data: { form: 'commitments/commitment', fields: {
      what: 'Een beloofde brief', nature: 'toezegging', actor: 'vws', field_of_work: 'jeugd',
      promised_on: { first: '2026-01-05', last: '2026-01-05' }, due: day } },
  });
  equal(reply.status(), 201, 'a promise');
  return (await reply.json()).id;
}

function readList(width, scheme) {
  return {
    name: `real: a visitor reads on the page of a pack which norms it has (${width} px, ${scheme})`,
    run: async (browser, base) => {
      const page = await visit(browser, base, '/packs/commitments', { width, scheme });
      const row = page.getByRole('row').filter({ hasText: 'Wat een bewindspersoon toezegt' });
      await row.getByText('(te bevestigen)').waitFor();
      await row.getByText('Redacteur').waitFor();
      const summary = row.getByText('De regel zelf');
      await summary.focus();
      await page.keyboard.press('Enter');
      await row.getByText('due.last', { exact: true }).waitFor();
      await expectNoViolations(page, 'the norms of a pack');
      await expectNoSideScroll(page, 'the norms of a pack');
      await row.getByRole('link', { name: 'Volgens de beslissing Stand' }).click();
      await page.waitForURL('**/packs/commitments/modellen/standing');
      await finish(page);
    },
  };
}

export const journeys = [
  readList(360, 'dark'),
  readList(1440, 'light'),
  lookAt(360, 'light'),
  lookAt(1440, 'dark'),
  {
    name: 'real: a norm by a decision table follows what an editor reports, with its table',
    run: async (browser, base) => {
      const page = await as(browser, base, 'editor');
      const id = await newPromise(page, base);
      await go(page, base, `/records/${id}`);
      const norm = normOf(page, /^Wat een bewindspersoon toezegt/);
      await norm.getByText('Nog niet te beoordelen').waitFor();
      await go(page, base, `/records/${id}/stap/fulfil`);
      await page.fill('#f-met_on-words', '29 september 2026');
      await page.fill('#f-met_source', 'Kamerbrief');
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await page.waitForURL(`**/records/${id}`);
      await norm.getByText('Ja, volgens de gegevens').waitFor();
      await norm.getByRole('button', { name: /^Waarom/ }).click();
      const why = page.getByRole('dialog');
      await why.getByText('Stand komt uit op: Nagekomen.').waitFor();
      await why.getByText('Een bron zegt dat het op tijd is gedaan.').waitFor();
      await expectNoViolations(page, 'why of a norm by a decision');
      await why.getByRole('link', { name: 'Lees en probeer dit beslismodel' }).click();
      await page.waitForURL('**/packs/commitments/modellen/standing');
      await finish(page);
    },
  },
  {
    name: 'real: a norm that does not apply is folded away, and a page in English tells it so',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/registers/supervision/measure');
      await openMeasure(page, /^Verscherpt toezicht op Enver/);
      await page.getByText(/^Niet van toepassing: \d/).click();
      await normOf(page, /^De aanwijzing zegt/).getByText('Niet van toepassing').waitFor();
      await page.getByRole('button', { name: 'Show this page in English' }).click();
      await page.getByText(/^Not applicable: \d/).waitFor();
      await expectNoViolations(page, 'norms in English');
      await finish(page);
    },
  },
];
