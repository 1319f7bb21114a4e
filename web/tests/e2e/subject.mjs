// Which person an account is, on the real program over the pack of tests/packs/probe: an
// administrator who may see persons chooses by name; one who may not gives the id.
import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { as, ask, check, choose, equal, finish, go, newcomer } from './kit.mjs';

async function looksGood(page, what) {
  await expectNoViolations(page, what);
  await expectNoSideScroll(page, what);
}

async function openAccount(page, base, login) {
  await go(page, base, '/beheer/accounts');
  await page.fill('#account-words', login);
  await page.getByRole('button', { name: `Wijzig account van ${login}` }).press('Enter');
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('heading', { level: 2 }).waitFor();
  return drawer;
}

async function saveIn(drawer) {
  await drawer.getByRole('button', { name: 'Opslaan' }).press('Enter');
  await drawer.getByText('Opgeslagen.').waitFor();
}

async function subjectOf(page, base, login) {
  const { items } = await (await page.request.get(`${base}/v1/accounts`)).json();
  return items.find((one) => one.login === login)?.subject ?? '';
}

function choosing(width, scheme) {
  return {
    name: `persons: an administrator says which person an account is, by name, ${width} px`,
    run: async (browser, base, server) => {
      const page = await newcomer(browser, base, server, `beheer-${width}`, { width, scheme,
        roles: 'administrator,probe/planner', organisation: 'demo' });
      const login = `jongere-${width}`, name = `Kanariekind ${width}`;
      server.zicht('account', 'add', login, 'Een jongere', '--organisation', 'demo', '--roles',
        'probe/client');
      const child = await ask(page, base, 'POST', '/v1/records',
        { form: 'probe/child', fields: { call_name: name, born_on: '2010-05-01' } });
      let drawer = await openAccount(page, base, login);
      await drawer.locator('#edit-subject-form').selectOption('probe/child');
      await choose(page, 'edit-subject', name);
      await drawer.getByText(`Gekozen: ${name}`).waitFor();
      await looksGood(page, 'an account with its person');
      check(!page.url().includes('Kanarie'), 'the address holds no name');
      await saveIn(drawer);
      equal(await subjectOf(page, base, login), child.id, 'the person');

      drawer = await openAccount(page, base, login);
      await drawer.getByText(`Gekozen: ${name}`).waitFor();
      await drawer.getByRole('button', { name: new RegExp(name) }).press('Enter');
      await saveIn(drawer);
      equal(await subjectOf(page, base, login), '', 'the person, taken away');
      await finish(page);
    },
  };
}

export const journeys = [
  choosing(1440, 'light'),
  choosing(360, 'dark'),
  {
    name: 'persons: an administrator who may not search persons gives the id of one',
    run: async (browser, base, server) => {
      const planner = await as(browser, base, 'planner');
      const child = await ask(planner, base, 'POST', '/v1/records',
        { form: 'probe/child', fields: { call_name: 'Lot', born_on: '2010-05-01' } });
      await finish(planner);
      server.zicht('account', 'add', 'jongere-id', 'Een jongere', '--organisation', 'demo',
        '--roles', 'probe/client');
      const page = await as(browser, base, 'administrator', { width: 360 });
      const drawer = await openAccount(page, base, 'jongere-id');
      equal(await page.getByRole('combobox').filter({ hasText: 'Kinderen' }).count(), 0, 'choices');
      await page.fill('#edit-subject', 'niemand');
      await drawer.getByRole('button', { name: 'Opslaan' }).press('Enter');
      await page.locator('#edit-subject-error').waitFor();
      await drawer.getByRole('alert').getByRole('link', { name: /dossier van een persoon/ })
        .press('Enter');
      await page.waitForFunction(() => document.activeElement?.id === 'edit-subject');
      await looksGood(page, 'a wrong id');
      await page.fill('#edit-subject', child.id);
      await saveIn(drawer);
      equal(await subjectOf(page, base, 'jongere-id'), child.id, 'the person');
      await finish(page);
    },
  },
];
