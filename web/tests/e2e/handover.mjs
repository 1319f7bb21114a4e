// Files of persons on the real program, over the pack of tests/packs/probe: one passes to another
// organisation and comes back, and two turn out to be of one person and are taken apart again.
import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { answer, as, ask, check, equal, finish, go, newcomer, save, settled } from './kit.mjs';

const kWidths = [360, 1440];

async function fits(page, what) {
  await expectNoViolations(page, what);
  await expectNoSideScroll(page, what);
}

async function child(page, base, name) {
  const made = await ask(page, base, 'POST', '/v1/records',
    { form: 'probe/child', fields: { call_name: name, born_on: '2012-05-01' } });
  return made.id;
}

async function expectHidden(page, base, id) {
  await go(page, base, `/records/${id}`);
  await page.getByText('Deze pagina bestaat niet').waitFor();
}

function handover(width) {
  return {
    name: `persons: a file is offered, accepted, read and given back, ${width} px`,
    run: async (browser, base, server) => {
      const name = `Iris ${width}`, reason = `Verhuisd, ${width}`;
      const planner = await as(browser, base, 'planner', { width });
      const id = await child(planner, base, name);
      await go(planner, base, `/records/${id}`);
      await fits(planner, 'a record that can be handed over');
      await planner.getByRole('link', { name: 'Overdragen', exact: true }).focus();
      await planner.keyboard.press('Enter');
      await planner.getByRole('heading', { level: 1, name: 'Dossier overdragen' }).waitFor();
      await fits(planner, 'offering a file');
      await planner.getByRole('button', { name: 'Bied aan' }).focus();
      await planner.keyboard.press('Enter');
      await planner.getByText('De grondslag ontbreekt').first().waitFor();
      equal(await planner.locator('#f-basis').getAttribute('aria-invalid'), 'true', 'the field');
      const summary = planner.getByRole('alert');
      equal(await summary.evaluate((box) => box === document.activeElement), true, 'its focus');
      await summary.getByRole('link', { name: /grondslag/ }).click();
      await planner.waitForFunction(() => document.activeElement?.id === 'f-basis');
      await fits(planner, 'a refused offer');
      await planner.locator('#f-organisation').selectOption({ label: 'Openbare feiten' });
      await planner.fill('#f-reason', reason);
      await planner.fill('#f-basis', 'Verzonnen wet, artikel 1');
      await planner.locator('#f-basis').press('Enter');
      await planner.waitForURL('**/overdrachten');
      await settled(planner);
      const given = planner.getByRole('listitem').filter({ hasText: reason });
      await given.getByText('Wacht op antwoord').waitFor();
      await given.getByRole('link', { name }).waitFor();
      await fits(planner, 'what is offered');

      const other = await newcomer(browser, base, server, `planner-elders-${width}`,
        { width, roles: 'probe/planner' });
      await other.getByText('wacht op uw antwoord').waitFor();
      await fits(other, 'my work with an offer');
      await expectHidden(other, base, id);
      await go(other, base, '/overdrachten');
      const got = other.getByRole('listitem').filter({ hasText: reason });
      await got.getByText('Wacht op antwoord').waitFor();
      check(!(await other.content()).includes(name), 'whose file it is stays hidden');
      await fits(other, 'an offer');
      await got.getByRole('button', { name: 'Weigeren' }).click();
      await got.getByRole('alert').getByText(/reden/i).waitFor();
      await fits(other, 'a refusal without a reason');
      await got.getByRole('button', { name: 'Aannemen' }).focus();
      await other.keyboard.press('Enter');
      await got.getByRole('link', { name }).click();
      await other.waitForURL(`**/records/${id}`);
      await settled(other);
      await other.getByRole('heading', { level: 1, name }).waitFor();
      equal(await other.getByRole('link', { name: 'Wijzigen' }).count(), 0, 'ways to change it');
      await fits(other, 'a record that was handed over');

      await go(other, base, '/overdrachten');
      await got.getByLabel('Toelichting').fill('Weer terugverhuisd');
      await got.getByRole('button', { name: 'Teruggeven' }).focus();
      await other.keyboard.press('Enter');
      await got.getByText('Teruggegeven').waitFor();
      await fits(other, 'what was given back');
      await expectHidden(other, base, id);
      await finish(other);
      const officer = await newcomer(browser, base, server, `toezicht-${width}`,
        { width, roles: 'privacy-officer' });
      await go(officer, base, '/overdrachten');
      const seen = officer.getByRole('listitem').filter({ hasText: reason });
      await seen.getByText(id).waitFor();
      equal(await seen.count(), 1, 'the same hand-over in the list');
      check(!(await officer.content()).includes(name), 'a privacy officer is told no name');
      await fits(officer, 'the hand-overs of everybody');
      await finish(officer);
      await go(planner, base, '/overdrachten');
      await given.getByText('Weer terugverhuisd').waitFor();
      await finish(planner);
    },
  };
}

// Chooses by its name what a field refers to, on whatever page of the form it stands.
async function refer(page, id, name) {
  await answer(page, id, name);
  await page.getByRole('option', { name }).first().waitFor();
  await page.locator(`#${id}`).press('Enter');
}

async function take(page, step, reason) {
  await page.getByRole('link', { name: step, exact: true }).click();
  await page.waitForURL('**/stap/*');
  await settled(page);
  if (reason) await answer(page, 'f-reason', reason);
  await save(page);
  await page.waitForURL(/\/records\/[^/]+$/);
  await settled(page);
}

function samePerson(width) {
  return {
    name: `persons: two files are of one person, and are taken apart again, ${width} px`,
    run: async (browser, base) => {
      const page = await as(browser, base, 'planner', { width });
      const one = `Sam ${width}`, other = `Jippe ${width}`;
      const first = await child(page, base, one);
      await child(page, base, other);
      await go(page, base, '/registers/probe/same-person/nieuw');
      await refer(page, 'f-one', one);
      await refer(page, 'f-other', other);
      await answer(page, 'f-evidence', 'Hetzelfde adres en dezelfde moeder');
      await save(page);
      await page.waitForURL(/\/records\/(?!.*nieuw)/);
      await settled(page);
      const { pathname: link } = new URL(page.url());
      const panel = page.getByRole('region', { name: 'Zelfde persoon als' });
      await go(page, base, `/records/${first}`);
      equal(await panel.count(), 0, 'a suspicion links nothing');
      await go(page, base, link);
      await take(page, 'Koppelen');
      await fits(page, 'a link of two persons');
      await go(page, base, `/records/${first}`);
      await panel.waitFor();
      await fits(page, 'a person with another file');
      await panel.getByRole('link', { name: other }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: other }).waitFor();
      await settled(page);
      await panel.getByRole('link', { name: one }).waitFor();
      await go(page, base, link);
      await take(page, 'Ongedaan maken', 'Het bleek een ander');
      await go(page, base, `/records/${first}`);
      equal(await panel.count(), 0, 'the link is undone');
      await finish(page);
    },
  };
}

export const journeys = [...kWidths.map(handover), ...kWidths.map(samePerson)];
