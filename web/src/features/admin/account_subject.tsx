// Which person an account is: the record of that person, so that they see what is about themselves.
// Chosen by name among the persons that the administrator may see; who may see none gives the id.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { request } from '@/api/client';
import { personForms } from '@/api/metadata';
import { keys, useCatalogue } from '@/api/queries';
import type { RecordView } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import type { Chosen } from '@/ui/fields/chooser';
import { FieldFrame } from '@/ui/fields/frame';
import { RecordChooser } from '@/ui/fields/record_chooser';
import { TextField } from '@/ui/fields/text_field';

// Its title where one may see it; else the id stands for it.
function useTitle({ id, title }: Chosen, isWanted: boolean): string {
  const found = useQuery({
    queryKey: [...keys.record(id), 'title'],
    queryFn: () => request<RecordView>(`/v1/records/${id}`),
    enabled: isWanted && Boolean(id) && !title,
    retry: false,
  });
  return title || found.data?.title || id;
}

export interface AccountSubjectProps {
  id: string;
  value: Chosen;
  error?: string | undefined;
  onChange: (value: Chosen) => void;
}

export function AccountSubject({ id, value, error, onChange }: AccountSubjectProps) {
  const { t, l } = useWords();
  const forms = personForms(useCatalogue().data ?? { packs: [] });
  const [target, setTarget] = useState('');
  const title = useTitle(value, forms.length > 0);
  const first = forms[0];
  if (!first) {
    return (
      <div className="stack-s">
        <TextField id={id} label={t('admin.subject')} hint={t('admin.subjectIdHint')} error={error}
          isRequired={false} value={value.id}
          onChange={(typed) => { onChange({ id: typed.trim(), title: '' }); }} />
        {value.id && (
          <div>
            <Button small onClick={() => { onChange({ id: '', title: '' }); }}>
              {t('admin.subjectNone')}
            </Button>
          </div>
        )}
      </div>
    );
  }
  return (
    <div className="stack">
      {forms.length > 1 && (
        <FieldFrame id={`${id}-form`} label={t('admin.subjectForm')} isRequired={false}>
          <select id={`${id}-form`} value={target || first.name}
            className="utrecht-select utrecht-select--html-select"
            onChange={(event) => { setTarget(event.target.value); }}>
            {forms.map(({ name, form }) => (
              <option key={name} value={name}>{l(form.plural)}</option>
            ))}
          </select>
        </FieldFrame>
      )}
      <RecordChooser key={target} id={id} label={t('admin.subject')} hint={t('admin.subjectHint')}
        error={error} isRequired={false} target={target || first.name}
        value={{ id: value.id, title }} onChange={onChange} />
    </div>
  );
}
