// The files of an indicator that everybody may take: the same as on the page about open data.
import { fetchOpenFile } from '@/api/client';
import type { Indicator } from '@/api/indicators';
import { useWords } from '@/lib/i18n';
import { FileMenu } from '../file_menu';

export function IndicatorFiles({ data }: { data: Indicator }) {
  const { t, l, lang } = useWords();
  if (!data.already_public) return null;
  const take = (format: string, label: string) => ({
    ending: format, label, make: () => fetchOpenFile(
      `/v1/open-data/indicators/${data.name}?format=${format}&language=${lang}`),
  });
  return (
    <FileMenu name={data.name.replace('/', '-')} label={l(data.title)}
      files={[take('csv', t('chart.csv')), take('xlsx', t('chart.xlsx'))]} />
  );
}
