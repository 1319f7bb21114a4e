// The browser journeys against the mock: node tests/e2e/run.mjs [words of a name].
// Prints each journey; ends with `N passed, N failed`. Needs a built dist/.
import { startMock } from '../mock/server.mjs';
import { launch } from './browser.mjs';
import { journeys as forms } from './forms.mjs';
import { journeys as pages } from './pages.mjs';
import { journeys as reading } from './reading.mjs';

const kTimeoutMs = 90_000;

function within(promise, ms) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => { reject(new Error(`took longer than ${ms / 1000} s`)); }, ms);
  });
  return Promise.race([promise, late]).finally(() => { clearTimeout(timer); });
}

const wanted = process.argv.slice(2).join(' ');
const chosen = [...reading, ...forms, ...pages].filter(({ name }) => name.includes(wanted));
const browser = await launch();
let failed = 0;
for (const { name, run } of chosen) {
  const server = await startMock();
  try {
    await within(run(browser, server.url), kTimeoutMs);
    console.log(`  ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`  FAIL  ${name}\n        ${error.message}`);
  } finally {
    server.stop();
  }
}
await browser.close();
console.log(`${chosen.length - failed} passed, ${failed} failed`);
process.exit(failed || !chosen.length ? 1 : 0);
