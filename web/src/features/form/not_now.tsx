// The page of a form that cannot be filled in now: why, and the way back to the record.
import type { ReactNode } from 'react';

import type { RecordView } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { ButtonLink } from '@/ui/button';
import { Page } from '@/ui/page';

export interface NotNowProps {
  record: RecordView;
  title: string;
  lead: string;
  crumb: string;
  children?: ReactNode;          // what can be done instead
}

export function NotNow({ record, title, lead, crumb, children }: NotNowProps) {
  const { t } = useWords();
  const page = `/records/${record.id}`;
  return (
    <Page title={title} lead={lead}
      crumbs={[{ label: record.title, to: page }, { label: crumb }]}>
      <div className="stack">
        {children}
        <p>
          <ButtonLink look={children ? 'secondary' : 'primary'} to={page}>
            {t('form.notNowBack', { title: record.title })}
          </ButtonLink>
        </p>
      </div>
    </Page>
  );
}
