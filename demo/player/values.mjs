// What stands in a file of acts becomes what the API takes.
//
//     {today: -30}     the day thirty days before today, in Amsterdam
//     {ref: duinkant}  the id of what was made under that name earlier in the example
//
// Everything else stays as it is.

const DAY = 24 * 60 * 60 * 1000;
const inAmsterdam = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' });

export const dayFromToday = (days) => inAmsterdam.format(new Date(Date.now() + days * DAY));

const hasOnly = (value, key) => Object.keys(value).length === 1 && key in value;

export function resolved(value, made) {
  if (Array.isArray(value)) return value.map((each) => resolved(each, made));
  if (value === null || typeof value !== 'object') return value;
  if (hasOnly(value, 'today')) return dayFromToday(value.today);
  if (hasOnly(value, 'ref')) return idOf(value.ref, made);
  return Object.fromEntries(Object.entries(value)
    .map(([key, each]) => [key, resolved(each, made)]));
}

export function idOf(name, made) {
  if (!made.has(name)) throw new Error(`nothing was made under the name '${name}' before this act`);
  return made.get(name);
}

// Runs `work` for each of them, a few at a time.
export async function several(items, work, atOnce = 4) {
  const left = [...items];
  const worker = async () => {
    while (left.length) await work(left.shift());
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, left.length) }, worker));
}
