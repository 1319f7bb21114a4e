// What can stand on the screen: words of the interface, from where the web has them, and texts of
// packs, from the catalogue.
//
//     const words = await readWords();                 // { 'form.send': 'Opslaan', ... }
//     textsOf(catalogue).has('Beantwoorden')
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { root } from '../support/product.mjs';

const FOLDER = path.join(root, 'web/src/lib/i18n');

// The Dutch words of the interface by their keys. Node reads the files of the parts, TypeScript
// without imports; nl.ts, which puts them together, it does not.
export async function readWords() {
  const words = {};
  for (const name of await readdir(FOLDER)) {
    if (!/^nl_\w+\.ts$/.test(name)) continue;
    const parts = await import(pathToFileURL(path.join(FOLDER, name)));
    Object.assign(words, ...Object.values(parts));
  }
  return words;
}

// Every Dutch text in a value, at any depth.
export function textsOf(value, found = new Set()) {
  if (typeof value !== 'object' || value === null) return found;
  if (typeof value.nl === 'string') found.add(value.nl);
  for (const part of Object.values(value)) textsOf(part, found);
  return found;
}
