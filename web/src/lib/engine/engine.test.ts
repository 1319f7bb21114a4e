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
    compileForm: vi.fn(() => '{"handle":3}'),
    evaluateForm: vi.fn(() => '{"fields":{},"messages":[]}'),
    releaseForm: vi.fn(),
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

  it('asks for the rules of a form by its number, and releases it', () => {
    const module = fakeModule();
    const form = new Engine(module).compileForm({ name: 'care/plan', form: { fields: {} },
      lists: {} });
    expect(form.evaluate('{"a":1.50}', '2026-03-10')).toEqual({ fields: {}, messages: [] });
    expect(module.evaluateForm).toHaveBeenCalledWith(
      '{"handle":3,"today":"2026-03-10","fields":{"a":1.50}}');
    form.release();
    expect(module.releaseForm).toHaveBeenCalledWith(3);
    expect(module.release).not.toHaveBeenCalled();
  });

  it('tells that only the server can judge a form', () => {
    const module = fakeModule();
    module.compileForm.mockReturnValue(JSON.stringify({ error: { ...kError, id: 'FE-0073' } }));
    expect(() => new Engine(module).compileForm({ name: 'a/b', form: { fields: {} }, lists: {} }))
      .toThrow('FE-0073');
  });
});
