// Indicators on the real program: a reader without an account finds a figure, its definition and
// its table, on a phone and on a wide screen, as of another day, in print and in English.
import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { check, dutchNumber, equal, finish, go, settled, visit } from './kit.mjs';

const answer = async (page, base, name) => (
  await page.request.get(`${base}/v1/indicators/${name}`)).json();

function look(width, scheme) {
  return {
    name: `real: a visitor reads a figure with its definition and table (${width} px, ${scheme})`,
    run: async (browser, base) => {
      const page = await visit(browser, base, '/cijfers', { width, scheme });
      await expectNoViolations(page, 'the list of figures');
      await expectNoSideScroll(page, 'the list of figures');
      const link = page.getByRole('link', { name: 'Wat is gezegd' });
      await link.focus();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/cijfers/commitments/said');
      await settled(page);
      const told = await answer(page, base, 'commitments/said');
      check(Number(told.total.number) > 0, 'something is counted');
      equal(await page.locator('.indicator-number').innerText(), dutchNumber(told.total.number),
        'the number');
      await page.getByText(told.definition.nl).waitFor();
      await page.getByText('De redactie van dit register').waitFor();
      for (const dimension of told.dimensions) {
        const table = page.getByRole('table', { name: `Naar ${dimension.title.nl}` });
        const shown = await table.locator('tbody tr').evaluateAll((rows) => (
          rows.map((row) => [...row.cells].slice(0, 2).map((cell) => cell.innerText))));
        const wanted = dimension.values.map(({ label, number }) => [label.nl, dutchNumber(number)]);
        equal(JSON.stringify(shown), JSON.stringify(wanted), `the table of ${dimension.id}`);
      }
      const pictures = page.locator('.figure-chart svg[role=img]');
      equal(await pictures.count(), told.dimensions.length, 'a picture for each dimension');
      const title = await pictures.first().locator('title').textContent();
      check(title.startsWith('Wat is gezegd, '), `the picture says what it shows: ${title}`);
      await expectNoViolations(page, 'a figure');
      await expectNoSideScroll(page, 'a figure');
      await page.emulateMedia({ media: 'print' });
      await expectNoSideScroll(page, 'a figure in print');
      await page.emulateMedia({ media: 'screen' });
      await finish(page);
    },
  };
}

export const journeys = [
  look(360, 'light'),
  look(1440, 'dark'),
  {
    name: 'real: a figure as of a day before anything was said is nothing, and says so in English',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/cijfers/commitments/outcome-known');
      await page.getByRole('button', { name: /^Zoals op/ }).click();
      await page.fill('#as-of', '1-1-2001');
      await page.getByRole('button', { name: 'Toon zoals op die dag' }).click();
      await page.waitForURL('**validOn=2001-01-01');
      await page.locator('.indicator-number', { hasText: 'geen cijfer' }).waitFor();
      await page.getByText('1 januari 2001').first().waitFor();
      await page.getByRole('button', { name: 'Show this page in English' }).click();
      await page.locator('.indicator-number', { hasText: 'no figure' }).waitFor();
      await expectNoViolations(page, 'a figure of an earlier day in English');
      await go(page, base, '/cijfers/commitments/nothing');
      await page.getByRole('heading', { name: 'This page does not exist' }).waitFor();
      await finish(page);
    },
  },
];
