// Choosing the file, and what was seen of it.
import { useState } from 'react';

import { uploadFile } from '@/api/client';
import type { ImportLook, SeenFile } from '@/api/imports';
import { formatDecimal } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/fields/text_field';
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
  const isBusy = isSending || isLooking;
  return (
    <section className="stack" aria-labelledby="import-file-title">
      <h2 id="import-file-title">{t('import.file')}</h2>
      <p id="import-file-hint" className="muted">{t('import.fileHint')}</p>
      <div className="drop-zone">
        <input id="import-file" type="file" accept=".csv,.txt,.xlsx" className="visually-hidden"
          aria-describedby="import-file-hint" onChange={(event) => {
            const chosen = event.target.files?.[0];
            if (chosen) void send(chosen);
            event.target.value = '';
          }} />
        <label htmlFor="import-file" className="utrecht-button utrecht-button--secondary-action">
          {t('file.choose')}
        </label>
      </div>
      <p role="status" className="small">
        {isBusy && t('import.uploading')}
        {!isBusy && seen && file && t('import.seen', { name: file.name,
          rows: formatDecimal(seen.rows, lang), columns: seen.columns.length,
          how: howText(seen, t) })}
      </p>
      {problem !== null && <ProblemNotice error={problem} />}
      {file && <Where seen={seen} onLook={onLook} />}
    </section>
  );
}
