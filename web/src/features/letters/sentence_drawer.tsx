// Changing a sentence, or writing one of one's own. What was typed stays when saving fails.
import { useState } from 'react';

import { useLetterWrite } from '@/api/letters';
import type { Letter, LetterEdit, LetterSentence } from '@/api/letters';
import { formatDecimal } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import type { Words } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { DropDialog } from '@/ui/drop_dialog';
import { focusOnElement } from '@/ui/fields/places';
import { TextField } from '@/ui/fields/text_field';
import { ProblemNotice } from '@/ui/problem_view';
import { SourceChoiceField, chosenSource, kNoSource, kRecordId, lacksRecord }
  from './source_choice';

export interface SentencePlace {
  section: number;
  sentence?: LetterSentence;             // absent: a new one, at the end of the section
}

export interface SentenceDrawerProps {
  letter: Letter;
  place: SentencePlace;
  onClose: () => void;
  onLeftOut: () => void;                 // instead, once the sentence was left out
}

function editsOf({ section, sentence }: SentencePlace, text: string,
  source: ReturnType<typeof chosenSource>): LetterEdit[] {
  if (!sentence) return [{ do: 'add', section, text, ...(source ? { source } : {}) }];
  const edits: LetterEdit[] = [{ do: 'reword', id: sentence.id, text }];
  if (source) edits.push({ do: 'source', id: sentence.id, source });
  return edits;
}

const kTextId = 'letter-text';
const kLongest = 4000;                   // characters that a sentence may have

// What is wrong with a sentence, before it is sent.
function textProblem(text: string, isNew: boolean, { t, lang }: Words): string | undefined {
  if (!text.trim()) return t(isNew ? 'letters.textMissing' : 'letters.textEmptied');
  const n = [...text.trim()].length;
  return n > kLongest ? t('check.tooLong', { label: t('letters.text'), n: formatDecimal(n, lang),
    max: formatDecimal(kLongest, lang) }) : undefined;
}

export function SentenceDrawer({ letter, place, onClose, onLeftOut }: SentenceDrawerProps) {
  const words = useWords();
  const { t } = words;
  const { section, sentence } = place;
  const [text, setText] = useState(sentence?.text ?? '');
  const [source, setSource] = useState(kNoSource);
  const [isLacking, setLacking] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const write = useLetterWrite(letter);
  const save = (edits: LetterEdit[], onDone = onClose) => {
    write.mutate({ act: 'change', body: { edits } }, { onSuccess: onDone });
  };
  const problem = textProblem(text, !sentence, words);
  const isDirty = text !== (sentence?.text ?? '') || source.kind !== '';
  const mayClose = () => {
    setAsking(isDirty);
    return !isDirty;
  };
  const submit = () => {
    setChecked(true);
    if (problem) {
      focusOnElement(kTextId);
    } else if (lacksRecord(source)) {
      setLacking(true);
      focusOnElement(kRecordId);
    } else {
      save(editsOf(place, text, chosenSource(source)));
    }
  };
  const heading = letter.sections[section]?.heading ?? '';
  const isOwn = !sentence || sentence.own;
  return (
    <Dialog look="drawer" onClose={onClose} mayClose={mayClose}
      title={sentence ? t('letters.editOne') : t('letters.addTo', { heading })}>
      {write.isError && <ProblemNotice error={write.error} />}
      <form className="form" noValidate onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}>
        <TextField id={kTextId} label={t('letters.text')} isLong value={text}
          error={isChecked ? problem : undefined}
          hint={isOwn ? undefined : t('letters.keepSource')} onChange={setText} />
        {isOwn && (
          <SourceChoiceField pack={letter.template.name.split('/')[0] ?? ''} value={source}
            now={sentence?.sources[0]} error={isLacking ? t('letters.recordMissing') : undefined}
            onChange={(next) => {
              setSource(next);
              setLacking(false);
            }} />
        )}
        <div className="row">
          <Button type="submit" look="primary" disabled={write.isPending}>
            {t('letters.save')}
          </Button>
          {sentence && (
            <Button disabled={write.isPending}
              onClick={() => { save([{ do: 'leave_out', id: sentence.id }], onLeftOut); }}>
              {t('letters.leaveOut')}
            </Button>
          )}
          <Button look="subtle" onClick={() => { if (mayClose()) onClose(); }}>
            {t('common.cancel')}
          </Button>
        </div>
      </form>
      {isAsking && (
        <DropDialog title={t('letters.dropTitle')} yes={t('letters.dropYes')}
          no={t('letters.dropNo')} onClose={() => { setAsking(false); }} onDrop={onClose}>
          {t('letters.dropSure')}
        </DropDialog>
      )}
    </Dialog>
  );
}
