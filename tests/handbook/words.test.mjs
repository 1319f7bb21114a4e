// Words that the handbook gives for the screen, looked for where they come from. Method: without a
// server, with a made-up catalogue, and the words of the interface as the web has them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { makeFollower } from './follower.mjs';

const text = (nl) => ({ nl, en: nl });
let somebody;

before(async () => {
  somebody = await makeFollower();
  somebody.catalogue = { packs: [{ name: 'p', forms: {
    f: { title: text('Vraag'), plural: text('Vragen') } },
  processes: { q: { transitions: { a: { label: text('Beantwoorden') } } } } }] };
});
after(() => somebody.stop());

test('handbook: a word of the interface or of a pack is found on the screen', async () => {
  for (const word of ['Registers', 'Mijn werk', 'Opslaan', 'Vragen', 'Beantwoorden']) {
    await somebody.screen({ text: word });
  }
  assert.equal(somebody.register.name, 'p/f');
});

test('handbook: the button for a new record begins one', async () => {
  somebody.register = undefined;
  await somebody.screen({ text: 'Vragen' });
  somebody.record = { id: 'a', actions: [] };
  somebody.tasks = () => Promise.resolve([]);
  await somebody.screen({ text: 'Nieuw: vraag' });
  assert.equal(somebody.record, undefined);
});

test('handbook: a word that stands nowhere ends the test, also one that stands elsewhere', async () => {
  // The second is a word of the interface, but not of this button.
  for (const word of ['Registraties', 'Nieuw', 'Bewaar', 'Nieuw: antwoord']) {
    await assert.rejects(somebody.screen({ text: word }), new RegExp(`"${word}"`));
  }
});
