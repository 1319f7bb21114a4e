// A date that may be uncertain: words first, then the window they mean. Days, months and years are
// read here; other words are read by the server's calendar. The window can always be changed.
import { useState } from 'react';

import { post } from '@/api/client';
import { problemOf } from '@/api/problem';
import type { Interpretation } from '@/api/types';
import { formatDate, formatWindow, parseDay, parseWindow, today } from '@/lib/dates';
import type { DateWindow } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { GroupFrame } from '@/ui/fields/frame';
import { TextField } from '@/ui/fields/text_field';
import type { WindowDraft } from './drafts';
import { elementId } from './editor_types';
import type { EditorProps } from './editor_types';

type Reading = { kind: 'none' } | { kind: 'unknown' } | { kind: 'read'; text: string };

async function askCalendar(words: string, writtenOn: string): Promise<Interpretation | null> {
  try {
    return await post<Interpretation>('/v1/calendar/_interpret', { words, written_on: writtenOn });
  } catch (error) {
    if (problemOf(error).status === 404 || problemOf(error).status === 400) return null;
    throw error;
  }
}

function useReading({ value, onChange }: EditorProps<WindowDraft>) {
  const { lang, l, t } = useWords();
  const [reading, setReading] = useState<Reading>({ kind: 'none' });
  const take = (window: DateWindow, why: string) => {
    const [first, last] = [formatDate(window.first, lang), formatDate(window.last, lang)];
    onChange({ ...value, first, last });
    setReading({ kind: 'read',
      text: `${t('form.windowRead', { window: formatWindow(window, lang) })} ${why}`.trim() });
  };
  const read = async () => {
    const words = value.words.trim();
    if (!words) return;
    const plain = parseWindow(words);
    if (plain) {
      take(plain, '');
      return;
    }
    const found = await askCalendar(words, parseDay(value.written) ?? today()).catch(() => null);
    if (found) take(found, l(found.interpretation));
    else setReading({ kind: 'unknown' });
  };
  return { reading, read };
}

export function WindowEditor(props: EditorProps<WindowDraft>) {
  const { field, path, label, hint, errors, value, onChange } = props;
  const { t } = useWords();
  const { reading, read } = useReading(props);
  const id = elementId(path);
  const set = (part: Partial<WindowDraft>) => { onChange({ ...value, ...part }); };
  const isDay = parseDay(value.words) !== null;
  const needsCalendar = value.words.trim() !== '' && parseWindow(value.words) === null;
  return (
    <GroupFrame id={id} label={label} hint={hint} error={errors.get(path)}
      isRequired={Boolean(field.required)}>
      <TextField id={`${id}-words`} label={t('form.windowWords')} hint={t('form.windowHint')}
        value={value.words} onLeave={() => void read()}
        onChange={(words) => { onChange({ ...value, words, first: '', last: '' }); }} />
      <div role="status">
        {reading.kind === 'read' && !isDay && value.first && (
          <p className="small">{reading.text}</p>
        )}
        {reading.kind === 'unknown' && needsCalendar && (
          <p className="small">{t('form.windowUnknown')}</p>
        )}
      </div>
      {value.words.trim() !== '' && !isDay && (
        <div className="field-parts">
          {needsCalendar && (
            <TextField id={`${id}-written`} label={t('form.writtenOn')} isRequired={false} isShort
              hint={t('form.writtenOnHint')} value={value.written} onLeave={() => void read()}
              onChange={(written) => { set({ written }); }} />
          )}
          <div className="pair">
            <TextField id={`${id}-first`} label={t('form.windowFirst')} value={value.first}
              onChange={(first) => { set({ first }); }} />
            <TextField id={`${id}-last`} label={t('form.windowLast')} value={value.last}
              onChange={(last) => { set({ last }); }} />
          </div>
        </div>
      )}
    </GroupFrame>
  );
}
