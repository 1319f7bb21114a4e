// Adding files: choose them or drop them here. Each is sent at once, with its progress; what went
// wrong stands at the file, and saving waits until every file has arrived or was taken away.
import { useState } from 'react';
import type { DragEvent } from 'react';

import { useCatalogue } from '@/api/queries';
import { formatBytes } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { FieldFrame, describedBy } from '@/ui/fields/frame';
import { kNoFile } from './drafts';
import type { AttachmentDraft, Draft } from './drafts';
import { elementId } from './editor_types';
import type { EditorProps } from './editor_types';
import { useUploads } from './use_uploads';
import type { Upload } from './use_uploads';

function UploadState({ draft, upload }: { draft: AttachmentDraft; upload: Upload | undefined }) {
  const { t } = useWords();
  if (draft.file) return null;
  if (upload && !upload.problem) {
    const percent = Math.round(100 * upload.part);
    return (
      <span className="row">
        <progress value={upload.part} max={1}
          aria-label={t('file.sending', { name: draft.name })} />
        <span className="small muted">{percent}%</span>
      </span>
    );
  }
  return (
    <span className="utrecht-form-field-error-message">
      {upload?.problem ?? t('file.lost')}
    </span>
  );
}

interface ItemProps {
  id: string;
  draft: AttachmentDraft;
  upload: Upload | undefined;
  error: string | undefined;
  onRemove: () => void;
}

function Item({ id, draft, upload, error, onRemove }: ItemProps) {
  const { t, lang } = useWords();
  return (
    <li id={id} tabIndex={-1} className="many-row">
      <span className="stack-s">
        <span>
          {draft.name}{' '}
          {draft.size && <span className="small muted">{formatBytes(draft.size, lang)}</span>}
        </span>
        <UploadState draft={draft} upload={upload} />
        {error && <span className="utrecht-form-field-error-message">{error}</span>}
      </span>
      <Button small look="subtle" aria-label={t('file.remove', { name: draft.name })}
        onClick={onRemove}>×</Button>
    </li>
  );
}

// What may be added, in words: the field's hint, the kinds, how large and how many.
function useHint({ field, hint }: Pick<EditorProps, 'field' | 'hint'>): string {
  const { t, lang } = useWords();
  const bytes = useCatalogue().data?.file_bytes;
  return [
    hint,
    field.many && field.max_items && t('file.count', { n: field.max_items }),
    bytes && t('file.size', { size: formatBytes(bytes, lang) }),
    field.accept && t('file.kinds', { kinds: field.accept.join(', ') }),
  ].filter(Boolean).join(' ');
}

export function AttachmentEditor(props: EditorProps) {
  const { field, path, label, errors, value, onChange } = props;
  const { t } = useWords();
  const [isOver, setOver] = useState(false);
  const id = elementId(path);
  const error = errors.get(path);
  const hint = useHint(props);
  const drafts = (field.many ? value : [value].filter((one) => (one as AttachmentDraft).name)) as
    AttachmentDraft[];
  const most = field.many ? field.max_items ?? Infinity : 1;
  const files = useUploads(drafts, most, (next) => {
    onChange((field.many ? next : next[0] ?? kNoFile) as Draft);
  });
  const isFull = drafts.length >= most;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    files.add([...event.dataTransfer.files]);
  };
  const remove = (key: string) => {
    files.remove(key);
    window.setTimeout(() => { document.getElementById(id)?.focus(); }, 0);
  };
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}
      isRequired={Boolean(field.required)}>
      {drafts.length > 0 && (
        <ul className="plain-list stack-s">
          {drafts.map((draft, index) => (
            <Item key={draft.key} id={`${id}-${index}`} draft={draft}
              upload={files.uploads[draft.key]} error={errors.get(`${path}.${index}`)}
              onRemove={() => { remove(draft.key); }} />
          ))}
        </ul>
      )}
      {/* Dropping is for who has a mouse; the button inside does the same for everybody. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className={isOver ? 'drop-zone is-over' : 'drop-zone'} onDrop={drop}
        onDragOver={(event) => { event.preventDefault(); setOver(true); }}
        onDragLeave={() => { setOver(false); }}>
        <input id={id} type="file" className="visually-hidden" multiple={Boolean(field.many)}
          disabled={isFull} accept={field.accept?.map((ending) => `.${ending}`).join(',')}
          aria-describedby={describedBy({ id, hint, error })}
          aria-invalid={error ? true : undefined}
          onChange={(event) => {
            files.add([...event.target.files ?? []]);
            event.target.value = '';
          }} />
        <label htmlFor={id} className="utrecht-button utrecht-button--secondary-action">
          {t(field.many ? 'file.chooseMany' : 'file.choose')}
        </label>{' '}
        <span className="small muted" aria-hidden="true">{t('file.drop')}</span>
      </div>
      <p role="status" className="small muted">{files.said}</p>
    </FieldFrame>
  );
}
