// What `zicht editions write` made of an installation, and what `zicht audit-release` says of it.
import { readdir } from 'node:fs/promises';
import path from 'node:path';

// The folders of each series, oldest first.
export async function seriesIn(out) {
  const entries = await readdir(out, { recursive: true, withFileTypes: true });
  const series = new Map();
  for (const entry of entries.filter(({ name }) => name === 'release.yaml')) {
    const folder = entry.parentPath ?? entry.path;
    const of = path.dirname(folder);
    series.set(of, [...series.get(of) ?? [], folder].sort());
  }
  return series;
}

// Of the last of `folders` beside those before it; also where it is not clean.
export async function audit(product, folders) {
  const words = ['audit-release', '--json', '--release', folders.at(-1)];
  if (folders.length > 1) words.push('--history', ...folders.slice(0, -1));
  const run = product.plain(...words);
  return JSON.parse((await run.catch((failed) => failed)).stdout);
}
