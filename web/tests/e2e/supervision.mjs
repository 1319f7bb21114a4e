// The life of a measure on the real program: two persons for its publication, a waiting time that
// nobody can skip, objection, follow-up and the next step.
import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { answer, as, check, choose, finish, go, save, settled, visit } from './kit.mjs';

const kDayMs = 86_400_000;

// 'd-m-yyyy', so many days ago.
function ago(days) {
  const day = new Date(Date.now() - days * kDayMs);
  return `${day.getDate()}-${day.getMonth() + 1}-${day.getFullYear()}`;
}

async function newMeasure(page, base, title) {
  await go(page, base, '/registers/supervision/measure/nieuw');
  await page.fill('#f-title', title);
  await page.locator('select#f-kind').selectOption('aanwijzing');
  await choose(page, 'f-provider', 'Enver');
  await page.fill('#f-validFrom', ago(90));
  await save(page);
  await page.waitForURL(/\/records\/(?!.*nieuw)/);
  await settled(page);
  return new URL(page.url()).pathname;
}

// Takes a step on a day, after filling in these elements, from the record's own page.
async function step(page, base, path, name, day, fill = {}) {
  await go(page, base, path);
  await page.getByRole('link', { name, exact: true }).click();
  await page.waitForURL('**/stap/*');
  await settled(page);
  for (const [id, text] of Object.entries(fill)) await answer(page, `f-${id}`, text);
  if (day) await answer(page, 'f-validFrom', day);
  await save(page);
  await page.waitForURL(`**${path}`);
  await settled(page);
}

// For six months, so that no term passes meanwhile and moves the measure on by itself.
async function impose(page, base, path) {
  await step(page, base, path, 'Opleggen', ago(80), {
    legal_basis: 'Jeugdwet, artikel 9.3 lid 1', 'dated-words': ago(80), announced_on: ago(80),
    'term-count': '6', dictum: 'Voldoen aan norm 1.1' });
}

async function expectBlocked(page, base, path, name, why) {
  await go(page, base, path);
  check(await page.getByRole('button', { name, exact: true }).isDisabled(), `${name} is shut`);
  await page.getByText(why).waitFor();
  await expectNoViolations(page, `${name} is shut`);
  await expectNoSideScroll(page, `${name} is shut`);
}

async function propose(page, base, path) {
  await impose(page, base, path);
  await step(page, base, path, 'Openbaarmaking voorstellen', ago(70),
    { publication_text: 'De inspectie legde een aanwijzing op' });
}

export const journeys = [
  {
    name: 'real: publication of a measure takes two persons, and a waiting time that nobody skips',
    run: async (browser, base) => {
      const ina = await as(browser, base, 'inspector');
      const path = await newMeasure(ina, base, 'Aanwijzing die wacht');
      await propose(ina, base, path);
      await expectBlocked(ina, base, path, 'Besluiten tot openbaarmaking', /Wie "Openbaarmaking voorstellen" deed, mag deze stap niet/);
      const ivo = await as(browser, base, 'inspector-2', { width: 360, scheme: 'dark' });
      await step(ivo, base, path, 'Besluiten tot openbaarmaking', '',
        { publication_decided_on: ago(0) });
      await expectBlocked(ivo, base, path, 'Openbaar maken', /Kan nu niet: .*\d{4}/);
      const visitor = await visit(browser, base, path);
      await visitor.getByText('Deze pagina bestaat niet').waitFor();
      for (const page of [visitor, ivo, ina]) await finish(page);
    },
  },
  {
    name: 'real: a published measure lives on: objection, judgement, next step; all see what is '
      + 'public and only the inspectorate the rest',
    run: async (browser, base) => {
      const ina = await as(browser, base, 'inspector', { width: 1440, scheme: 'dark' });
      const path = await newMeasure(ina, base, 'Aanwijzing met bezwaar');
      const next = await newMeasure(ina, base, 'Last die volgt');
      await propose(ina, base, path);
      const ivo = await as(browser, base, 'inspector-2');
      await step(ivo, base, path, 'Besluiten tot openbaarmaking', ago(60),
        { publication_decided_on: ago(60) });
      await step(ivo, base, path, 'Openbaar maken', ago(30), { published_on: ago(30) });
      await step(ivo, base, path, 'Bezwaar vastleggen', ago(28), { objection_on: ago(28),
        objection_by: 'De geheime indiener', objection_term_ends: ago(26),
        'objection_decide_term-count': '6' });
      await ivo.getByText('Beslissen op bezwaar').first().waitFor();
      await expectNoViolations(ivo, 'a measure with an objection');
      const visitor = await visit(browser, base, path, { width: 360 });
      await visitor.getByRole('heading', { name: 'Aanwijzing met bezwaar' }).waitFor();
      check(!(await visitor.content()).includes('geheime indiener'), 'the objector stays hidden');
      await expectNoViolations(visitor, 'a published measure');
      await go(ina, base, path);
      await ina.getByRole('link', { name: 'Oordeel vastleggen' }).click();
      await ina.waitForURL('**/stap/judge');
      await settled(ina);
      await ina.locator('#f-result').getByRole('radio').first().check();
      await ina.fill('#f-result_on', ago(2));
      await ina.fill('#f-result_text', 'Er is nog niet aan voldaan.');
      await ina.fill('#f-judged_by', 'Ina de Inspecteur');
      await ina.fill('#f-validFrom', ago(2));
      await save(ina);
      await ina.waitForURL(`**${path}`);
      await go(ina, base, `${path}/stap/take-next-step`);
      await choose(ina, 'f-next_measure', 'Last die volgt');
      await ina.fill('#f-reason', 'Aan de aanwijzing is niet voldaan');
      await save(ina);
      await ina.waitForURL(`**${path}`);
      await settled(ina);
      await ina.getByText('Vervolgd met een andere maatregel').first().waitFor();
      check(await ina.locator(`a[href="${next}"]`).count() > 0, 'the next measure is linked');
      for (const page of [visitor, ivo, ina]) await finish(page);
    },
  },
];
