// Figures, a grid and maps on a desk, and the registers in the menu, with the keyboard and on a phone.
import { createServer } from 'node:http';

import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { openPage } from './browser.mjs';
import { check, equal, finish, go, settled, tabTo, visit } from './kit.mjs';

const kDesk = '/overzicht/tuin/stand';
const kMaps = '/overzicht/tuin/kaart';

// A site of somebody else: one page, on another port.
function otherSite(html) {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(html);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({ url: `http://127.0.0.1:${server.address().port}`,
        stop: () => { server.close(); server.closeAllConnections(); } });
    });
  });
}

async function menu(page, width) {
  if (width < 1024) await page.getByRole('button', { name: 'Menu', exact: true }).press('Enter');
  return page.getByRole('button', { name: 'Registers' });
}

function menuAt(width) {
  return {
    name: `desks: the registers in the menu open and close with the keyboard (${width} px)`,
    run: async (browser, base) => {
      const page = await visit(browser, base, '/', { width });
      const button = await menu(page, width);
      equal(await button.getAttribute('aria-expanded'), 'false', 'open at first');
      const link = page.getByRole('navigation').getByRole('link', { name: 'Beurten' });
      check(await link.isHidden(), 'no register before one asks');
      await tabTo(page, 'Registers');
      await page.keyboard.press('Enter');
      await page.getByRole('list', { name: 'De tuin' }).waitFor();
      await expectNoViolations(page, 'the open registers');
      await expectNoSideScroll(page, 'the open registers');
      await page.reload();
      await settled(page);
      equal(await (await menu(page, width)).getAttribute('aria-expanded'), 'true', 'kept');
      await tabTo(page, 'Beurten');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/registers/tuin/beurt');
      await settled(page);
      await page.evaluate(() => { window.sessionStorage.clear(); });
      await go(page, base, '/records/s1');
      equal(await (await menu(page, width)).getAttribute('aria-expanded'), 'true', 'on a record');
      await finish(page);
    },
  };
}

