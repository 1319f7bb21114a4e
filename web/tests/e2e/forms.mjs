// Signed in: forms made from metadata, their drafts, conflicts, steps, work and administration.
import { check, choose, equal, finish, go, settled, signIn, visit } from './kit.mjs';

const kPassword = 'een lang wachtwoord';

async function asAnna(browser, base, options) {
  const page = await visit(browser, base, '/', options);
  await signIn(page, base, 'anna', kPassword);
  return page;
}

export const journeys = [
  {
    name: 'an account with a code signs in only with the code, and signs out again',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/inloggen');
      await page.fill('#login', 'bas');
      await page.fill('#password', kPassword);
      await page.keyboard.press('Enter');
      await page.locator('#code').waitFor();
      await page.fill('#code', '123456');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/mijn-werk');
      await page.getByText('dingen wachten op u.').waitFor();
      await page.getByRole('button', { name: 'Uitloggen' }).click();
      await page.getByRole('link', { name: 'Inloggen' }).waitFor();
      await finish(page);
    },
  },
  {
    name: 'figures are asked by no form and sent by none: new, changed, stepped',
    run: async (browser, base) => {
      const page = await asAnna(browser, base);
      await go(page, base, '/records/e2');
      await page.getByText('2 tabellen: de tellingen achter de cijfers').first().waitFor();
      for (const path of ['/registers/tuin/editie/nieuw', '/records/e3/wijzigen',
        '/records/e3/stap/publiceren']) {
        await go(page, base, path);
        await page.getByRole('button', { name: 'Opslaan' }).waitFor();
        equal(await page.getByText(/De cijfers|Telwerk/).count(), 0, `figures on ${path}`);
      }
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await page.waitForURL('**/records/e3');
      await go(page, base, '/records/e3/wijzigen');
      await page.fill('#f-heading', 'Tuincijfers, anders genoemd');
      await page.fill('#f-reason', 'Een betere titel');
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await page.waitForURL('**/records/e3');
      await page.getByRole('heading', { name: 'Tuincijfers, anders genoemd' }).waitFor();
      await page.getByRole('heading', { name: 'De cijfers', exact: true }).waitFor();
      await finish(page);
    },
  },
  {
    name: 'a form is filled in with the keyboard alone, words become a window, and it is saved',
    run: async (browser, base) => {
      const page = await asAnna(browser, base);
      await go(page, base, '/registers/tuin/afspraak/nieuw');
      await page.getByText('Waarom wij dit vragen').waitFor();
      check(!(await page.content()).includes('Oude soort'), 'an ended code is not offered');
      await page.locator('#f-what').focus();
      await page.keyboard.type('Een bank bij de vijver');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await choose(page, 'f-memo', 'lente');
      await page.fill('#f-agreed-words', '12 maart 2024');
      await page.fill('#f-ready-words', 'rond de zomer');
      await page.locator('#f-ready-words').press('Tab');
      await page.getByText('De zomer loopt van juni tot en met augustus.').waitFor();
      await page.fill('#f-ready-written', '12-3-2024');
      await page.locator('#f-ready-written').press('Tab');
      await page.waitForFunction(
        () => document.querySelector('#f-ready-first').value === '1 juni 2024');
      await page.getByRole('button', { name: 'Opslaan' }).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/records/new*');
      await settled(page);
      await page.getByText('Opgeslagen.').waitFor();
      await page.getByText('“rond de zomer”').first().waitFor();
      await finish(page);
    },
  },
  {
    name: 'a form with mistakes says all of them, links to the fields and takes the focus',
    run: async (browser, base) => {
      const page = await asAnna(browser, base);
      await go(page, base, '/registers/tuin/keuring/nieuw');
      await page.fill('#f-cost', 'veel');
      await page.fill('#f-next', '31-02-2025');
      await page.getByRole('button', { name: 'Opslaan' }).click();
      const summary = page.locator('.error-summary');
      await summary.waitFor();
      equal(await summary.getByRole('link').count(), 5, 'problems');
      check(await summary.evaluate((element) => element === document.activeElement),
        'the summary has the focus');
      await summary.getByRole('link', { name: /Kosten/ }).click();
      await page.waitForFunction(() => document.activeElement.id === 'f-cost');
      await finish(page);
    },
  },
  {
    name: 'a draft outlives a reload, without its confidential field, and can be thrown away',
    run: async (browser, base) => {
      const page = await asAnna(browser, base);
      await go(page, base, '/registers/tuin/keuring/nieuw');
      await page.fill('#f-object', 'Wip');
      await page.fill('#f-remark', 'geheim');
      await page.getByText('Concept bewaard in deze browser').waitFor();
      await go(page, base, '/registers/tuin/keuring/nieuw');
      await page.getByText('U begon eerder aan dit formulier').waitFor();
      equal(await page.inputValue('#f-object'), 'Wip', 'kept text');
      equal(await page.inputValue('#f-remark'), '', 'confidential text');
      await page.getByRole('button', { name: 'Gooi concept weg' }).click();
      equal(await page.inputValue('#f-object'), '', 'after throwing away');
      await finish(page);
    },
  },
  {
    name: 'a conflict shows both versions, keeps what was typed, and can then be saved',
    run: async (browser, base) => {
      const page = await asAnna(browser, base);
      await go(page, base, '/records/a4/wijzigen');
      await page.fill('#f-what', 'Twee regentonnen per moestuin');
      await page.fill('#f-reason', 'Het regent weinig');
      await page.request.post(`${base}/mock/touch`,
        { data: { id: 'a4', fields: { what: 'Drie regentonnen', kind: 'plan' } } });
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await page.getByRole('heading', { name: 'Iemand anders heeft dit' }).waitFor();
      await page.getByText('Drie regentonnen').waitFor();
      equal(await page.inputValue('#f-what'), 'Twee regentonnen per moestuin', 'typed text');
      await page.getByRole('button', { name: 'Neem over: soort' }).click();
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await page.waitForURL('**/records/a4');
      await page.getByRole('heading', { name: 'Twee regentonnen per moestuin' }).waitFor();
      await finish(page);
    },
  },
  {
    name: 'a step on a record that got another version says what changed, and is saved after that',
    run: async (browser, base) => {
      const page = await asAnna(browser, base);
      await go(page, base, '/records/a2/stap/uitstellen');
      await page.fill('#f-ready-words', '2027');
      await page.fill('#f-reason', 'De grond is te nat');
      await page.request.post(`${base}/mock/touch`, { data: { id: 'a2', fields: {} } });
      const sending = page.getByRole('button', { name: 'Opslaan' });
      await sending.click();
      await page.getByText('Wat u hier invult, heeft niemand anders gewijzigd.').waitFor();
      await sending.click();
      await page.waitForURL('**/records/a2');
      await page.getByText('Reden: De grond is te nat').waitFor();
      await finish(page);
    },
  },
  {
    name: 'a submit that meets silence is sent again and recorded once',
    run: async (browser, base) => {
      const page = await asAnna(browser, base);
      await go(page, base, '/records/a2/stap/uitstellen');
      await page.fill('#f-ready-words', '2027');
      await page.fill('#f-reason', 'De grond is te nat');
      await page.request.post(`${base}/mock/fail`,
        { data: { path: '/v1/records/a2/_step', status: 503, times: 1 } });
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await page.getByText('Er ging iets mis op onze server').waitFor();
      equal(await page.inputValue('#f-reason'), 'De grond is te nat', 'typed text');
      await page.getByRole('button', { name: 'Probeer opnieuw' }).click();
      await page.waitForURL('**/records/a2');
      await settled(page);
      equal(await page.getByText('Reden: De grond is te nat').count(), 1, 'steps recorded');
      await finish(page);
    },
  },
  {
    name: 'a step asks what it needs, changes the state, and the story says who and why',
    run: async (browser, base) => {
      const page = await asAnna(browser, base);
      await go(page, base, '/records/a2');
      await page.getByRole('link', { name: 'Nagekomen melden' }).click();
      await page.waitForURL('**/stap/afronden');
      await settled(page);
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await page.locator('.error-summary').waitFor();
      await page.fill('#f-done_on-words', '3 mei 2026');
      await page.fill('#f-reason', 'De bomen staan er');
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await page.waitForURL('**/records/a2');
      await settled(page);
      await page.getByText('Reden: De bomen staan er').waitFor();
      await page.getByText('Anna de Tuin, De Akker').waitFor();
      await finish(page);
    },
  },
  {
    name: 'an act that is blocked says why instead of failing afterwards',
    run: async (browser, base) => {
      const page = await asAnna(browser, base);
      await go(page, base, '/records/k1');
      check(await page.getByRole('button', { name: 'Uitslag publiceren' }).isDisabled(),
        'the step cannot be taken');
      await page.getByText('Iemand anders dan wie het herstel meldde').waitFor();
      await finish(page);
    },
  },
  {
    name: 'on a phone a form asks one question at a time and errors lead back to their question',
    run: async (browser, base) => {
      const page = await asAnna(browser, base, { width: 360 });
      await go(page, base, '/records/a2/stap/afronden');
      await page.getByText('Vraag 1 van 4').waitFor();
      for (let i = 0; i < 3; i += 1) {
        await page.getByRole('button', { name: 'Volgende vraag' }).click();
      }
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await page.locator('.error-summary').getByRole('link', { name: /Klaar op/ }).click();
      await page.getByText('Vraag 1 van 4').waitFor();
      await finish(page);
    },
  },
  {
    name: 'an administrator makes an account and sees its one-time password',
    run: async (browser, base) => {
      const page = await asAnna(browser, base);
      await go(page, base, '/beheer/accounts');
      await page.fill('#account-login', 'cas');
      await page.fill('#account-name', 'Cas Boom');
      await page.selectOption('#account-organisation', 'akker');
      await page.getByRole('checkbox', { name: 'Tuinier' }).check();
      await page.getByRole('button', { name: 'Maak account' }).click();
      await page.getByText('groen-pad-zeven-appels').waitFor();
      await page.getByRole('rowheader', { name: 'cas', exact: true }).waitFor();
      await finish(page);
    },
  },
  {
    name: 'an administrator gives and takes roles, resets, and blocks after a question',
    run: async (browser, base) => {
      const page = await asAnna(browser, base);
      await go(page, base, '/beheer/accounts');
      await page.fill('#account-words', 'van dam');
      equal(await page.locator('tbody tr').count(), 1, 'accounts found');
      await page.getByRole('button', { name: 'Wijzig account van bas' }).click();
      const drawer = page.getByRole('dialog');
      await drawer.getByRole('checkbox', { name: 'Auditor' }).check();
      await drawer.getByRole('checkbox', { name: 'Tuinier' }).uncheck();
      await drawer.getByRole('button', { name: 'Opslaan' }).click();
      await drawer.getByText('Opgeslagen.').waitFor();
      await page.locator('tbody tr').getByText('Auditor').waitFor();
      await drawer.getByRole('button', { name: 'Zet inloggen met een code uit' }).click();
      await drawer.getByRole('button', { name: 'Ja, zet inloggen met een code uit' }).click();
      await drawer.getByRole('button', { name: 'Zet inloggen' }).waitFor({ state: 'detached' });
      await drawer.getByRole('button', { name: 'Geef een nieuw eenmalig wachtwoord' }).click();
      await drawer.getByRole('button', { name: 'Ja, geef een nieuw' }).click();
      await drawer.getByText('groen-pad-zeven-appels').waitFor();
      await drawer.getByRole('button', { name: 'Blokkeer' }).click();
      await drawer.getByRole('button', { name: 'Annuleren' }).click();
      await drawer.getByRole('button', { name: 'Blokkeer' }).click();
      await drawer.getByRole('button', { name: 'Ja, blokkeer' }).click();
      await drawer.getByRole('button', { name: 'Activeer' }).waitFor();
      await page.keyboard.press('Escape');
      await page.locator('tbody tr').getByText('Geblokkeerd').waitFor();
      await finish(page);
    },
  },
  {
    name: 'an account turns signing in with a code on',
    run: async (browser, base) => {
      const page = await asAnna(browser, base);
      await go(page, base, '/account');
      await page.getByRole('button', { name: 'Zet aan' }).click();
      await page.getByText('JBSW Y3DP EHPK 3PXP').waitFor();
      await page.fill('#totp-code', '123456');
      await page.getByRole('button', { name: 'Bevestig de code' }).click();
      await page.getByText('Inloggen met een code staat aan.').waitFor();
      await finish(page);
    },
  },
];
