// Exports of what one sees: CSV and XLSX from the server, SVG and PNG of a picture.
import { useState } from 'react';

import { fetchFile } from '@/api/client';
import type { FormRef } from '@/api/metadata';
import type { SearchBody } from '@/api/types';
import { pngBlob, svgBlob } from '@/lib/chart/export';
import { download } from '@/lib/download';
import { useWords } from '@/lib/i18n';
import { Button } from './button';
import { Popover } from './popover';
import { ProblemNotice } from './problem_view';
import { exportColumns } from './values/columns';

export interface ExportMenuProps {
  form: FormRef;
  body: SearchBody;
  columns: string[];
  svg?: () => SVGSVGElement | null;
}

export function ExportMenu({ form, body, columns, svg }: ExportMenuProps) {
  const { t } = useWords();
  const [error, setError] = useState<unknown>(null);
  const name = form.name.replace('/', '-');
  const run = (make: () => Promise<Blob> | Blob, ending: string) => {
    setError(null);
    Promise.resolve().then(make).then((blob) => { download(`${name}.${ending}`, blob); })
      .catch(setError);
  };
  const rows = (format: 'csv' | 'xlsx') => () => {
    return fetchFile('/v1/records/_export', {
      ...body, format, columns: exportColumns(form, columns),
    });
  };
  const picture = (make: (from: SVGSVGElement) => Promise<Blob> | Blob) => () => {
    const element = svg?.();
    if (!element) throw new Error('no picture');
    return make(element);
  };
  const canExport = form.form.may.includes('export');
  if (!canExport && !svg) return null;
  return (
    <Popover label={t('chart.export')} isAtEnd
      buttonClass="utrecht-button utrecht-button--subtle utrecht-button--small popover-button">
      <div className="stack-s">
        {canExport && (
          <>
            <Button small onClick={() => { run(rows('csv'), 'csv'); }}>{t('chart.csv')}</Button>
            <Button small onClick={() => { run(rows('xlsx'), 'xlsx'); }}>{t('chart.xlsx')}</Button>
          </>
        )}
        {svg && (
          <>
            <Button small onClick={() => { run(picture(svgBlob), 'svg'); }}>
              {t('chart.svg')}
            </Button>
            <Button small onClick={() => { run(picture(pngBlob), 'png'); }}>
              {t('chart.png')}
            </Button>
          </>
        )}
        {error !== null && <ProblemNotice error={error} />}
      </div>
    </Popover>
  );
}