export const journeys = [
  menuAt(1440),
  menuAt(360),
  {
    name: 'desks: figures stand side by side, and one that does not come breaks nothing',
    run: async (browser, base) => {
      const page = await visit(browser, base, kDesk);
      await page.getByText('Wat is beloofd: 1.234 afspraken, op 30 juni 2026.').first().waitFor();
      await page.locator('#weg').getByText('Dit cijfer is er niet').waitFor();
      const tops = await page.locator('.tiles .indicator-block').evaluateAll(
        (blocks) => blocks.map((block) => Math.round(block.getBoundingClientRect().top)));
      equal(tops.length, 3, 'tiles');
      equal(new Set(tops).size, 1, 'heights at which tiles begin');
      const rows = page.locator('#hoeken').getByRole('table').locator('tbody tr');
      equal(await rows.count(), 5, 'rows of the division');
      await page.locator('#hoeken').getByRole('link', { name: 'Alles over dit cijfer' }).click();
      await page.waitForURL('**/cijfers/tuin/beloofd');
      await finish(page);
    },
  },
  {
    name: 'desks: a grid says what is known of each pair, and its filter narrows it',
    run: async (browser, base) => {
      const page = await visit(browser, base, kDesk);
      const grid = page.locator('#beurten');
      await grid.getByText('Rijen (hoek): 4. Kolommen (taak): 10. Gevulde vakken: 6 van 40.')
        .waitFor();
      const heads = await grid.getByRole('table').locator('tbody th').allInnerTexts();
      equal(heads.join(' '), 'Fruit Groente Water Paden', 'rows in the order of the list');
      equal(await grid.getByRole('row', { name: /^Paden/ }).locator('td').nth(6)
        .getByRole('link').count(), 3, 'records shown in a full cell');
      await grid.getByText('en 2 meer').press('Enter');
      equal(await grid.getByRole('row', { name: /^Paden/ }).locator('td').nth(6)
        .getByRole('link').count(), 5, 'records after asking for more');
      await grid.getByRole('button', { name: 'Hoek' }).click();
      await page.getByRole('checkbox', { name: 'Water' }).check();
      await grid.getByText('Rijen (hoek): 1. Kolommen (taak): 10. Gevulde vakken: 2 van 10.')
        .waitFor();
      await page.keyboard.press('Escape');
      await grid.getByRole('link', { name: /Anders geregeld/ }).press('Enter');
      await page.waitForURL('**/records/s4');
      await finish(page);
    },
  },
  {
    name: 'desks: a wide grid scrolls in its own box with the names of its rows in view',
    run: async (browser, base) => {
      const page = await visit(browser, base, kDesk, { width: 900 });
      const box = page.locator('#beurten .table-scroll');
      await box.waitFor();
      await box.evaluate((element) => { element.scrollLeft = 400; });
      const [head, left] = await box.evaluate((element) => [
        element.querySelector('tbody th').getBoundingClientRect().left,
        element.getBoundingClientRect().left]);
      check(Math.abs(head - left) < 3, `the row's name at ${head}, its box at ${left}`);
      await expectNoSideScroll(page, 'a wide grid');
      await page.setViewportSize({ width: 360, height: 780 });
      await page.locator('#beurten h3').first().waitFor();
      equal(await page.locator('#beurten table').count(), 0, 'tables on a phone');
      await expectNoSideScroll(page, 'a grid on a phone');
      await finish(page);
    },
  },
  {
    name: 'desks: a map has a tile for each place, and shows one topic at a time',
    run: async (browser, base) => {
      const page = await visit(browser, base, kMaps);
      const map = page.locator('#perken');
      await map.getByText('Perken: 6. Met een waarde: 4.').waitFor();
      const tiles = map.getByRole('group', { name: /^Kaart van tegels/ }).getByRole('link');
      equal((await tiles.locator('.tile-name').allInnerTexts()).join(' '),
        'Rozen Kruiden Bessen Aardbei Moes', 'tiles from north to south');
      const boxes = await tiles.evaluateAll((all) => all.map((tile) => {
        const { left, top, right, bottom } = tile.getBoundingClientRect();
        return { left, top, right, bottom };
      }));
      const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom
        && b.top < a.bottom;
      check(!boxes.some((a, i) => boxes.some((b, j) => i < j && overlap(a, b))), 'tiles apart');
      const tops = [...new Set(boxes.map(({ top }) => Math.round(top)))];
      equal(tops.length, 3, 'rows with tiles');
      check(Math.abs(tops[2] - tops[1] - 2 * (tops[1] - tops[0])) <= 2, 'an empty row is kept');
      const sizes = boxes.map(({ left, right, top, bottom }) => [right - left, bottom - top]
        .map(Math.round)).flat();
      check(Math.max(...sizes) - Math.min(...sizes) <= 1, `tiles of one size: ${sizes}`);
      await map.getByRole('table', { name: 'Niet op de kaart' })
        .getByRole('rowheader', { name: 'Zwerfperk' }).waitFor();
      await map.getByLabel('Onderwerp').selectOption('Groente');
      await page.waitForURL('**?perken.f.theme=groente');
      await map.getByText('Perken: 6. Met een waarde: 2.').waitFor();
      await map.getByRole('link', { name: /^Rozen.*: Vergt aandacht/ }).waitFor();
      await page.reload();
      await map.getByText('Perken: 6. Met een waarde: 2.').waitFor();
      equal(await map.getByLabel('Onderwerp').inputValue(), 'groente', 'the choice is kept');
      await page.locator('#planten').getByRole('link', { name: /^Kruidenperk: 7/ }).waitFor();
      await finish(page);
    },
  },
  {
    name: 'desks: a map is walked with the arrow keys, and Enter opens a tile',
    run: async (browser, base) => {
      const page = await visit(browser, base, kMaps);
      const map = page.locator('#perken');
      const first = map.getByRole('link', { name: /^Rozen/ });
      await first.focus();
      const at = () => page.evaluate(() => document.activeElement.querySelector('.tile-name')
        ?.textContent);
      const seen = [];
      for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowLeft']) {
        await page.keyboard.press(key);
        seen.push(await at());
      }
      equal(seen.join(' '), 'Kruiden Aardbei Moes Bessen Bessen', 'where the keys lead');
      equal(await map.locator('.tile-detail').innerText(),
        'Bessenperk: Anders geregeld. Planten: 3; Peildatum: 2 december 2025; en 1 meer.',
        'what is told of the tile');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/records/blik4');
      await finish(page);
    },
  },
  {
    name: 'desks: a map is a table too, on a phone at once, and stands in another site',
    run: async (browser, base) => {
      const page = await visit(browser, base, kMaps);
      await page.locator('#perken').getByRole('button', { name: 'Toon als tabel' }).press('Enter');
      await page.waitForURL('**perken.view=table');
      equal(await page.locator('#perken tbody tr').count(), 7, 'rows: a place has two records');
      await page.locator('#perken').getByRole('button', { name: 'Toon als kaart' }).press('Enter');
      await page.locator('#perken .tile').first().waitFor();
      await page.setViewportSize({ width: 360, height: 780 });
      await page.locator('#perken tbody tr').nth(6).waitFor();
      equal(await page.locator('.tile').count(), 0, 'tiles on a phone');
      await expectNoSideScroll(page, 'maps on a phone');
      await page.setViewportSize({ width: 680, height: 780 });
      await page.locator('#perken .tile').first().waitFor();
      await expectNoSideScroll(page, 'maps in a narrow window');
      await page.emulateMedia({ media: 'print' });
      await expectNoSideScroll(page, 'maps on paper');
      await page.emulateMedia({ media: 'screen' });
      await go(page, base, '/embed/overzicht/tuin/kaart/perken?perken.f.theme=groente');
      await page.getByRole('link', { name: /^Moes.*: Gereed/ }).waitFor();
      equal(await page.getByText('Insluiten').count(), 0, 'embedding what is embedded');
      await finish(page);
    },
  },
  {
    name: 'desks: a block and a figure stand in another site, and lead out of their frame',
    run: async (browser, base) => {
      const page = await visit(browser, base, `${kDesk}?beurten.f.corner=water`);
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      const snippetOf = async (place) => {
        await place.getByRole('button', { name: 'Insluiten' }).click();
        await place.getByText('Code gekopieerd').waitFor();
        return page.evaluate(() => window.navigator.clipboard.readText());
      };
      const grid = await snippetOf(page.locator('#beurten'));
      await go(page, base, '/cijfers/tuin/beloofd');
      const figure = await snippetOf(page.locator('.page-head'));
      await finish(page);
      const elsewhere = await otherSite(`<title>Elders</title><h1>Elders</h1>${grid}${figure}`);
      const other = await openPage(browser);
      const errors = [];
      other.on('pageerror', (error) => errors.push(String(error)));
      await other.goto(elsewhere.url);
      const block = other.frameLocator('iframe').nth(0);
      await block.getByText('Rijen (hoek): 1.').waitFor();
      await block.getByText('Bron: Zicht').waitFor();
      await block.getByText(/^Peildatum: \d+ \w+ \d{4}$/).waitFor();
      for (const absent of ['.app-header', '.app-nav', '.app-footer']) {
        equal(await block.locator(absent).count(), 0, absent);
      }
      equal(await block.getByText('Inloggen').count(), 0, 'ways to sign in');
      equal(await block.getByText('Insluiten').count(), 0, 'embedding what is embedded');
      const second = other.frameLocator('iframe').nth(1);
      await second.locator('body').scrollIntoViewIfNeeded();
      await second.getByRole('heading', { name: 'Wat is beloofd', level: 1 }).waitFor();
      await second.getByText('Peildatum: 30 juni 2026').waitFor();
      await block.getByRole('link', { name: /Anders geregeld/ }).click();
      await other.waitForURL(`${base}/records/s4`);
      equal(errors.join(' '), '', 'errors in the frames');
      await other.context().close();
      elsewhere.stop();
    },
  },
];
