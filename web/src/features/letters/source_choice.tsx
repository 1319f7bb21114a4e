// Choosing where a sentence that somebody wrote comes from: a record of a register of the pack, or
// a source of the pack.
import { findPack, readableForms } from '@/api/metadata';
import type { LetterSource, SourceChoice } from '@/api/letters';
import { useCatalogue } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import type { Chosen } from '@/ui/fields/chooser';
import { FieldFrame } from '@/ui/fields/frame';
import { RecordChooser } from '@/ui/fields/record_chooser';

const kForm = 'form:';
const kText = 'text:';
export const kRecordId = 'letter-record';

export interface TypedSource {
  kind: string;                          // '', kForm and a form, or kText and a source of the pack
  record: Chosen;
}

export const kNoSource: TypedSource = { kind: '', record: { id: '', title: '' } };

export function chosenSource({ kind, record }: TypedSource): SourceChoice | undefined {
  if (kind.startsWith(kForm) && record.id) return { record: record.id };
  return kind.startsWith(kText) ? { text: kind.slice(kText.length) } : undefined;
}

// A register was chosen, and no record of it.
export function lacksRecord({ kind, record }: TypedSource): boolean {
  return kind.startsWith(kForm) && !record.id;
}

export interface SourceChoiceProps {
  pack: string;
  now: LetterSource | undefined;         // the source it has: stays unless another is chosen
  value: TypedSource;
  error: string | undefined;             // of the record
  onChange: (value: TypedSource) => void;
}

export function SourceChoiceField({ pack, now, value, error, onChange }: SourceChoiceProps) {
  const { t, l } = useWords();
  const found = findPack(useCatalogue().data ?? { packs: [] }, pack);
  const forms = found ? readableForms(found).filter(({ form }) => !form.letters) : [];
  const target = value.kind.startsWith(kForm) ? value.kind.slice(kForm.length) : '';
  return (
    <>
      <FieldFrame id="letter-source" label={t('letters.sourceKind')} isRequired={false}>
        <select id="letter-source" className="utrecht-select utrecht-select--html-select"
          value={value.kind}
          onChange={(event) => { onChange({ ...kNoSource, kind: event.target.value }); }}>
          <option value="">
            {now ? t('letters.sourceStays', { title: now.title ?? now.ref })
              : t('letters.sourceNone')}
          </option>
          {forms.map(({ name, form }) => (
            <option key={name} value={`${kForm}${name}`}>
              {t('letters.sourceRecord', { register: l(form.plural) })}
            </option>
          ))}
          {Object.entries(found?.sources ?? {}).map(([id, source]) => (
            <option key={id} value={`${kText}${id}`}>{l(source.title)}</option>
          ))}
        </select>
      </FieldFrame>
      {target && (
        <RecordChooser key={target} id={kRecordId} label={t('letters.record')} isRequired
          hint={t('letters.recordHint')} error={error} target={target} value={value.record}
          onChange={(record) => { onChange({ ...value, record }); }} />
      )}
    </>
  );
}
