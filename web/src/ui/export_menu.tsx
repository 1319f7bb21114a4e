// Exports of what one sees: CSV and XLSX from the server, SVG and PNG of a picture.
import { fetchFile } from '@/api/client';
import type { FormRef } from '@/api/metadata';
import type { SearchBody } from '@/api/types';
import type { PictureWords } from '@/lib/chart/export';
import { useWords } from '@/lib/i18n';
import { FileMenu, pictureFiles } from './file_menu';
import type { FileOffer } from './file_menu';
import { exportColumns } from './values/columns';

export interface ExportMenuProps {
  form: FormRef;
  body: SearchBody;
  columns: string[];
  svg?: () => SVGSVGElement | null;
  picture?: PictureWords;                // what stands over and under it
}

export function ExportMenu({ form, body, columns, svg, picture }: ExportMenuProps) {
  const words = useWords();
  const { t } = words;
  const rows = (format: 'csv' | 'xlsx', label: string): FileOffer => ({
    ending: format, label, make: () => fetchFile('/v1/records/_export',
      { ...body, format, columns: exportColumns(form, columns) }),
  });
  const files = [
    ...(form.form.may.includes('export')
      ? [rows('csv', t('chart.csv')), rows('xlsx', t('chart.xlsx'))] : []),
    ...(svg ? pictureFiles(words, svg, picture) : []),
  ];
  return <FileMenu name={form.name.replace('/', '-')} files={files} />;
}
