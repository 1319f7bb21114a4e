// What people see of a running Zicht, in Chromium:
//
//     const screen = await openScreen(address);              // as a visitor
//     await screen.signIn(cookie);
//     await screen.shows('/mijn-werk', ['Mijn werk', 'Vragen']);
//     await screen.close();
import { existsSync } from 'node:fs';
import path from 'node:path';

import { root } from '../support/product.mjs';

const PATIENCE_MS = 20000;
export const web = path.join(root, 'web/dist');

// Why nothing can be seen here; false: it can.
export function whyBlind() {
  if (!existsSync(path.join(web, 'index.html'))) return 'web/dist is absent: build the web first';
  return !existsSync('/usr/bin/chromium') && 'chromium is absent: ./run setup says how to get it';
}

// Runs in the page: the words that are not there yet.
function missing(words) {
  const text = (document.querySelector('main')?.innerText ?? '').replace(/\s+/g, ' ');
  return words.filter((word) => !text.includes(word));
}

export async function openScreen(address) {
  // Not above: where nothing can be seen its packages may be absent too.
  const { launch, openPage } = await import('../../web/tests/e2e/browser.mjs');
  const browser = await launch();
  const page = await openPage(browser);
  return {
    signIn(cookie) {
      const at = cookie.indexOf('=');
      const [name, value] = [cookie.slice(0, at), cookie.slice(at + 1)];
      return page.context().addCookies([{ name, value, url: address }]);
    },

    // Waits until all the words stand in the main part of the page at once.
    async shows(target, words) {
      await page.goto(address + target);
      const end = Date.now() + PATIENCE_MS;
      let left = words;
      while (left.length > 0 && Date.now() < end) {
        left = await page.evaluate(missing, words);
        if (left.length > 0) await page.waitForTimeout(100);
      }
      if (left.length > 0) throw new Error(`${target} does not show: ${left.join(' | ')}`);
    },

    close: () => browser.close(),
  };
}
