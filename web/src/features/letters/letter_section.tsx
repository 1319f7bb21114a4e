// One section of a letter: its sentences and tables, each with where it comes from.
import type { LetterSection, LetterSentence, LetterTable } from '@/api/letters';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { SimpleTable } from '@/ui/simple_table';
import { Told } from '@/ui/told';
import { SourceList } from './source_list';

function Hand({ sentence }: { sentence: LetterSentence }) {
  const { t } = useWords();
  const { own, edited, by, was } = sentence;
  if (!own && !edited) return null;
  const named = by ? t(own ? 'letters.ownBy' : 'letters.editedBy', { name: by })
    : t('letters.edited');
  return (
    <p className="small muted">
      {named} {was && t('letters.templateSays', { text: was })}
    </p>
  );
}

function SentenceItem({ sentence, language, onEdit }: { sentence: LetterSentence;
  language: string; onEdit: (() => void) | undefined; }) {
  const { t } = useWords();
  const id = `zin-${sentence.id.replace('/', '-')}`;
  return (
    <li className="letter-sentence">
      <p id={id} lang={language}>{sentence.text}</p>
      <Hand sentence={sentence} />
      <div className="letter-foot">
        <SourceList sources={sentence.sources} />
        {onEdit && (
          <Button small look="subtle" aria-describedby={id} onClick={onEdit}>
            {t('letters.edit')}
          </Button>
        )}
      </div>
    </li>
  );
}

function TableItem({ table, level, language, onLeaveOut }: { table: LetterTable; level: 1 | 2;
  language: string; onLeaveOut: (() => void) | undefined; }) {
  const { t } = useWords();
  const Heading = level === 2 ? 'h4' : 'h3';
  return (
    <div className="stack-s">
      <Heading lang={language}>{table.caption}</Heading>
      <div lang={language}>
        <SimpleTable caption={table.caption} heads={table.headings}
          rows={table.rows.map((cells, index) => ({
            key: table.sources[index]?.ref ?? String(index), cells,
          }))} />
      </div>
      <SourceList sources={table.sources} />
      {onLeaveOut && (
        <div className="no-print">
          <Button small look="subtle" onClick={onLeaveOut}>{t('letters.leaveOutTable')}</Button>
        </div>
      )}
    </div>
  );
}

export interface SectionProps {
  section: LetterSection;
  language: string;
  leftOut: number;               // how often something was left out here; 0: it tells nothing
  // Absent where the letter may not be changed.
  acts?: {
    edit: (sentence: LetterSentence) => void;
    add: () => void;
    leaveOut: (id: string) => void;
  } | undefined;
}

export function SectionView({ section, language, leftOut, acts }: SectionProps) {
  const { t } = useWords();
  const Heading = section.level === 2 ? 'h3' : 'h2';
  return (
    <section className="stack">
      <Heading lang={language}>{section.heading}</Heading>
      {leftOut > 0 && (
        <Told key={leftOut}>
          {t('letters.leftOutDone')} <span lang={language}>{section.heading}</span>
        </Told>
      )}
      {section.sentences.length > 0 && (
        <ul className="plain-list stack">
          {section.sentences.map((sentence) => (
            <SentenceItem key={sentence.id} sentence={sentence} language={language}
              onEdit={acts && (() => { acts.edit(sentence); })} />
          ))}
        </ul>
      )}
      {section.tables.map((table) => (
        <TableItem key={table.id} table={table} level={section.level} language={language}
          onLeaveOut={acts && (() => { acts.leaveOut(table.id); })} />
      ))}
      {acts && (
        <div className="no-print">
          <Button small onClick={acts.add}
            aria-label={t('letters.addTo', { heading: section.heading })}>
            {t('letters.add')}
          </Button>
        </div>
      )}
    </section>
  );
}
