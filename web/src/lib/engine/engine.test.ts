// What pages use of the engine. Method: a module that answers by a table; that the true one answers
// as the server does is tested in tests/engine, where it is built.
import { describe, expect, it, vi } from 'vitest';

import { Engine, EngineRefusal } from './engine';

const kError = {
  id: 'FE-0070', message: { nl: 'x', en: 'y' }, hint: { nl: 'x', en: 'y' }, problems: [],
};

function fakeModule() {
  return {
    isUsable: true,
    compile: vi.fn(() => '{"handle":7,"warnings":[]}'),
    evaluate: vi.fn(() => '{"value":false,"outcome":"no","missing":[],"errors":[]}'),
    release: vi.fn(),
  };
}

const kRule = { kind: 'expression', text: 'age >= 18' } as const;

describe('engine', () => {
  it('asks for what was compiled by its number', () => {
    const module = fakeModule();
    const rule = new Engine(module).compile(kRule);
    expect(rule.evaluate({ facts: { age: 17 } }).outcome).toBe('no');
    expect(module.evaluate).toHaveBeenCalledWith('{"facts":{"age":17},"handle":7}');
  });

  it('tells what the engine refuses', () => {
    const module = fakeModule();
    const rule = new Engine(module).compile(kRule);
    module.evaluate.mockReturnValue(JSON.stringify({ error: kError }));
    expect(() => rule.evaluate({})).toThrow(EngineRefusal);
    module.compile.mockReturnValue(JSON.stringify({ error: kError }));
    expect(() => new Engine(module).compile(kRule)).toThrow('FE-0070');
  });

  it('releases once', () => {
    const module = fakeModule();
    const rule = new Engine(module).compile(kRule);
    rule.release();
    rule.release();
    expect(module.release).toHaveBeenCalledTimes(1);
    expect(module.release).toHaveBeenCalledWith(7);
  });
});
