// A small menu of files that one can take: each is made when it is asked for.
import { useState } from 'react';

import { pngBlob, svgBlob } from '@/lib/chart/export';
import type { PictureWords } from '@/lib/chart/export';
import { download } from '@/lib/download';
import { useWords } from '@/lib/i18n';
import type { Words } from '@/lib/i18n';
import { Button } from './button';
import { Popover } from './popover';
import { ProblemNotice } from './problem_view';

export interface FileOffer {
  ending: string;
  label: string;
  make: () => Promise<Blob> | Blob;
}

export interface FileMenuProps {
  name: string;                          // of the file, without ending
  label?: string;                        // where several menus stand on one page
  files: FileOffer[];
}

// A picture, as SVG and PNG.
export function pictureFiles({ t }: Words, find: () => SVGSVGElement | null,
  words: PictureWords = {}): FileOffer[] {
  const made = (draw: typeof svgBlob | typeof pngBlob) => () => {
    const svg = find();
    if (!svg) throw new Error('no picture');
    return draw(svg, words);
  };
  return [{ ending: 'svg', label: t('chart.svg'), make: made(svgBlob) },
    { ending: 'png', label: t('chart.png'), make: made(pngBlob) }];
}

export function FileMenu({ name, label, files }: FileMenuProps) {
  const { t } = useWords();
  const [error, setError] = useState<unknown>(null);
  const save = ({ ending, make }: FileOffer) => {
    setError(null);
    Promise.resolve().then(make).then((blob) => { download(`${name}.${ending}`, blob); })
      .catch(setError);
  };
  if (!files.length) return null;
  return (
    <Popover isAtEnd label={t('chart.export')} name={label && `${t('chart.export')}: ${label}`}
      buttonClass="utrecht-button utrecht-button--subtle utrecht-button--small popover-button">
      <div className="stack-s">
        {files.map((file) => (
          <Button key={file.ending} small onClick={() => { save(file); }}>{file.label}</Button>
        ))}
        {error !== null && <ProblemNotice error={error} />}
      </div>
    </Popover>
  );
}
