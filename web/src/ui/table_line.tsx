// Which rules of a decision table matched, or which came near, in a line each.
import type { TableTrace } from '@/api/models';
import { joinWords } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { ModelNames, ModelSentence, ModelText } from './values/model_text';

// By how many rules matched; more than one is many.
const kMatched = ['models.noMatch', 'models.matchedOne', 'models.matched'] as const;

export function TableLine({ table }: { table: TableTrace }) {
  const { lang } = useWords();
  const matched = table.rules.filter((rule) => rule.matched).map((rule) => String(rule.rule));
  return (
    <>
      <p>
        <ModelSentence says={kMatched[Math.min(matched.length, 2)] ?? 'models.matched'}
          values={{ table: <ModelText>{table.table}</ModelText>,
            rules: joinWords(matched, lang) }} />
      </p>
      {matched.length === 0 && table.near_misses?.map((miss) => (
        <p key={miss.rule}>
          <ModelSentence says="models.near"
            values={{ rule: miss.rule, cells: <ModelNames names={miss.blocked_by} /> }} />
        </p>
      ))}
    </>
  );
}
