// The start of every form: why this is asked, on which legal basis, who sees it, how long it stays.
import type { Form } from '@/api/types';
import { formatPeriod } from '@/lib/format';
import { useWords } from '@/lib/i18n';

export function BasisPanel({ form }: { form: Form }) {
  const { t, l, lang } = useWords();
  const { basis, audience } = form;
  const retention = basis.retention === 'permanent' ? t('form.permanent')
    : formatPeriod(basis.retention, lang);
  const lines: [string, string][] = [
    [t('form.controller'), l(basis.controller)],
    [t('form.recipients'), l(basis.recipients)],
    [t('form.retention'), retention],
  ];
  return (
    <section className="panel stack-s basis" aria-labelledby="basis-title">
      <h2 id="basis-title" className="field-label">{t('form.why')}</h2>
      <p>{l(basis.purpose)}</p>
      <p><strong>{t('form.seenBy')}:</strong> {t(`form.audience.${audience}`)}</p>
      <p><strong>{t('form.basis')}:</strong> {[basis.law, basis.article].filter(Boolean).join(', ')}
      </p>
      <details>
        <summary>{t('common.details')}</summary>
        <dl className="facts">
          {lines.map(([name, text]) => (
            <div key={name}><dt>{name}</dt><dd>{text}</dd></div>
          ))}
        </dl>
      </details>
    </section>
  );
}
