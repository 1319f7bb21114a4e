// Choosing where a sentence that somebody wrote comes from: a record, or a source of the pack.
import { findPack } from '@/api/metadata';
import type { SourceChoice } from '@/api/letters';
import { useCatalogue } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import { FieldFrame } from '@/ui/fields/frame';
import { TextField } from '@/ui/fields/text_field';

export const kRecord = 'record';

export interface TypedSource {
  kind: string;                          // '', kRecord, or 'text:' and a source of the pack
  record: string;                        // as typed: an id, or a link that ends in it
}

export const kNoSource: TypedSource = { kind: '', record: '' };

export function chosenSource({ kind, record }: TypedSource): SourceChoice | undefined {
  if (kind === kRecord) {
    const id = /[0-9a-z]{26}(?![0-9a-z])/.exec(record.trim())?.[0];
    return { record: id ?? record.trim() };
  }
  return kind.startsWith('text:') ? { text: kind.slice('text:'.length) } : undefined;
}

export interface SourceChoiceProps {
  pack: string;
  value: TypedSource;
  error?: string | undefined;
  onChange: (value: TypedSource) => void;
}

export function SourceChoiceField({ pack, value, error, onChange }: SourceChoiceProps) {
  const { t, l } = useWords();
  const sources = findPack(useCatalogue().data ?? { packs: [] }, pack)?.sources ?? {};
  return (
    <>
      <FieldFrame id="letter-source" label={t('letters.sourceKind')} isRequired={false}>
        <select id="letter-source" className="utrecht-select utrecht-select--html-select"
          value={value.kind}
          onChange={(event) => { onChange({ ...value, kind: event.target.value }); }}>
          <option value="">{t('letters.sourceNone')}</option>
          <option value={kRecord}>{t('letters.sourceRecord')}</option>
          {Object.entries(sources).map(([id, source]) => (
            <option key={id} value={`text:${id}`}>{l(source.title)}</option>
          ))}
        </select>
      </FieldFrame>
      {value.kind === kRecord && (
        <TextField id="letter-record" label={t('letters.sourceId')}
          hint={t('letters.sourceIdHint')} error={error} value={value.record}
          onChange={(record) => { onChange({ ...value, record }); }} />
      )}
    </>
  );
}
