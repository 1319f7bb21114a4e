// The rules of a form in the browser, on the real program and under its policy: judged at once and
// without a connection by the module, and by the server where the module is not there. Method: what
// must not be used is cut off, so that an answer can only have come from the other.
import { expectNoViolations } from './axe.mjs';
import { as, check, finish, go } from './kit.mjs';

const kEvaluate = '**/v1/forms/**/_evaluate';
const kModule = '**/*.wasm';

// A form that asks an amount of some kinds of measure alone, with every field on the page.
async function newMeasure(page, base) {
  await go(page, base, '/registers/supervision/measure/nieuw');
  await page.locator('#f-title').waitFor();
  const all = page.getByRole('button', { name: 'Vul ze nu al in' });
  if (await all.isVisible()) await all.click();
}

const kindOf = (page, kind) => page.locator('select#f-kind').selectOption(kind);
const amount = (page) => page.locator('#f-amount');

export const journeys = [
  {
    name: 'real: a condition of a form answers with the network cut, and asks the server nothing',
    run: async (browser, base) => {
      const page = await as(browser, base, 'inspector');
      await page.route(kEvaluate, (route) => route.abort());
      await newMeasure(page, base);
      await kindOf(page, 'aanwijzing');
      // Nobody but the module can tell that this kind has no amount.
      await amount(page).waitFor({ state: 'detached' });
      const asked = [];
      page.on('request', (request) => { asked.push(request.url()); });
      await page.context().setOffline(true);
      await kindOf(page, 'boete');
      await amount(page).waitFor();
      await page.fill('#f-amount', '500');
      await kindOf(page, 'bevel');
      await page.getByText(/wordt niet opgeslagen/).first().waitFor();
      check(await amount(page).count() === 0, 'the amount is not asked');
      await kindOf(page, 'last-onder-dwangsom');
      await amount(page).waitFor();
      check(await amount(page).inputValue() === '500', 'what was typed is still there');
      // As long as it took to ask the server before.
      await page.waitForTimeout(600);
      check(!asked.some((url) => url.includes('_evaluate')), `asked the server: ${asked.join()}`);
      await expectNoViolations(page, 'a form without a connection');
      await page.context().setOffline(false);
      await finish(page);
    },
  },
  {
    name: 'real: a browser without the module asks the server what the rules say',
    run: async (browser, base) => {
      const page = await as(browser, base, 'inspector');
      await page.route(kModule, (route) => route.abort());
      await newMeasure(page, base);
      const answer = page.waitForResponse((response) => response.url().includes('_evaluate')
        && response.request().postData()?.includes('boete'));
      await kindOf(page, 'aanwijzing');
      await amount(page).waitFor({ state: 'detached' });
      await kindOf(page, 'boete');
      await amount(page).waitFor();
      check((await answer).ok(), 'the server answered');
      await finish(page);
    },
  },
];
