// Messages to the outside on the real program: an administrator connects a system, sees why a message
// did not arrive, and sends it again; somebody asks for mail. By keyboard, at 1440 and 360 px.
import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { as, ask, check, equal, finish, go, tabTo } from './kit.mjs';

async function looksGood(page, what) {
  await expectNoViolations(page, what);
  await expectNoSideScroll(page, what);
}

async function makeWebhook(page, base, title) {
  await go(page, base, '/beheer/webhooks');
  await looksGood(page, 'webhooks');
  await page.getByRole('button', { name: 'Maak webhook' }).press('Enter');
  const summary = page.getByRole('alert');
  await summary.getByRole('link').first().waitFor();
  equal(await summary.getByRole('link').count(), 4, 'what is wrong with nothing filled in');
  for (const place of ['title', 'url', 'forms', 'events']) {
    await page.locator(`#webhook-${place}-error`).waitFor();
  }
  equal(await page.locator('#webhook-url').getAttribute('aria-invalid'), 'true', 'the field');
  await looksGood(page, 'webhook refused');
  await summary.getByRole('link', { name: /webadres/ }).press('Enter');
  await page.waitForFunction(() => document.activeElement?.id === 'webhook-url');
  await page.locator('#webhook-title').focus();
  await page.keyboard.type(title);
  await tabTo(page, 'Adres');
  await page.keyboard.type('https://127.0.0.1:9/in');
  await page.locator('#webhook-forms input').first().waitFor();
  for (const box of await page.locator('#webhook-forms input').all()) await box.check();
  await tabTo(page, 'nieuw');
  await page.keyboard.press('Space');
  await tabTo(page, 'Maak webhook');
  await page.keyboard.press('Enter');
  await page.locator('.totp-key').waitFor();
  await looksGood(page, 'a secret');
  const secret = await page.locator('.totp-key').textContent();
  check(/^[0-9a-f]{64}$/.test(secret), 'a secret is shown');
  await go(page, base, '/beheer/webhooks');
  check(await page.getByText(secret).count() === 0, 'it is shown once');
}

// What it is called, where it goes and what it hears of; and a message to see whether it arrives.
async function changeWebhook(page, base, old, title) {
  await page.getByRole('button', { name: `Wijzig webhook ${old}` }).press('Enter');
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('heading', { name: `Wijzig webhook ${old}` }).waitFor();
  await looksGood(page, 'changing a webhook');
  const address = drawer.getByLabel('Adres', { exact: true });
  await address.fill('ftp://nergens');
  await address.press('Enter');
  await page.locator('#change-webhook-url-error').waitFor();
  await looksGood(page, 'a change refused');
  await address.fill('https://127.0.0.1:8443/in');
  await drawer.getByLabel('Naam', { exact: true }).fill(title);
  await drawer.getByRole('checkbox', { name: 'gewijzigd' }).check();
  await tabTo(page, 'Opslaan');
  await page.keyboard.press('Enter');
  await drawer.waitFor({ state: 'detached' });
  await page.getByText('Opgeslagen.').waitFor();
  const row = page.getByRole('row', { name: new RegExp(title) });
  await row.getByText('https://127.0.0.1:8443/in').waitFor();
  await page.getByRole('button', { name: `Stuur een proefbericht aan ${title}` }).press('Enter');
  const result = page.getByRole('alert');
  await result.getByText(`${title} heeft het proefbericht niet aangenomen`).waitFor();
  await result.getByText('Dit adres mag niet worden aangeroepen', { exact: false }).waitFor();
  await looksGood(page, 'a trial that failed');
}

async function newRow(browser, base) {
  const editor = await as(browser, base, 'editor');
  await ask(editor, base, 'POST', '/v1/records', { form: 'funds/fund', reason: 'nieuw', fields: {
    programme: 'Kanarie', purpose: 'Kanarie', field_of_work: 'jeugd', source: 'Kanarie' } });
  await finish(editor);
}

function messages(width, scheme) {
  return {
    name: `real: messages to the outside at ${width} px, ${scheme}: connect, see what failed, send again`,
    run: async (browser, base) => {
      const page = await as(browser, base, 'administrator', { width, scheme });
      const title = `Zaaksysteem ${width}`;
      await makeWebhook(page, base, `Zaken ${width}`);
      await changeWebhook(page, base, `Zaken ${width}`, title);
      await newRow(browser, base);
      await go(page, base, '/beheer/berichten');
      const row = page.getByRole('row', { name: new RegExp(title) }).first();
      await row.waitFor({ timeout: 40_000 });
      await row.getByText('Dit adres mag niet worden aangeroepen', { exact: false }).waitFor();
      check(await page.getByText('Kanarie').count() === 0, 'nothing of the record is shown');
      await looksGood(page, 'messages given up');
      await tabTo(page, 'Alles opnieuw versturen');
      await page.keyboard.press('Enter');
      await page.getByRole('status').getByText('Het wordt nu opnieuw geprobeerd').waitFor();
      for (const state of ['Wacht', 'Verstuurd', 'Opgegeven']) {
        await page.getByRole('button', { name: state, exact: true }).click();
        await page.waitForFunction(() => !document.querySelector('.skeleton'));
        await looksGood(page, state);
      }
      await go(page, base, '/beheer/webhooks');
      await page.getByRole('button', { name: `Zet ${title} uit` }).press('Enter');
      await page.getByRole('button', { name: `Zet ${title} aan` }).waitFor();
      await finish(page);
    },
  };
}

export const journeys = [
  messages(1440, 'light'),
  messages(360, 'dark'),
  {
    name: 'real: who asks for mail says where, and who asks for none leaves no address',
    run: async (browser, base) => {
      const page = await as(browser, base, 'inspector', { width: 360 });
      await go(page, base, '/account');
      await page.getByLabel('Meteen als er een taak voor mij is').check();
      await page.fill('#mail-address', 'geen adres');
      const save = page.getByRole('button', { name: 'Opslaan' });
      await save.click();
      await page.getByText('Dit is geen e-mailadres', { exact: false }).first().waitFor();
      await page.fill('#mail-address', 'naam@voorbeeld.nl');
      await save.click();
      await page.getByRole('status').first().waitFor();
      await looksGood(page, 'mail');
      await go(page, base, '/account');
      check(await page.inputValue('#mail-address') === 'naam@voorbeeld.nl', 'it is kept');
      await page.getByLabel('Nooit').check();
      await save.click();
      await page.getByRole('status').first().waitFor();
      await go(page, base, '/account');
      check(await page.getByLabel('Nooit').isChecked(), 'never is kept');
      check(await page.locator('#mail-address').count() === 0, 'no address is asked');
      await finish(page);
    },
  },
];
