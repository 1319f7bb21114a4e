// A value that came out of a decision, or went into it.
import { formatDate, isIsoDate } from '@/lib/dates';
import { formatDecimal } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import type { Words } from '@/lib/i18n';
import { ModelText, useModelLang } from './model_text';

type Plain = Pick<Words, 't' | 'lang'>;

// In one line, for a heading or a sentence.
export function valueText(value: unknown, words: Plain): string {
  if (value === null || value === undefined) return words.t('models.notGiven');
  if (value === true) return words.t('common.yes');
  if (value === false) return words.t('common.no');
  if (typeof value === 'number') return formatDecimal(value, words.lang);
  if (typeof value === 'string') {
    if (isIsoDate(value)) return formatDate(value, words.lang);
    return /^-?\d+\.\d+$/.test(value) ? formatDecimal(value, words.lang) : value;
  }
  if (Array.isArray(value)) {
    return value.length ? value.map((item) => valueText(item, words)).join(', ')
      : words.t('models.nothing');
  }
  return Object.entries(value as Record<string, unknown>)
    .map(([name, part]) => `${name}: ${valueText(part, words)}`).join(', ');
}

// Words of the model: no number, date or yes, which the page tells in its own language.
function isOfModel(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isOfModel);
  if (typeof value === 'string') return !isIsoDate(value) && !/^-?\d+(\.\d+)?$/.test(value);
  return typeof value === 'object' && value !== null;
}

// In one line, within a sentence.
export function ValueText({ value }: { value: unknown }) {
  const text = valueText(value, useWords());
  return isOfModel(value) ? <ModelText>{text}</ModelText> : text;
}

export function ModelValue({ value }: { value: unknown }) {
  const lang = useModelLang();
  if (Array.isArray(value) && value.length > 1) {
    return (
      <ul>
        {value.map((item: unknown, index) => <li key={index}><ModelValue value={item} /></li>)}
      </ul>
    );
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return (
      <dl className="facts">
        {Object.entries(value).map(([name, part]) => (
          <div key={name}><dt lang={lang}>{name}</dt><dd><ModelValue value={part} /></dd></div>
        ))}
      </dl>
    );
  }
  return <span className={value === null ? 'muted' : undefined}><ValueText value={value} /></span>;
}
