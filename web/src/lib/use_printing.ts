// Whether the page is being put on paper: what is folded, or laid out for a screen that scrolls, is
// then shown whole. Rendered at once, as the browser takes the page right after it has told.
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

import { useMedia } from './use_media';

export function usePrinting(): boolean {
  const [isTold, setTold] = useState(false);
  useEffect(() => {
    const begin = () => { flushSync(() => { setTold(true); }); };
    const end = () => { setTold(false); };
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  const isPaper = useMedia('print');
  return isTold || isPaper;
}
