// A page of the handbook that tells how something is made, as steps to follow:
//
//     const page = readPage(await readFile('docs/handboek/pakket-maken.md', 'utf8'));
//     for (const step of page.steps) ...  // { title, minutes, deeds, words }
//
// A step is a heading "## 3. Title (2 minuten)". Its deeds, in their order: a file (a yaml block
// after "Bestand `name`:"), a command (each line of a sh block), what is chosen or looked for on the
// screen (each *word so*), and what is filled in (each row of a table "| Veld | Vul in |"). Its
// words are those to be read: all but the blocks.
const HEADING = /^## \d+\. (.+) \((\d+) minu(?:ut|ten)\)$/;

export function readPage(text) {
  const page = { steps: [], before: 0 };
  let step;
  let name;
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    const heading = HEADING.exec(line);
    if (heading) {
      step = { title: heading[1], minutes: Number(heading[2]), deeds: [], words: 0 };
      page.steps.push(step);
    } else if (line.startsWith('## ')) {
      step = undefined; // what comes after the steps
    } else if (line.startsWith('```')) {
      const end = lines.indexOf('```', at + 1);
      if (end < 0) throw new Error(`line ${at + 1}: the block has no end`);
      if (step) step.deeds.push(...deedsOf(line.slice(3), name, lines.slice(at + 1, end)));
      name = undefined;
      at = end;
    } else {
      name = /^Bestand `(.+)`:$/.exec(line)?.[1] ?? name;
      const row = /^\| (.+?) \| (.+?) \|$/.exec(line);
      if (step && row && row[1] !== 'Veld') {
        step.deeds.push({ kind: 'fill', label: row[1], value: row[2] });
      }
      if (step && !row) {
        for (const found of line.matchAll(/\*(.+?)\*/g)) {
          step.deeds.push({ kind: 'screen', text: found[1] });
        }
      }
      const words = line.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;
      if (step) step.words += words;
      else if (page.steps.length === 0) page.before += words;
    }
  }
  return page;
}

function deedsOf(language, name, lines) {
  if (language === 'sh') return lines.map((line) => ({ kind: 'command', line }));
  if (language !== 'yaml' || !name) throw new Error(`a block of "${language}" without a name`);
  return [{ kind: 'file', name, text: `${lines.join('\n')}\n` }];
}

// How long people take, in seconds: a file and a command are copied, what is filled in is typed,
// five keys a word, what stands on the screen is found and pressed; and all is read first.
export const PACE = { file: 25, command: 20, read_per_minute: 200, typed_per_minute: 40 };

export function secondsOf(step) {
  let seconds = (step.words / PACE.read_per_minute) * 60;
  for (const deed of step.deeds) {
    const typed = deed.kind === 'fill' ? deed.value : '';
    seconds += (typed.length / 5 / PACE.typed_per_minute) * 60;
    seconds += { file: PACE.file, command: PACE.command, screen: 3, fill: 3 }[deed.kind];
  }
  return seconds;
}

// The words of a command, quoted ones whole.
export function wordsOf(line) {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((found) => found[1] ?? found[2]);
}
