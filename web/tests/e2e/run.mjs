// The browser journeys: node tests/e2e/run.mjs [words of a name]. Against the mock and,
// where the program is built, against the program itself (`real:`, and `persons:` and `retention:` with
// a pack that is for tests only). Two lanes side by side, as there are two cores: what runs on the
// program with all packs, and everything else.
// Prints each journey; ends with `N passed, N failed, N skipped`. Needs a built dist/.
import { startMock } from '../mock/server.mjs';
import { journeys as acts } from './acts.mjs';
import { launch } from './browser.mjs';
import { journeys as desks } from './desks.mjs';
import { journeys as editions } from './editions.mjs';
import { journeys as example } from './example.mjs';
import { journeys as forms } from './forms.mjs';
import { journeys as handover } from './handover.mjs';
import { journeys as imports } from './import.mjs';
import { journeys as indicators } from './indicators.mjs';
import { journeys as letters } from './letters.mjs';
import { journeys as models } from './models.mjs';
import { journeys as norms } from './norms.mjs';
import { journeys as outbox } from './outbox.mjs';
import { journeys as pages } from './pages.mjs';
import { journeys as persons } from './persons.mjs';
import { journeys as reading } from './reading.mjs';
import { journeys as real } from './real.mjs';
import { earlier, journeys as retention } from './retention.mjs';
import { journeys as rounds } from './rounds.mjs';
import { journeys as rules } from './rules.mjs';
import { journeys as subject } from './subject.mjs';
import { journeys as supervision } from './supervision.mjs';
import { journeys as walk } from './walk.mjs';
import { hasRealServer, startReal } from './real_server.mjs';

const kMinutes = 5;

function within(promise, minutes) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => { reject(new Error(`took longer than ${minutes} minutes`)); },
      minutes * 60_000);
  });
  return Promise.race([promise, late]).finally(() => { clearTimeout(timer); });
}

const kShownWords = 2500;

// The words of what a page is about, without its head and foot. What is amiss stands first in it.
async function wordsOf(page) {
  const main = page.locator('main');
  const part = await main.count() ? main.first() : page.locator('body');
  const alerts = await page.locator('[role=alert]').allInnerTexts();
  const words = [...alerts.map((alert) => `(!) ${alert}`),
    await part.innerText({ timeout: 2000 })].join('\n').trim();
  return words.length > kShownWords ? `${words.slice(0, kShownWords)} (...)` : words;
}

// What stood on the pages of a journey that failed, which are closed then.
async function wordsOnPages(browser) {
  let text = '';
  for (const context of browser.contexts()) {
    for (const page of context.pages()) {
      const words = await wordsOf(page).catch((error) => `(${error.message})`);
      text += `\n        on ${page.url()}:\n        | `
        + words.replace(/\s*\n\s*/g, '\n        | ');
    }
    await context.close();
  }
  return text;
}

async function runOne(browser, { name, run, minutes }, server) {
  const started = Date.now();
  try {
    await within(run(browser, server.url, server), minutes ?? kMinutes);
    console.log(`  ok    ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    console.log(`  FAIL  ${name}\n        ${error.message}${await wordsOnPages(browser)}`);
    return false;
  }
}

const wanted = process.argv.slice(2).join(' ');
const isWanted = ({ name }) => name.includes(wanted);
const mocked = [...reading, ...desks, ...forms, ...pages].filter(isWanted);
// The example comes last: it adds much to what is there.
const onReal = [...real, ...rules, ...models, ...norms, ...indicators, ...editions, ...letters,
  ...supervision, ...rounds, ...imports, ...outbox, ...walk, ...acts,
  ...example]
  .filter(isWanted);
const onPersons = [...persons, ...handover, ...subject].filter(isWanted);
const onOld = retention.filter(isWanted);

async function onMock(browser) {
  const results = [];
  for (const journey of mocked) {
    const server = await startMock();
    results.push(await runOne(browser, journey, server));
    server.stop();
  }
  return results;
}

async function onProgram(browser, journeys, folder, before) {
  if (!journeys.length || !hasRealServer()) return [];
  const results = [];
  try {
    const server = await startReal(folder, before);
    for (const journey of journeys) results.push(await runOne(browser, journey, server));
    await server.stop();
  } catch (error) {
    console.log(`  FAIL  the program on ${folder}\n        ${error.message}`);
    return [...results, false];
  }
  return results;
}

// Each has a browser of its own: its pages are told and closed where one of its journeys fails.
const kLanes = [
  (browser) => onProgram(browser, onReal, 'packs'),
  async (browser) => [...await onMock(browser),
    ...await onProgram(browser, onPersons, 'tests/packs/probe'),
    ...await onProgram(browser, onOld, 'tests/packs/probe', (url) => earlier(browser, url))],
];
const results = (await Promise.all(kLanes.map(async (lane) => {
  const browser = await launch();
  const own = await lane(browser);
  await browser.close();
  return own;
}))).flat();
const skipped = hasRealServer() ? 0 : onReal.length + onPersons.length + onOld.length;
if (skipped) {
  console.log(`  SKIPPED ${skipped} journeys: the program is not built (build/dev/bin/zicht)`);
}
const failed = results.filter((isOk) => !isOk).length;
console.log(`${results.length - failed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed || !results.length ? 1 : 0);
