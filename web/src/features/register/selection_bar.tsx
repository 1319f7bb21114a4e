// What can be done with the rows that one has chosen.
import { useState } from 'react';

import { fetchFile } from '@/api/client';
import type { FormRef } from '@/api/metadata';
import type { SearchBody } from '@/api/types';
import { download } from '@/lib/download';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { ProblemNotice } from '@/ui/problem_view';
import { exportColumns } from '@/ui/values/columns';

// As many as the server takes in one export of chosen rows.
const kMostChosen = 1000;

export interface SelectionBarProps {
  form: FormRef;
  body: SearchBody;
  ids: string[];
  columns: string[];
  onClear: () => void;
}

function ExportButtons({ form, body, ids, columns }: SelectionBarProps) {
  const { t } = useWords();
  const [error, setError] = useState<unknown>(null);
  if (ids.length > kMostChosen) return <span>{t('register.tooMany', { n: kMostChosen })}</span>;
  const save = (format: 'csv' | 'xlsx') => {
    setError(null);
    const wanted = { ...body, format, columns: exportColumns(form, columns), ids };
    fetchFile('/v1/records/_export', wanted)
      .then((blob) => { download(`${form.name.replace('/', '-')}.${format}`, blob); })
      .catch(setError);
  };
  return (
    <>
      <Button small look="primary" onClick={() => { save('csv'); }}>
        {t('register.exportCsv')}
      </Button>
      <Button small onClick={() => { save('xlsx'); }}>{t('register.exportXlsx')}</Button>
      {error !== null && <ProblemNotice error={error} />}
    </>
  );
}

export function SelectionBar(props: SelectionBarProps) {
  const { form, ids, onClear } = props;
  const { t } = useWords();
  const title = t('register.selected', { n: ids.length });
  return (
    <div className="selection-bar no-print" role="region" aria-label={title}>
      <span className="strong" role="status">{title}</span>
      {form.form.may.includes('export') && <ExportButtons {...props} />}
      <Button small onClick={onClear}>{t('common.cancel')}</Button>
    </div>
  );
}
