// Reading and trying a decision model on the real program, on a phone and on a wide screen, by hand
// and by keyboard, in Dutch and in English.
import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { check, equal, finish, settled, visit } from './kit.mjs';

const kModel = '/packs/commitments/modellen/standing';

const sectionOf = (page, name) => page.locator('section.model-decision')
  .filter({ has: page.getByRole('heading', { name, exact: true, level: 2 }) });

async function fillIn(section, { day, last, source, done }) {
  await section.getByText('Probeer het').click();
  await section.getByLabel('Peildatum').fill(day);
  await section.getByLabel('Laatste dag van de termijn').fill(last);
  if (source) await section.getByRole('radio', { name: source, exact: true }).check();
  if (done) await section.getByLabel('Gedaan op').fill(done);
  await section.getByRole('button', { name: 'Wat komt eruit?' }).press('Enter');
  await section.locator('.model-answer, [role=alert]').first().waitFor();
}

function lookAt(width, scheme) {
  return {
    name: `real: a visitor reads where a commitment stands, tries it and asks why (${width} px, ${scheme})`,
    run: async (browser, base) => {
      const page = await visit(browser, base, '/packs/commitments', { width, scheme });
      await page.getByRole('link', { name: 'Stand van een toezegging' }).click();
      await page.waitForURL(`**${kModel}`);
      await settled(page);
      const section = sectionOf(page, 'Stand');
      await section.getByText('Hoogstens één regel mag passen.').waitFor();
      await section.getByText('niet gedaan of geen bron').first().waitFor();
      await expectNoViolations(page, 'a model');
      await expectNoSideScroll(page, 'a model');
      await fillIn(section, { day: '1-10-2026', last: '30 september 2026', source: 'geen bron' });
      const answer = section.locator('.model-answer');
      await answer.getByText('Termijn voorbij, uitkomst onbekend').waitFor();
      equal(await section.locator('tr.is-matched th').first().innerText()
        .then((text) => text.replace(/\s+/g, ' ').trim()), 'Regel 4 Past', 'the marked rule');
      await expectNoViolations(page, 'a model that was tried');
      await expectNoSideScroll(page, 'a model that was tried');
      await answer.getByRole('button', { name: 'Waarom?' }).click();
      const why = page.getByRole('dialog');
      await why.getByText('klopt niet').first().waitFor();
      await why.getByRole('heading', { name: /^Termijn voorbij: Ja/ }).waitFor();
      await expectNoViolations(page, 'why');
      await expectNoSideScroll(page, 'why');
      await page.keyboard.press('Escape');
      await why.waitFor({ state: 'hidden' });
      check(await answer.getByRole('button', { name: 'Waarom?' })
        .evaluate((button) => button === document.activeElement), 'the focus comes back');
      await finish(page);
    },
  };
}

// One question at a time, by keyboard alone: an answer changed, one not known, and the end.
function askedOneByOne(width, scheme) {
  return {
    name: `real: a visitor answers question by question, goes back and does not know (${width} px, ${scheme})`,
    run: async (browser, base) => {
      const page = await visit(browser, base, kModel, { width, scheme });
      const section = sectionOf(page, 'Stand');
      const start = section.getByText('Vraag voor vraag');
      await start.focus();
      await page.keyboard.press('Enter');
      const asked = section.locator('details[open] form');
      const has = (field) => field.evaluate((one) => one === document.activeElement);
      const source = asked.getByRole('radio', { name: 'geen bron' });
      await source.waitFor();
      await page.waitForFunction(() => document.activeElement?.matches('input[type=radio]'));
      equal(await asked.getByRole('radio', { name: 'Weet ik niet' }).count(), 0, 'a button says that');
      await expectNoViolations(page, 'a question');
      await expectNoSideScroll(page, 'a question');
      await source.focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('Enter');
      const first = asked.getByRole('textbox');
      await first.waitFor();
      await page.waitForFunction(() => document.activeElement?.matches('input[type=text]'));
      await asked.getByText('Waarom deze vraag?').press('Enter');
      await asked.getByText('Nodig voor: Is de laatste dag van de termijn geweest?').waitFor();
      await first.fill('gisteren');
      await page.keyboard.press('Enter');
      await asked.getByText(/dit is geen datum/).waitFor();
      check(await has(first), 'the field has the focus');
      const unknown = asked.getByRole('button', { name: 'Weet ik niet' });
      await unknown.press('Enter');
      await asked.getByLabel('Laatste dag van de termijn').waitFor();
      await unknown.press('Enter');
      const end = section.locator('.model-answer');
      await end.getByText('Nog niet te bepalen').waitFor();
      await end.getByText(/Er ontbreekt: /).waitFor();
      await expectNoViolations(page, 'an end that cannot be determined');
      await expectNoSideScroll(page, 'an end that cannot be determined');
      await section.getByRole('button', { name: 'Wijzig uw antwoord op Wat zegt een bron' })
        .press('Enter');
      await asked.getByRole('radio', { name: 'gedaan', exact: true }).press('Space');
      await page.keyboard.press('Enter');
      await end.getByText('Nog niet te bepalen').waitFor({ state: 'hidden' });
      await finish(page);
    },
  };
}

export const journeys = [
  lookAt(360, 'light'),
  lookAt(1440, 'dark'),
  askedOneByOne(360, 'light'),
  askedOneByOne(1440, 'dark'),
  {
    name: 'real: what is missing is named, and what does not fit is told at its field',
    run: async (browser, base) => {
      const page = await visit(browser, base, kModel);
      const section = sectionOf(page, 'Stand');
      await fillIn(section, { day: '1-11-2026', last: '30-9-2026', source: 'gedaan' });
      await section.getByText('Er ontbreekt: Gedaan op.').waitFor();
      await section.getByLabel('Gedaan op').fill('gisteren');
      await section.getByRole('button', { name: 'Wat komt eruit?' }).click();
      await section.getByRole('alert').getByRole('link', { name: /Gedaan op: dit is geen datum/ })
        .click();
      check(await section.getByLabel('Gedaan op')
        .evaluate((field) => field === document.activeElement), 'the field has the focus');
      await section.getByLabel('Gedaan op').fill('30-9-2026');
      await section.getByRole('button', { name: 'Wat komt eruit?' }).click();
      await section.locator('.model-answer').getByText('Nagekomen').waitFor();
      check(!page.url().includes('2026'), 'nothing that was typed is in the address');
      await finish(page);
    },
  },
  {
    name: 'real: a decision model reads in English around its own words',
    run: async (browser, base) => {
      const page = await visit(browser, base, kModel);
      await page.getByRole('button', { name: 'Show this page in English' }).click();
      await page.getByText('At most one rule may match.').first().waitFor();
      await page.getByText('does not matter').first().waitFor();
      await expectNoViolations(page, 'a model in English');
      await finish(page);
    },
  },
];
