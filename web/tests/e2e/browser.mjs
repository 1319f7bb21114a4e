// Chromium for the journeys: Debian's own, without a word to anybody outside this machine.
import { chromium } from 'playwright-core';

const kFlags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export function launch() {
  return chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: kFlags });
}

export async function openPage(browser, { width = 1440, height = 900, scheme = 'light' } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme,
    locale: 'nl-NL', reducedMotion: 'reduce' });
  return context.newPage();
}
