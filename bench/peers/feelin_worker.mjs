// Evaluates questions with feelin, in a thread of its own: some texts make it
// run without end or out of memory, and then whoever asks ends this thread.
import { parentPort } from 'node:worker_threads';
import {
  evaluate, unaryTest, isFunction, isRange, parseDate,
  FeelDate, FeelDateTime, FeelDuration, FeelTime,
} from 'feelin';

const kTemporal = [FeelDate, FeelDateTime, FeelDuration, FeelTime];

// feelin's value as JSON; what is none becomes a text.
function plain(value) {
  if (value === undefined || value === null) return null;
  if (kTemporal.some((kind) => value instanceof kind)) return value.toString();
  if (isRange(value)) return `range ${value}`;
  if (isFunction(value) || typeof value === 'function') return 'function';
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
  }
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

// Every variable is there, as it is for the engine: what was not given is null.
function context({ variables, facts }) {
  const made = {};
  for (const { name, type } of variables) {
    const value = facts[name] ?? null;
    made[name] = type === 'date' && value !== null ? parseDate(value) : value;
  }
  return made;
}

function answer(question) {
  const { kind, text, input } = question;
  const given = context(question);
  try {
    const { value, warnings } = kind === 'unary_tests'
      ? unaryTest(text, { ...given, '?': input })
      : evaluate(text, given);
    return { value: plain(value), warnings: warnings.map(({ type }) => type) };
  } catch (error) {
    return { refused: String(error.message).slice(0, 200) };
  }
}

parentPort.on('message', (questions) => parentPort.postMessage(questions.map(answer)));

parentPort.postMessage('ready');
