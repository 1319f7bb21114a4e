// The invented example of the demo, as somebody without an account meets it: the country as tiles
// and as a grid, what differs from the measurement before, and what one region says, with the views
// of others beside it. Everywhere it is told that this is a demo.
import { play } from '../../../demo/play.mjs';
import { check, equal, finish, go, visit } from './kit.mjs';
import { isOnPaper, looksGood } from './looks.mjs';

const kDesk = '/overzicht/homelessness-dashboard/homelessness';
const kNow = 'Voorbeeldmeting juli 2026 (verzonnen)';
const kBefore = 'Voorbeeldmeting december 2025 (verzonnen)';
const kRegions = 24;

const block = (page, name) => page.getByRole('region', { name, exact: true });

async function readMap(page) {
  const map = block(page, 'Het land, per onderwerp');
  await map.locator('.tile').first().waitFor();
  equal(await map.locator('.tile').count(), kRegions, 'tiles');
  equal(await map.getByLabel('Meting').locator('option:checked').innerText(), kNow, 'the newest');
  const marked = map.locator('.tile.is-marked');
  const n = await marked.count();
  check(n > 0 && n < kRegions, `${n} marked tiles`);
  await map.getByText(`Anders dan de keer ervoor: ${n}.`).waitFor();
  await marked.first().hover();
  await map.locator('.tile-detail').getByText(/Eerder: /).waitFor();
  await map.getByLabel('Meting').selectOption({ label: kBefore });
  await map.locator('.tile.is-marked').first().waitFor({ state: 'detached' });
}

async function readGrid(page) {
  const grid = block(page, 'Elke regio, elk onderwerp');
  await grid.getByText(/^Eerder: /).first().waitFor();
  const row = grid.getByRole('row', { name: /Voorbeeldregio Duinkant/ });
  const cells = await row.getByRole('cell').count();
  equal(await row.getByRole('cell').getByRole('link').count(), cells, 'one status in each cell');
  await grid.getByLabel('Meting').selectOption({ label: kBefore });
  await grid.getByText(/^Eerder: /).first().waitFor({ state: 'detached' });
  await row.getByRole('rowheader').getByRole('link').click();
}

// From the page of a region to all that it said, with what others say.
async function readRegion(page) {
  await page.getByRole('heading', { level: 1, name: 'Voorbeeldregio Duinkant' }).waitFor();
  await page.getByText('Deze regio bestaat niet', { exact: false }).waitFor();
  const rounds = page.locator('section')
    .filter({ has: page.getByRole('heading', { name: /dashboard dakloosheid/ }) }).last();
  await rounds.getByRole('link', { name: kNow }).click();
  await page.getByRole('button', { name: 'Alles openen' }).click();
  const row = page.getByRole('region', { name: 'Checklist gelijke behandeling in gebruik' });
  await row.getByText('Aan het loket merk ik er weinig van').waitFor();
  await row.getByText(/^Verzonnen voorbeeld\. /).first().waitFor();
}

// On a phone a row of the grid is opened, here with the keyboard.
async function readOnPhone(page, base) {
  await page.setViewportSize({ width: 360, height: 800 });
  await go(page, base, kDesk);
  const grid = block(page, 'Elke regio, elk onderwerp');
  const row = grid.locator('details').filter({ hasText: 'Voorbeeldregio Nevelmeer' });
  equal(await row.getByRole('term').first().isVisible(), false, 'closed at first');
  await row.locator('summary').focus();
  await page.keyboard.press('Enter');
  await row.getByRole('term').first().waitFor();
}

// The whole grid and every row of a sheet are printed, whatever is closed on the screen.
async function printed(page) {
  const grid = block(page, 'Elke regio, elk onderwerp');
  const columns = await grid.getByRole('columnheader').allInnerTexts();
  const rows = await grid.getByRole('rowheader').allInnerTexts();
  check(columns.length > 10 && rows.length >= kRegions, 'a wide and long grid');
  await isOnPaper(page, [columns.at(-1), rows.at(-1)]);
}

async function sheetPrinted(page) {
  await page.getByRole('button', { name: 'Alles sluiten' }).click();
  equal(await page.getByText('Aan het loket merk ik er weinig van').count(), 0, 'a closed row');
  await isOnPaper(page, ['Aan het loket merk ik er weinig van']);
}

// Other work that the example fills: what became of plans, and of what people asked.
async function readPlans(page, base) {
  for (const [path, name] of [['/overzicht/improvement-plans/improvement', 'Alle punten, per thema'],
    ['/overzicht/participation/you-asked', 'U vroeg, wij deden']]) {
    await go(page, base, path);
    const rows = block(page, name);
    await rows.getByRole('row').nth(1).waitFor();
    const first = rows.getByRole('row').nth(1).getByRole('link').first();
    const title = await first.innerText();
    await looksGood(page, name);
    await isOnPaper(page, [title.replace(/\s+/g, ' ').slice(0, 20)]);
    await first.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await looksGood(page, `a record of ${name}`);
  }
}

async function run(browser, base) {
  await play(base);
  const page = await visit(browser, base, kDesk);
  await page.getByRole('note').getByText('Voorbeeldgegevens').waitFor();
  await readMap(page);
  await looksGood(page, 'a dashboard with every region');
  await go(page, base, kDesk);
  await printed(page);
  await readGrid(page);
  await readRegion(page);
  await sheetPrinted(page);
  await looksGood(page, 'what a region says');
  await readPlans(page, base);
  await readOnPhone(page, base);
  await finish(page);
}

export const journeys = [
  { name: 'real: the example of the demo shows the country and what a region says', run,
    minutes: 12 },
];
