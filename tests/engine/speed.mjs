// How long the module takes over the questions of src/dmn/json_engine_bench.cc; not a test.
//     node tests/engine/speed.mjs
import { readFileSync } from 'node:fs';

import { EngineModule } from '../../web/src/lib/engine/module.ts';

const kQuestions = {
  comparison: [
    { text: 'age >= 18', variables: [{ name: 'age', type: 'number' }] }, { age: 17 }],
  list_of_hundred: [
    { text: 'sum(for i in 1..100 return i * n) > 10', variables: [{ name: 'n', type: 'number' }] },
    { n: 0.5 }],
  pattern: [
    {
      text: 'matches(code, "^[1-9][0-9]{3} ?[A-Z]{2}$")',
      variables: [{ name: 'code', type: 'string' }],
    },
    { code: '1234 AB' }],
};

const file = new URL('../../web/src/lib/engine/engine.wasm', import.meta.url);
const started = performance.now();
const engine = await EngineModule.instantiate(await WebAssembly.compile(readFileSync(file)));
console.log(`ready in ${(performance.now() - started).toFixed(1)} ms`);
for (const [name, [compile, facts]] of Object.entries(kQuestions)) {
  const { handle } = JSON.parse(engine.compile(JSON.stringify(compile)));
  const request = JSON.stringify({ handle, facts });
  for (let i = 0; i < 2000; ++i) engine.evaluate(request);
  const times = [];
  for (let run = 0; run < 5; ++run) {
    const begin = performance.now();
    for (let i = 0; i < 5000; ++i) engine.evaluate(request);
    times.push((performance.now() - begin) / 5);
  }
  times.sort((a, b) => a - b);
  console.log(`${name}: ${times[2].toFixed(2)} us`);
}
