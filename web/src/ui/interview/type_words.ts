// Types of a model in the words of people.
import type { ModelType } from '@/api/models';
import type { MessageKey, Words } from '@/lib/i18n';
import { cellWords } from './cell_words';

const kKinds = new Set(['string', 'number', 'boolean', 'date', 'time', 'date and time',
  'days and time duration', 'years and months duration', 'context', 'range', 'function', 'any']);

export function typeWords(type: ModelType, words: Words): string {
  if (type.kind === 'list') {
    return words.t('models.type.list', { item: type.item ? typeWords(type.item, words) : '' });
  }
  if (!kKinds.has(type.kind)) return type.text;
  return words.t(`models.type.${type.kind}` as MessageKey);
}

// What may be filled in, where that is limited; FEEL where it is not simple.
export function allowedWords(type: ModelType, words: Words): string | undefined {
  const allowed = type.allowed ?? type.item?.allowed;
  return allowed === undefined ? undefined : cellWords(allowed, words) ?? allowed;
}
