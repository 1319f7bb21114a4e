// Which rules of a decision table matched, or which came near, in a line each.
import type { TableTrace } from '@/api/models';
import { joinWords } from '@/lib/format';
import { useWords } from '@/lib/i18n';

export function TableLine({ table }: { table: TableTrace }) {
  const { t, lang } = useWords();
  const matched = table.rules.filter((rule) => rule.matched).map((rule) => String(rule.rule));
  return (
    <>
      <p>
        {matched.length > 0
          ? t('models.matched', { table: table.table, rules: joinWords(matched, lang) })
          : t('models.noMatch', { table: table.table })}
      </p>
      {matched.length === 0 && table.near_misses?.map((miss) => (
        <p key={miss.rule}>
          {t('models.near', { rule: miss.rule, cells: joinWords(miss.blocked_by, lang) })}
        </p>
      ))}
    </>
  );
}
