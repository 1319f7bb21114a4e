// Choosing the file, and what was seen of it.
import { useState } from 'react';

import { uploadFile } from '@/api/client';
import type { ImportLook, SeenFile } from '@/api/imports';
import { ApiProblem, problemOf } from '@/api/problem';
import { formatDecimal, joinWords } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/fields/text_field';
import { Notice } from '@/ui/notice';
import { ProblemNotice } from '@/ui/problem_view';
import { Choice } from './choice';

export interface ChosenFile {
  id: string;
  name: string;
}

function howText(seen: SeenFile, t: ReturnType<typeof useWords>['t']): string {
  if (seen.format === 'xlsx') return 'XLSX';
  const separators = { ',': 'import.comma', ';': 'import.semicolon', '\t': 'import.tab' } as const;
  const key = separators[(seen.separator ?? ',') as keyof typeof separators];
  return ['CSV', seen.encoding, t(key)].join(', ');
}

export const kFileId = 'import-file';
const kEndings = ['csv', 'txt', 'xlsx'];
const kWrongKind = 'AP-0083';            // the server on a name or content of another kind

function isTaken(name: string): boolean {
  return kEndings.some((ending) => name.toLowerCase().endsWith(`.${ending}`));
}

// The server tells of all that it keeps; here only a table will do.
function FileProblem({ error }: { error: unknown }) {
  const { t, lang } = useWords();
  if (problemOf(error).id !== kWrongKind) return <ProblemNotice error={error} />;
  return (
    <Notice meaning="failed" role="alert">
      <p className="strong">{t('import.wrongKind')}</p>
      <p>{t('import.wrongKindHint', {
        endings: joinWords(kEndings.map((ending) => `.${ending}`), lang, 'or') })}</p>
    </Notice>
  );
}

export interface FileStepProps {
  file: ChosenFile | undefined;
  seen: SeenFile | undefined;
  isLooking: boolean;
  onFile: (file: ChosenFile) => void;
  onLook: (look: Pick<ImportLook, 'sheet' | 'header_row'>) => void;
}

// Where the names of the columns stand, where that is not the first line of the first sheet.
function Where({ seen, onLook }: { seen: SeenFile | undefined; onLook: FileStepProps['onLook'] }) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const row = typed || String(seen?.header_row ?? 1);
  const line = Number(row) || 1;
  return (
    <div className="row">
      {seen && seen.sheets.length > 1 && (
        <Choice id="import-sheet" label={t('import.sheet')} value={seen.sheet ?? ''}
          options={seen.sheets.map((name) => ({ value: name, label: name }))}
          onChange={(sheet) => { onLook({ sheet, header_row: line }); }} />
      )}
      <TextField id="import-header" label={t('import.headerRow')} value={row} isShort
        inputMode="numeric" onChange={setTyped} />
      <Button onClick={() => {
        onLook({ header_row: line, ...(seen?.sheet ? { sheet: seen.sheet } : {}) });
      }}>{t('import.lookAgain')}</Button>
    </div>
  );
}

export function FileStep({ file, seen, isLooking, onFile, onLook }: FileStepProps) {
  const { t, lang } = useWords();
  const [problem, setProblem] = useState<unknown>(null);
  const [isSending, setSending] = useState(false);
  const send = async (chosen: File) => {
    setProblem(null);
    if (!isTaken(chosen.name)) {
      setProblem(new ApiProblem(422, { type: kWrongKind }));
      return;
    }
    setSending(true);
    try {
      const kept = await uploadFile(chosen,
        { onProgress: () => undefined, signal: new AbortController().signal });
      onFile({ id: kept.file, name: chosen.name });
    } catch (error) {
      setProblem(error);
    } finally {
      setSending(false);
    }
  };
  const count = (n: number, key: 'import.countRows' | 'import.countColumns') => (
    n === 1 ? t(`${key}One`) : t(key, { n: formatDecimal(n, lang) }));
  const isBusy = isSending || isLooking;
  return (
    <section className="stack" aria-labelledby="import-file-title">
      <h2 id="import-file-title">{t('import.file')}</h2>
      <p id="import-file-hint" className="muted">{t('import.fileHint')}</p>
      <div className="drop-zone no-print">
        <input id={kFileId} type="file" accept={kEndings.map((ending) => `.${ending}`).join(',')}
          className="visually-hidden"
          aria-describedby="import-file-hint" onChange={(event) => {
            const chosen = event.target.files?.[0];
            if (chosen) void send(chosen);
            event.target.value = '';
          }} />
        <label htmlFor={kFileId} className="utrecht-button utrecht-button--secondary-action">
          {t('file.choose')}
        </label>
      </div>
      <p role="status" className="small">
        {isBusy && t('import.uploading')}
        {!isBusy && seen && file && t('import.seen', { name: file.name, how: howText(seen, t),
          rows: count(seen.rows, 'import.countRows'),
          columns: count(seen.columns.length, 'import.countColumns') })}
      </p>
      {problem !== null && <FileProblem error={problem} />}
      {file && <Where seen={seen} onLook={onLook} />}
    </section>
  );
}
