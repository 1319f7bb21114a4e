// Retention on the real program, over the pack of tests/packs/probe and records of six years ago: an
// administrator looks at what is due, destroys some of it and sees that it happened; a privacy
// officer looks; nobody else does. By keyboard, at 1440 and 360 px.
import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { as, ask, check, equal, finish, go, newcomer, settled, tabTo } from './kit.mjs';

const kPage = '/beheer/bewaartermijnen';

// Before the server runs at the time of now: people of whom nothing else is recorded.
export async function earlier(browser, base) {
  const page = await as(browser, base, 'planner');
  for (const name of ['Mirjam', 'Naomi', 'Olga', 'Petra', 'Quirine']) {
    await ask(page, base, 'POST', '/v1/records', { form: 'probe/adult', fields: { name } });
  }
  await finish(page);
}

async function looksGood(page, what) {
  await expectNoViolations(page, what);
  await expectNoSideScroll(page, what);
}

const boxes = (page) => page.getByRole('region', { name: 'Aan vernietiging toe' }).first()
  .locator('tbody').getByRole('checkbox');

// Chooses the first of the list and asks to destroy it.
async function chooseFirst(page) {
  const box = boxes(page).first();
  await box.focus();
  await page.keyboard.press('Space');
  check(await box.isChecked(), 'the first of the list is chosen');
  await tabTo(page, 'Vernietig wat u koos (1)');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('heading', { name: '1 dossier vernietigen?' }).waitFor();
  return dialog;
}

function destroying(width, scheme) {
  return {
    name: `retention: what is due is looked at, and some of it destroyed, ${width} px, ${scheme}`,
    run: async (browser, base, server) => {
      const page = await newcomer(browser, base, server, `beheer-planner-${width}`, { width, scheme,
        roles: 'administrator,probe/planner', organisation: 'demo' });
      await go(page, base, kPage);
      await page.getByRole('heading', { level: 1, name: 'Bewaartermijnen' }).waitFor();
      const before = await boxes(page).count();
      check(before > 1, `some are due: ${before}`);
      await page.getByText(`Aan vernietiging toe: ${before} dossiers.`).waitFor();
      await page.getByText('Verzonnen wet, artikel 1').first().waitFor();
      await page.getByText('5 jaar').first().waitFor();
      await looksGood(page, 'the list');
      const name = (await page.locator('tbody th label').first().textContent()).trim();

      let dialog = await chooseFirst(page);
      await dialog.getByText('Dit kan niemand ongedaan maken').waitFor();
      await looksGood(page, 'the last question');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      equal(await boxes(page).count(), before, 'nothing went');

      await page.getByRole('button', { name: 'Vernietig wat u koos (1)' }).press('Enter');
      dialog = page.getByRole('dialog');
      await tabTo(page, 'Vernietig voorgoed');
      await page.keyboard.press('Enter');
      await dialog.getByRole('alert').waitFor();
      equal(await page.evaluate(() => document.activeElement?.id), 'erase-checked', 'the focus');
      await looksGood(page, 'a question that was not answered');
      await page.keyboard.press('Space');
      await tabTo(page, 'Vernietig voorgoed');
      await page.keyboard.press('Enter');
      await page.getByRole('status').getByText('Vernietigd: 1 dossier.').waitFor();
      await page.waitForFunction((left) => document.querySelectorAll(
        'section[aria-labelledby=due] tbody tr').length === left, before - 1);
      const erased = page.getByRole('row').filter({ hasText: 'Bewaartermijn voorbij' }).first();
      await erased.getByText('Iemand anders').waitFor();
      await erased.getByText('1 × Volwassene').waitFor();
      check(await page.getByText(name, { exact: true }).count() === 0, 'no name is left');
      await looksGood(page, 'what was destroyed');
      await finish(page);
    },
  };
}

export const journeys = [
  destroying(1440, 'light'),
  destroying(360, 'dark'),
  {
    name: 'retention: a privacy officer sees what is due and no names, and approves nothing',
    run: async (browser, base) => {
      const page = await as(browser, base, 'privacy-officer', { width: 360 });
      await go(page, base, kPage);
      await page.getByText(/^Volwassene …[0-9a-z]{6}$/).first().waitFor();
      equal(await page.getByRole('checkbox').count(), 0, 'boxes to choose with');
      equal(await page.getByRole('button', { name: /Vernietig/ }).count(), 0, 'ways to destroy');
      check(!/Mirjam|Naomi|Olga|Petra|Quirine/.test(await page.content()), 'no names are told');
      await page.getByText('Een beheerder keurt de lijst goed.', { exact: false }).waitFor();
      await looksGood(page, 'the list without names');
      await finish(page);
      const planner = await as(browser, base, 'planner');
      equal(await planner.getByRole('link', { name: 'Bewaartermijnen' }).count(), 0, 'the way');
      await go(planner, base, kPage);
      await planner.getByRole('heading', { level: 1 }).waitFor();
      await settled(planner);
      equal(await planner.locator('table').count(), 0, 'lists for who may not look');
      await finish(planner);
    },
  },
];
